import "server-only";
import { z } from "zod";
import { SITES, type SiteId } from "@/lib/shared/sites";
import { MeliError, readEnvelope } from "./failure";
import { parseJson } from "./json";
import { addressOf } from "./paths";
import { send } from "./transport";
import { count, requiredNumber, text } from "./wire";

const TIMEOUT_MS = 20_000;
/** When the answer does not say: the shorter of the two lives that documents print (auth-and-limits.md 10). */
const DEFAULT_LIFE_SECONDS = 10_800;

/** The application at Mercado Libre. */
export interface OauthApp {
  apiUrl: string;
  clientId: string;
  clientSecret: string;
  fetch?: typeof fetch;
}

export interface TokenGrant {
  accessToken: string;
  /** null when the application lacks `offline_access`. */
  refreshToken: string | null;
  expiresInSeconds: number;
  userId: string;
  /** Space-separated. */
  scope: string;
}

/** Only `refused` with `invalid_grant` may ever mean "connect again"; `inconclusive` says nothing about the grant. */
export type GrantResult =
  | { kind: "granted"; grant: TokenGrant }
  | { kind: "refused"; error: string; status: number }
  | { kind: "inconclusive"; cause: string };

/** Where a seller of this site gives consent, such as `https://auth.mercadolibre.com.ar` (auth-and-limits.md 2). */
export function authorizationHost(siteId: SiteId, override: string | null): string {
  return override ?? SITES[siteId].authorizationHost;
}

/** Exchanges an authorization code, which works once. Never throws for what Mercado Libre answers; not retryable. */
export function exchangeCode(
  app: OauthApp,
  o: { code: string; redirectUri: string; codeVerifier: string },
): Promise<GrantResult> {
  return requestGrant(
    app,
    {
      grant_type: "authorization_code",
      code: o.code,
      redirect_uri: o.redirectUri,
      code_verifier: o.codeVerifier,
    },
    async () => {},
  );
}

/**
 * Uses a refresh token, which works once and gives its successor. `journal` gets the raw 2xx body before it is parsed and
 * this resolves only after the journal did (auth-and-limits.md 8, rule 2). Sent once: after `inconclusive` the caller decides.
 * @throws whatever `journal` throws.
 */
export function refreshGrant(
  app: OauthApp,
  o: { refreshToken: string; journal: (raw: string) => Promise<void> },
): Promise<GrantResult> {
  return requestGrant(app, { grant_type: "refresh_token", refresh_token: o.refreshToken }, o.journal);
}

const tokenBody = z
  .object({
    access_token: z.string().min(1),
    refresh_token: text,
    expires_in: count,
    user_id: requiredNumber,
    scope: text,
  })
  .transform(
    (body): TokenGrant => ({
      accessToken: body.access_token,
      refreshToken: body.refresh_token,
      expiresInSeconds: body.expires_in ?? DEFAULT_LIFE_SECONDS,
      userId: body.user_id,
      scope: body.scope ?? "",
    }),
  );

/** Reads a token answer, also one that a journal kept. @throws MeliError meli_unreadable, without a word of the body */
export function parseTokenBody(raw: string): TokenGrant {
  let body: unknown;
  try {
    body = parseJson(raw);
  } catch {
    throw unreadableToken("not JSON");
  }
  const parsed = tokenBody.safeParse(body);
  if (parsed.success) return parsed.data;
  throw unreadableToken(
    parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.code}`).join("; "),
  );
}

function unreadableToken(what: string): MeliError {
  return new MeliError(
    "meli_unreadable",
    `the token answer made no sense: ${what}`,
    {
      status: 200,
      code: "unexpected_answer",
      message: what,
      causes: [],
      blockedBy: null,
      requestId: null,
      retryAfterMs: null,
      mayHaveApplied: true,
    },
    { reason: "unexpected_answer" },
  );
}

async function requestGrant(
  app: OauthApp,
  fields: Readonly<Record<string, string>>,
  journal: (raw: string) => Promise<void>,
): Promise<GrantResult> {
  const outcome = await send(app.fetch ?? fetch, {
    url: addressOf(app.apiUrl, { path: "/oauth/token", query: {} }),
    method: "POST",
    headers: new Headers({
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded",
    }),
    body: new URLSearchParams({
      ...fields,
      client_id: app.clientId,
      client_secret: app.clientSecret,
    }).toString(),
    timeoutMs: TIMEOUT_MS,
  });
  if (outcome.kind === "broken") return { kind: "inconclusive", cause: outcome.why };
  const body = await outcome.text();
  if (typeof body !== "string") return { kind: "inconclusive", cause: body.why };
  const { status, ok } = outcome.response;
  if (!ok) return refusal(status, body);
  await journal(body);
  try {
    return { kind: "granted", grant: parseTokenBody(body) };
  } catch (error) {
    if (error instanceof MeliError) return { kind: "inconclusive", cause: "unreadable" };
    throw error;
  }
}

/** Matches on `error`, not on the number (auth-and-limits.md 4): what has no machine word decides nothing. */
function refusal(status: number, body: string): GrantResult {
  const { code } = readEnvelope(body);
  const isPassing = status < 400 || status === 408 || status === 423 || status === 425 || status === 429;
  if (isPassing || status >= 500 || code === "local_rate_limited") {
    return { kind: "inconclusive", cause: `http_${status}` };
  }
  return {
    kind: "refused",
    error: code !== null && /^\w{1,64}$/.test(code) ? code : `http_${status}`,
    status,
  };
}
