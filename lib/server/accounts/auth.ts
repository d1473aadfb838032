import "server-only";
import { timingSafeEqual } from "node:crypto";
import type { NextRequest } from "next/server";
import { NextRequest as Request } from "next/server";
import NextAuth, { type AuthOptions } from "next-auth";
import { decode, encode } from "next-auth/jwt";
import { authorizationHost, exchangeCode, type TokenGrant } from "@/lib/server/mercadolibre/oauth";
import { type Owner, whoAmI } from "@/lib/server/mercadolibre/users";
import { type Runtime, runtime } from "@/lib/server/runtime";
import { SESSION_DAYS } from "@/lib/server/store/sessions";
import { AppError } from "@/lib/shared/errors";
import { accountId } from "@/lib/shared/ids";
import { isSiteId, type SiteId } from "@/lib/shared/sites";
import { connectAccount, type Intent } from "./connect-account";
import { sessionOfCookie } from "./current-session";
import { cookieName, cookieOptions, type SessionClaims, serializeCookie } from "./session-cookie";
import { problemOfCallback, problemOfExchange, type SignInProblem } from "./sign-in-problem";

/** next-auth stays behind this file: one provider, PKCE S256 and state by next-auth, the code exchange by our own
 *  protocol room, tokens to the vault. Its cookie holds our user id and session id only. */

const INTENT_MINUTES = 15;
const FLOW_COOKIES = ["state", "pkce", "intent"] as const;

/** What signing in needs of next-auth; `GET signin` leads who comes without the form's token to our page. The rest of its
 *  addresses do not exist: `signout` would clear the cookie and leave the session alive; `/api/sessions/end` ends it. */
const ACTIONS: readonly string[] = ["GET csrf", "POST signin", "GET signin", "GET callback"];

/** Mercado Libre takes scopes from the application, not from the request (auth-and-limits.md 2); left to itself the
 *  OAuth client would ask for `openid`. */
const AUTHORIZATION_PARAMS: Record<string, string | undefined> = { response_type: "code", scope: undefined };

/** What one attempt learns on its way through next-auth's callbacks. */
interface Attempt {
  problem: SignInProblem | null;
  grant: TokenGrant | null;
  owner: Owner | null;
  claims: SessionClaims | null;
}

class SignInRefused extends Error {}

function refuse(attempt: Attempt, problem: SignInProblem): never {
  attempt.problem = problem;
  throw new SignInRefused(problem);
}

function optionsFor(rt: Runtime, site: SiteId, intent: Intent, attempt: Attempt): AuthOptions {
  const { env } = rt;
  const cookie = (name: string, maxAge?: number) => ({
    name: cookieName(env, name),
    options: { ...cookieOptions(env), ...(maxAge === undefined ? {} : { maxAge }) },
  });
  return {
    secret: env.sessionSecret,
    session: { strategy: "jwt", maxAge: SESSION_DAYS * 86_400 },
    pages: { signIn: "/", signOut: "/", error: "/" },
    cookies: {
      sessionToken: cookie("session"),
      callbackUrl: cookie("return"),
      csrfToken: cookie("csrf"),
      state: cookie("state", INTENT_MINUTES * 60),
      pkceCodeVerifier: cookie("pkce", INTENT_MINUTES * 60),
    },
    logger: {
      error: (code) => rt.log.warn({ code, problem: attempt.problem }, "sign-in did not complete"),
      warn: () => undefined,
      debug: () => undefined,
    },
    providers: [
      {
        id: "mercadolibre",
        name: "Mercado Libre",
        type: "oauth",
        checks: ["pkce", "state"],
        clientId: env.meli.clientId,
        clientSecret: env.meli.clientSecret,
        authorization: {
          url: `${authorizationHost(site, env.meli.authUrl)}/authorization`,
          params: AUTHORIZATION_PARAMS,
        },
        client: { token_endpoint_auth_method: "client_secret_post" },
        token: {
          url: `${env.meli.apiUrl}/oauth/token`,
          async request({ params, checks }) {
            if (!sameText(params.state, checks.state)) refuse(attempt, "state");
            if (!params.code || !checks.code_verifier) refuse(attempt, "state");
            const result = await exchangeCode(
              { apiUrl: env.meli.apiUrl, clientId: env.meli.clientId, clientSecret: env.meli.clientSecret },
              {
                code: params.code,
                redirectUri: `${env.appUrl}/api/auth/callback/mercadolibre`,
                codeVerifier: checks.code_verifier,
              },
            );
            if (result.kind === "inconclusive") refuse(attempt, "meli_down");
            if (result.kind === "refused") {
              rt.log.warn({ error: result.error, status: result.status }, "code exchange refused");
              refuse(attempt, problemOfExchange(result.error));
            }
            attempt.grant = result.grant;
            return { tokens: {} };
          },
        },
        userinfo: {
          async request() {
            if (attempt.grant === null) return refuse(attempt, "unknown");
            try {
              attempt.owner = await whoAmI({ apiUrl: env.meli.apiUrl }, attempt.grant.accessToken);
            } catch (error) {
              rt.log.warn({ err: error }, "the owner of a grant could not be read");
              refuse(
                attempt,
                error instanceof AppError && error.code === "not_available" ? "config" : "meli_down",
              );
            }
            return { sub: attempt.owner.id };
          },
        },
        profile: (profile: { sub: string }) => ({ id: profile.sub }),
      },
    ],
    callbacks: {
      redirect: ({ url }) => safeReturn(env.appUrl, url),
      async signIn() {
        if (attempt.grant === null || attempt.owner === null) return false;
        const connected = await connectAccount(rt, intent, attempt.grant, attempt.owner);
        if (connected.kind === "refused") {
          attempt.problem = connected.problem;
          return false;
        }
        attempt.claims = { userId: connected.userId, sessionId: connected.sessionId };
        return true;
      },
      jwt: ({ token }) =>
        attempt.claims === null
          ? { uid: token.uid, sid: token.sid }
          : { uid: attempt.claims.userId, sid: attempt.claims.sessionId },
      // Our pages ask `/api/me`; next-auth's session route tells nothing.
      session: ({ session }) => ({ expires: session.expires }),
    },
  };
}

/** Answers `/api/auth/*`. `POST signin/mercadolibre?site=MLA` starts at that country's host; `&connect=1` adds an
 *  account to the live session and `&connect={accountId}` renews one. Whatever goes wrong ends on a page of ours. */
export async function handleAuth(
  request: NextRequest,
  context: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> {
  const rt = runtime();
  const [action] = (await context.params).nextauth;
  if (!ACTIONS.includes(`${request.method} ${action}`)) return new Response(null, { status: 404 });
  const attempt: Attempt = { problem: null, grant: null, owner: null, claims: null };
  const query = request.nextUrl.searchParams;

  if (action === "signin" && request.method === "POST") {
    const site = query.get("site") ?? "";
    const intent = await readIntentRequest(request, query.get("connect"));
    const options = optionsFor(rt, isSiteId(site) ? site : "MLA", intent, attempt);
    const response = await NextAuth(withoutQuery(request), context, options);
    return withIntentCookie(rt, response, intent);
  }
  if (action === "callback") {
    const intent = await readIntentCookie(rt, request);
    const error = query.get("error");
    if (error !== null) return problemPage(rt, intent, problemOfCallback(error));
    if (intent === null) return problemPage(rt, intent, "state");
    const response: Response = await NextAuth(request, context, optionsFor(rt, "MLA", intent, attempt));
    if (attempt.claims === null) return problemPage(rt, intent, attempt.problem ?? "state");
    return expiring(rt, response, ["intent"]);
  }
  return NextAuth(request, context, optionsFor(rt, "MLA", { kind: "sign_in" }, attempt));
}

/** The parameters of the request are ours, not Mercado Libre's: next-auth would hand them on. */
function withoutQuery(request: NextRequest): NextRequest {
  const url = new URL(request.url);
  url.search = "";
  return new Request(url, request);
}

async function readIntentRequest(request: NextRequest, connect: string | null): Promise<Intent> {
  if (connect === null) return { kind: "sign_in" };
  const session = await sessionOfCookie(request.cookies.get(cookieName(runtime().env, "session"))?.value);
  if (session === null) return { kind: "sign_in" };
  const renews = session.accountIds.find((id) => id === accountId(connect)) ?? null;
  return { kind: "connect", userId: session.userId, sessionId: session.sessionId, renews };
}

/** Intents travel in a cookie of their own, encrypted, for as long as the state does. */
async function withIntentCookie(rt: Runtime, response: Response, intent: Intent): Promise<Response> {
  const name = cookieName(rt.env, "intent");
  const value = await encode({
    secret: rt.env.sessionSecret,
    salt: name,
    maxAge: INTENT_MINUTES * 60,
    token: { intent },
  });
  response.headers.append("set-cookie", serializeCookie(rt.env, "intent", value, INTENT_MINUTES * 60));
  return response;
}

async function readIntentCookie(rt: Runtime, request: NextRequest): Promise<Intent | null> {
  const name = cookieName(rt.env, "intent");
  const value = request.cookies.get(name)?.value;
  if (value === undefined) return null;
  try {
    const token = await decode({ secret: rt.env.sessionSecret, salt: name, token: value });
    const intent = token?.intent;
    if (!isIntent(intent)) return null;
    if (intent.kind === "sign_in") return intent;
    // Consent was asked for by a session: it must still be the one that comes back.
    const session = await sessionOfCookie(request.cookies.get(cookieName(rt.env, "session"))?.value);
    return session?.sessionId === intent.sessionId ? intent : null;
  } catch {
    return null;
  }
}

function isIntent(value: unknown): value is Intent {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    (value.kind === "sign_in" || value.kind === "connect")
  );
}

/** A page of ours that says what happened: the settings for who is signed in, else the sign-in page. */
function problemPage(rt: Runtime, intent: Intent | null, problem: SignInProblem): Response {
  const path = intent?.kind === "connect" ? "/settings" : "/";
  const response = new Response(null, {
    status: 302,
    headers: { location: `${rt.env.appUrl}${path}?problem=${problem}` },
  });
  return expiring(rt, response, FLOW_COOKIES);
}

function expiring(rt: Runtime, response: Response, names: readonly string[]): Response {
  for (const name of names) response.headers.append("set-cookie", serializeCookie(rt.env, name, "", 0));
  return response;
}

/** Only a path of ours is ever returned to. */
function safeReturn(appUrl: string, url: string): string {
  const inbox = `${appUrl}/inbox`;
  if (!URL.canParse(url, appUrl)) return inbox;
  const target = new URL(url, appUrl);
  return target.origin === new URL(appUrl).origin ? target.toString() : inbox;
}

function sameText(a: string | undefined, b: string | undefined): boolean {
  if (!a || !b) return false;
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
