import type { Context, MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import type { Call } from "@/sandbox/world/calls";
import type { AccessGrant } from "@/sandbox/world/grants";
import type { Family } from "@/sandbox/world/limiter";
import type { Seller } from "@/sandbox/world/model";
import { Refusal, standard } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

/** What every API handler may rely on. */
export interface ApiEnv {
  Bindings: { call: Call };
  Variables: { grant: AccessGrant; seller: Seller };
}

export type ApiContext = Context<ApiEnv>;

/** Lets only a good token through, and counts the call. @throws Refusal 400, 401, 403 or 429. */
export function guard(world: World, family: Family): MiddlewareHandler<ApiEnv> {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const token = bearer(c);
    // auth-and-limits.md 3: the header is mandatory, the query parameter is not accepted
    if (!token || c.req.query("access_token") !== undefined) throw withoutToken(family, c.req.path);
    const grant = world.grants.check(token);
    const seller = grant ? world.sellers.get(grant.sellerId) : undefined;
    if (!grant || !seller) throw badToken(world, family, token, c.req.path);
    c.env.call.sellerId = seller.id;
    c.env.call.clientId = grant.clientId;
    if (world.settings.appBlocked) throw blockedApplication();
    if (world.settings.missingPermissions.includes(family)) throw policyAgent();
    if (!world.limiter.take(grant.clientId, family, c.req.method === "GET" ? "read" : "write")) {
      throw tooMany(world, family);
    }
    c.set("grant", grant);
    c.set("seller", seller);
    await next();
  });
}

/** 429 in the body that the settings choose (messages.md 7, auth-and-limits.md 7.2). */
export function tooMany(world: World, family: Family): Refusal {
  const { tooManyForm, retryAfter, claimTooManyForm } = world.settings;
  const headers: Record<string, string> = retryAfter === null ? {} : { "retry-after": String(retryAfter) };
  const bodies = {
    // messages.md 3.3 and 7
    too_many_request: {
      cause: "too_many_request",
      error: "too_many_request",
      message: "Too many request",
      status_code: 429,
    },
    standard: { message: "Too Many Requests", error: "too_many_requests", status: 429, cause: [] },
    vis: { code: "too_many_requests", message: "quota exceeded" },
    // auth-and-limits.md 7.1: the stock plain-text body of a proxy
    plain: "local_rate_limited",
    empty: null,
  };
  // questions-and-contacts.md 4.2, 8: one body, two codes
  if (family === "leads") return new Refusal(world.settings.leadQuotaStatus, bodies.vis, headers);
  if (family === "contacts") return new Refusal(429, bodies.vis, headers);
  // claims.md 10: the claims page prints the standard envelope
  const form = family === "claims" && claimTooManyForm === "page" ? "standard" : tooManyForm;
  return new Refusal(429, bodies[form], headers);
}

function bearer(c: ApiContext): string | null {
  return /^Bearer\s+(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? null;
}

/** messages.md 1: no token is a 400 on messages; elsewhere a 401. */
function withoutToken(family: Family, path: string): Refusal {
  // questions-and-contacts.md 4.2
  if (family === "leads") return policyAgent(path);
  if (family === "messages") return standard(400, "bad_request", "Access token is required");
  // claims.md 10
  if (family === "claims") return standard(401, "unauthorized_request_error", "user not authorized");
  return new Refusal(401, { code: "unauthorized", message: "authorization value not present" });
}

/** auth-and-limits.md 7.2: three 401 bodies; by family unless a setting says otherwise. */
function badToken(world: World, family: Family, token: string, path: string): Refusal {
  // questions-and-contacts.md 4.2: an expired or bad token is a 403 here
  if (family === "leads" && world.settings.leadBadToken === 403) {
    return new Refusal(403, { code: "forbidden", message: "invalid token" });
  }
  const isClaims = family === "claims";
  // claims.md 10: what is no token at all is a 400, in envelope 1 on both prefixes
  if (isClaims && !/^APP_USR-/.test(token)) {
    return standard(400, "bad_request", `Malformed access_token: ${token}`);
  }
  const chosen = world.settings.unauthorizedForm;
  const form = chosen === "family" ? (family === "messages" || isClaims ? "invalid_token" : "code") : chosen;
  if (isClaims && chosen === "family" && path.startsWith("/marketplace/")) {
    // claims.md 10: the GLOBAL page prints a body of its own
    const said = {
      code: 401,
      error: "unauthorized_request_error",
      message: "Invalid caller.id",
      cause: null,
    };
    return new Refusal(401, said);
  }
  if (form === "invalid_token") return standard(401, "not_found", "invalid_token");
  if (form === "request_error") return standard(401, "unauthorized_request_error", "user not authorized");
  return new Refusal(401, { code: "unauthorized", message: "invalid access token" });
}

/** auth-and-limits.md 6.3: while blocked, calls fail with 401 `unauthorized_scopes`. */
function blockedApplication(): Refusal {
  return standard(401, "unauthorized_scopes", "The application is blocked");
}

/** auth-and-limits.md 7.1: the application lacks a functional permission; sometimes with `path`. */
function policyAgent(path?: string): Refusal {
  return new Refusal(
    403,
    {
      message: "At least one policy returned UNAUTHORIZED.",
      code: "PA_UNAUTHORIZED_RESULT_FROM_POLICIES",
      status: 403,
      blocked_by: "PolicyAgent",
      ...(path ? { path } : {}),
    },
    {
      "x-policy-agent-block-code": "PA_UNAUTHORIZED_RESULT_FROM_POLICIES",
      "x-policy-agent-block-reason": "policy",
    },
  );
}
