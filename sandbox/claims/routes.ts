import type { MiddlewareHandler } from "hono";
import { Hono } from "hono";
import { claimRoutes } from "@/sandbox/claims/claim-routes";
import { evidenceRoutes } from "@/sandbox/claims/evidence-routes";
import { claimFileRoutes } from "@/sandbox/claims/file-routes";
import { claimMessageRoutes } from "@/sandbox/claims/message-routes";
import { resolutionRoutes } from "@/sandbox/claims/resolution-routes";
import { returnExtraRoutes, returnRoutes, reviewRoutes } from "@/sandbox/claims/return-routes";
import { ruleRoutes } from "@/sandbox/claims/rule-routes";
import type { ApiEnv } from "@/sandbox/world/guard";
import { guard } from "@/sandbox/world/guard";
import type { World } from "@/sandbox/world/world";

const LOCAL = "/post-purchase/v1/claims";
const GLOBAL = "/marketplace/v2/claims";
const RULES = "/marketplace/automatic/rules/refund";

/** The claims service: one store behind both prefixes, which are no security boundary (claims.md 1, 2, 13). Older
 *  prefixes are switched off: nothing answers there. */
export function claimsService(world: World): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  for (const path of ["/post-purchase/v1/*", "/post-purchase/v2/claims/*", `${GLOBAL}/*`, RULES]) {
    app.use(path, guard(world, "claims"), tellProblems(world));
  }
  for (const [path, profile] of [
    [LOCAL, "LOCAL"],
    [GLOBAL, "GLOBAL"],
  ] as const) {
    // before claims by id: their paths are longer
    app.route(path, claimFileRoutes(world, profile));
    app.route(path, claimMessageRoutes(world, profile));
    app.route(path, resolutionRoutes(world, profile));
    app.route(path, claimRoutes(world, profile));
  }
  app.route(LOCAL, evidenceRoutes(world));
  app.route(LOCAL, returnExtraRoutes(world));
  app.route("/post-purchase/v2/claims", returnRoutes(world, "LOCAL"));
  app.route(GLOBAL, returnRoutes(world, "GLOBAL"));
  app.route("/post-purchase/v1/returns", reviewRoutes(world));
  app.route(RULES, ruleRoutes(world));
  return app;
}

/** A problem that does not block comes in the header `metadata` (claims.md 10). */
function tellProblems(world: World): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    await next();
    const { claimMetadata } = world.settings;
    if (!claimMetadata) return;
    const details = [
      {
        id: "stale_data",
        type: claimMetadata,
        message: "Some data could not be refreshed",
        suggested_action: "wait_to_retry",
      },
    ];
    c.res.headers.set("metadata", JSON.stringify({ execution_details: details }));
  };
}
