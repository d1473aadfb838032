import { createHash } from "node:crypto";
import { Hono } from "hono";
import type { Authorization } from "@/sandbox/world/grants";
import type { ApiEnv } from "@/sandbox/world/guard";
import { tooMany } from "@/sandbox/world/guard";
import { notFound, Refusal } from "@/sandbox/world/refusal";
import type { Client, World } from "@/sandbox/world/world";

/** `POST /oauth/token`: the only address that gives tokens out (auth-and-limits.md 3). */
export function tokenRoutes(world: World): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  // auth-and-limits.md 3: GET answers 404
  app.get("/oauth/token", () => {
    throw notFound();
  });
  app.post("/oauth/token", async (c) => {
    const fields = await readFields(world, c.req.raw, new URL(c.req.url).searchParams);
    const client = clientOf(world, fields);
    c.env.call.clientId = client.id;
    if (!world.limiter.take(client.id, "oauth", "write")) throw tooMany(world, "oauth");
    if (world.settings.appBlocked)
      throw tokenError(world, 401, "unauthorized_application", "The application is blocked");
    const grantType = fields.get("grant_type");
    if (grantType === "authorization_code") return c.json(exchange(world, client, fields));
    if (grantType === "refresh_token") return c.json(refresh(world, client, fields));
    if (!grantType) throw tokenError(world, 400, "invalid_request", "grant_type is a required parameter");
    throw tokenError(world, 400, "unsupported_grant_type", `unsupported grant_type: ${grantType}`);
  });
  return app;
}

function exchange(world: World, client: Client, fields: URLSearchParams): object {
  const code = required(world, fields, "code");
  const redirectUri = required(world, fields, "redirect_uri");
  const verifier = fields.get("code_verifier");
  // auth-and-limits.md 4: text seen in the field
  if (world.settings.pkceRequired && !verifier) {
    throw tokenError(world, 400, "invalid_request", "code_verifier is a required parameter");
  }
  // auth-and-limits.md 11: unknown, hence a setting
  if (!world.settings.pkceRequired && verifier && !world.settings.pkceOffTolerates) {
    throw tokenError(world, 400, "invalid_request", "code_verifier is not supported");
  }
  // auth-and-limits.md 8, simulator 1: single use, even when what follows fails
  const authorization = world.grants.takeCode(code);
  if (
    !authorization ||
    authorization.clientId !== client.id ||
    authorization.redirectUri !== redirectUri ||
    !provesPkce(world, authorization, verifier)
  ) {
    throw invalidGrant(world);
  }
  const seller = world.sellers.get(authorization.sellerId);
  // auth-and-limits.md 4: seller with pending data or documents
  if (!seller || seller.isKycPending) throw invalidGrant(world);
  return tokenBody(world, world.grants.open(client.id, seller.id));
}

function refresh(world: World, client: Client, fields: URLSearchParams): object {
  const rotated = world.grants.rotate(client.id, required(world, fields, "refresh_token"));
  if (!rotated) throw invalidGrant(world);
  return tokenBody(world, rotated);
}

function provesPkce(world: World, { challenge, method }: Authorization, verifier: string | null): boolean {
  if (challenge === null) return !world.settings.pkceRequired;
  if (verifier === null) return !world.settings.pkceRequired;
  const made = method === "plain" ? verifier : createHash("sha256").update(verifier).digest("base64url");
  return made === challenge;
}

/** auth-and-limits.md 3: `user_id` is a number here; no refresh token without `offline_access`. */
function tokenBody(
  world: World,
  issued: { access: { token: string; sellerId: string }; refreshToken: string | null },
): object {
  return {
    access_token: issued.access.token,
    token_type: "bearer",
    expires_in: world.settings.expiresIn,
    scope: issued.refreshToken ? "offline_access read write" : "read write",
    user_id: Number(issued.access.sellerId),
    ...(issued.refreshToken ? { refresh_token: issued.refreshToken } : {}),
  };
}

/** auth-and-limits.md 3: parameters go in the body; the query string only when the setting allows it. */
async function readFields(world: World, request: Request, query: URLSearchParams): Promise<URLSearchParams> {
  const type = request.headers.get("content-type") ?? "";
  const fields = type.includes("application/x-www-form-urlencoded")
    ? new URLSearchParams(await request.text())
    : new URLSearchParams();
  if (world.settings.tokenInQuery)
    for (const [name, value] of query) if (!fields.has(name)) fields.set(name, value);
  const names = [...fields.keys()];
  // auth-and-limits.md 4: a duplicate parameter is an invalid_request
  if (new Set(names).size !== names.length)
    throw tokenError(world, 400, "invalid_request", "duplicated parameter");
  return fields;
}

function clientOf(world: World, fields: URLSearchParams): Client {
  const client = world.clients.get(required(world, fields, "client_id"));
  const secret = required(world, fields, "client_secret");
  const accepted = [client?.secret, world.settings.previousSecret];
  if (!client || !accepted.includes(secret)) {
    throw tokenError(world, 400, "invalid_client", "invalid client_id or client_secret.");
  }
  return client;
}

function required(world: World, fields: URLSearchParams, name: string): string {
  const value = fields.get(name);
  if (!value) throw tokenError(world, 400, "invalid_request", `${name} is a required parameter`);
  return value;
}

function invalidGrant(world: World): Refusal {
  const text =
    "Error validating grant. Your authorization code or refresh token may be expired or it was already used.";
  return tokenError(world, 400, "invalid_grant", text);
}

/** auth-and-limits.md 4: the text is under `message` in captures, `error_description` in documents. */
function tokenError(world: World, status: number, error: string, text: string): Refusal {
  return new Refusal(status, { [world.settings.errorTextKey]: text, error, status, cause: [] });
}
