import { Hono } from "hono";
import { claimDate } from "@/sandbox/claims/dates";
import { wireDetail } from "@/sandbox/claims/detail";
import { ownClaim } from "@/sandbox/claims/find-claim";
import type { Reason } from "@/sandbox/claims/reasons";
import { reasonOf } from "@/sandbox/claims/reasons";
import { claimRefusal } from "@/sandbox/claims/refuse";
import { searchClaims } from "@/sandbox/claims/search";
import { wireClaim, wireHistory, wireStatus } from "@/sandbox/claims/wire";
import type { Profile } from "@/sandbox/messages/refuse";
import type { ApiEnv } from "@/sandbox/world/guard";
import type { Language } from "@/sandbox/world/sites";
import { SITES } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

/** Reading claims: rows 1 to 7 of claims.md 2. */
export function claimRoutes(world: World, profile: Profile): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.get("/search", (c) => c.json(searchClaims(world, c, profile)));
  app.get("/reasons/:id", (c) => {
    const reason = reasonOf(c.req.param("id"));
    if (!reason) {
      throw claimRefusal(world, profile, {
        status: 404,
        error: profile === "GLOBAL" ? "not_found_error" : "business_logic_error",
        message:
          profile === "GLOBAL" ? `Reason not found. reasonId: ${c.req.param("id")}` : "Resource not found",
      });
    }
    return c.json(wireReason(reason, SITES[c.var.seller.siteId].language));
  });
  app.get("/:id", (c) => {
    const claim = ownClaim(world, c, profile, c.req.param("id"));
    return c.json(wireClaim(world, claim, { profile, view: "get" }));
  });
  app.get("/:id/detail", (c) => c.json(wireDetail(world, ownClaim(world, c, profile, c.req.param("id")))));
  // claims.md 4.4: bare lists, newest first
  app.get("/:id/actions-history", (c) => {
    const { history } = ownClaim(world, c, profile, c.req.param("id"));
    return c.json(history.toReversed().map((entry) => wireHistory(world, entry)));
  });
  app.get("/:id/status-history", (c) => {
    const { statuses } = ownClaim(world, c, profile, c.req.param("id"));
    return c.json(statuses.toReversed().map((entry) => wireStatus(world, entry)));
  });
  app.get("/:id/affects-reputation", (c) => {
    const { reputation } = ownClaim(world, c, profile, c.req.param("id"));
    return c.json({
      affects_reputation: reputation.effect,
      has_incentive: reputation.hasIncentive,
      due_date: claimDate(world, reputation.dueAt),
    });
  });
  return app;
}

/** claims.md 4.3 */
function wireReason(reason: Reason, language: Language): object {
  return {
    id: reason.id,
    flow: reason.flow,
    name: reason.name,
    detail: reason.detail[language],
    position: 200,
    filter: { group: reason.group, site_id: ["MLA", "MLB", "MLM", "MLC", "MCO", "CBT"] },
    settings: {
      allowed_flows: [],
      expected_resolutions: reason.expected,
      rules_engine_triage: reason.triage,
    },
    parent_id: null,
    children_title: null,
    status: "active",
    date_created: "2024-03-11T10:00:00.000-04:00",
    last_updated: "2025-08-04T10:00:00.000-04:00",
  };
}
