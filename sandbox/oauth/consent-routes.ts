import { Hono } from "hono";
import { consentPage, refusalPage } from "@/sandbox/oauth/consent-page";
import type { Authorization } from "@/sandbox/world/grants";
import type { ApiEnv } from "@/sandbox/world/guard";
import type { Seller } from "@/sandbox/world/model";
import type { Client, World } from "@/sandbox/world/world";

const PAGE_HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** `GET /authorization` and the decision its form posts (auth-and-limits.md 2). One address for every site's host. */
export function consentRoutes(world: World): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();

  app.get("/authorization", (c) => {
    const asked = readRequest(world, new URL(c.req.url).searchParams);
    if ("problem" in asked) return c.html(refusalPage(asked.problem), 400, PAGE_HEADERS);
    const sellers = [...world.sellers.values()];
    const chosen = world.sellers.get(c.req.query("seller_id") ?? "") ?? sellers[0];
    return c.html(
      consentPage({ client: asked.client, sellers, chosen, query: asked.query }),
      200,
      PAGE_HEADERS,
    );
  });

  app.post("/authorization", async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const asked = readRequest(world, new URLSearchParams(form.get("request") ?? ""));
    if ("problem" in asked) return c.html(refusalPage(asked.problem), 400, PAGE_HEADERS);
    const back = (fields: Record<string, string>) => c.redirect(withQuery(asked, fields), 302);
    if (form.get("decision") !== "allow") return back({ error: "access_denied" });

    const seller = world.sellers.get(form.get("seller_id") ?? "");
    if (!seller) return c.html(refusalPage("cannot_connect"), 400, PAGE_HEADERS);
    // auth-and-limits.md 2: only the administrator may grant; shown on Mercado Libre's own page, no redirect
    if (world.settings.operatorLogin || seller.isOperator) {
      if (world.settings.operatorRedirects) return back({ error: "invalid_operator_user_id" });
      return c.html(refusalPage("invalid_operator_user_id", seller.siteId), 200, PAGE_HEADERS);
    }
    // auth-and-limits.md 2: pending data validation ends in the generic message
    if (seller.isKycPending && world.settings.kycFailsAt === "page") {
      return c.html(refusalPage("cannot_connect", seller.siteId), 200, PAGE_HEADERS);
    }
    return back({ code: world.grants.issueCode(authorizationOf(asked, seller)) });
  });
  return app;
}

interface Asked {
  client: Client;
  redirectUri: string;
  query: URLSearchParams;
}

/** auth-and-limits.md 1 and 2: the redirect URI is compared exactly; PKCE is not checked before the token call (9). */
function readRequest(
  world: World,
  query: URLSearchParams,
): Asked | { problem: "redirect_mismatch" | "cannot_connect" } {
  const client = world.clients.get(query.get("client_id") ?? "");
  if (!client || query.get("response_type") !== "code") return { problem: "cannot_connect" };
  const redirectUri = query.get("redirect_uri") ?? "";
  if (![...client.redirectUris, ...world.settings.redirectUris].includes(redirectUri)) {
    return { problem: "redirect_mismatch" };
  }
  return { client, redirectUri, query };
}

function authorizationOf({ client, redirectUri, query }: Asked, seller: Seller): Authorization {
  return {
    clientId: client.id,
    redirectUri,
    sellerId: seller.id,
    challenge: query.get("code_challenge"),
    method: query.get("code_challenge_method") === "S256" ? "S256" : "plain",
  };
}

/** auth-and-limits.md 2: `state` is echoed back, unchecked. */
function withQuery({ redirectUri, query }: Asked, fields: Record<string, string>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  const state = query.get("state");
  if (state !== null) url.searchParams.set("state", state);
  return url.href;
}
