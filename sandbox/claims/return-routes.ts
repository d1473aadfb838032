import { Hono } from "hono";
import { sellerHolds } from "@/sandbox/claims/actions";
import { ownClaim } from "@/sandbox/claims/find-claim";
import type { Claim, ReturnCase } from "@/sandbox/claims/model";
import { currencyOf } from "@/sandbox/claims/offers";
import { claimRefusal, fileRefusal } from "@/sandbox/claims/refuse";
import { wireChanges, wireGlobalReturn, wireLocalReturn, wireReviews } from "@/sandbox/claims/return-wire";
import { FAIL_REASONS, readReview, reviewReturn } from "@/sandbox/claims/review";
import { settleClaim } from "@/sandbox/claims/time";
import { takeUpload } from "@/sandbox/claims/upload";
import { wireClaim } from "@/sandbox/claims/wire";
import type { Profile } from "@/sandbox/messages/refuse";
import type { ApiContext, ApiEnv } from "@/sandbox/world/guard";
import { SITES } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

/** What a return costs in a site's currency, and the same in dollars: invented (claims.md 2 row 28). */
const COST_USD = 6.4;
const RATE: Partial<Record<string, number>> = { ARS: 1400, BRL: 5.5, MXN: 18, CLP: 930, COP: 4000, UYU: 40 };

/** The return of a claim, in the shape of the profile (claims.md 2 row 23). */
export function returnRoutes(world: World, profile: Profile): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.get("/:id/returns", (c) => {
    const claim = ownClaim(world, c, profile, c.req.param("id"));
    if (!claim.returnCase) {
      throw claimRefusal(world, profile, {
        status: 404,
        error: profile === "GLOBAL" ? "not_found_error" : "business_logic_error",
        message: "There is no associated return for claim",
      });
    }
    const wire = profile === "GLOBAL" ? wireGlobalReturn : wireLocalReturn;
    return c.json(wire(world, claim, claim.returnCase));
  });
  return app;
}

/** Exchange, cost and review files: the LOCAL path for both profiles (claims.md 2 rows 22, 27, 28). */
export function returnExtraRoutes(world: World): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.get("/:id/changes", (c) => {
    const claim = ownClaim(world, c, "LOCAL", c.req.param("id"));
    return c.json(wireChanges(world, claim, claim.change));
  });
  app.post("/:id/returns/attachments", (c) => {
    const id = c.req.param("id");
    const claim = world.claims.get(id);
    // claims.md 5.1
    if (claim?.thread.sellerId !== c.var.seller.id) {
      throw fileRefusal(404, `Claim not found. claimId: ${id}`);
    }
    return takeUpload(world, c, { profile: "LOCAL", claim, kind: "return" });
  });
  app.get("/:id/charges/return-cost", (c) => {
    const currency = currencyOf(ownClaim(world, c, "LOCAL", c.req.param("id")));
    const decimals = Object.values(SITES).find((site) => site.currency === currency)?.decimals ?? 2;
    const amount = Number((COST_USD * (RATE[currency] ?? 1)).toFixed(decimals));
    const isAsked = c.req.query("calculate_amount_usd") === "true";
    return c.json({ currency_id: currency, amount, ...(isAsked ? { amount_usd: COST_USD } : {}) });
  });
  return app;
}

/** `P/returns/...`: reasons, reviews, and reviewing (claims.md 2 rows 24 to 26; 6.2). */
export function reviewRoutes(world: World): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.get("/reasons", (c) => {
    const claimId = c.req.query("claim_id") ?? "";
    const flow = c.req.query("flow") ?? "";
    const claim = ownOfReturn(c, world.claims.get(claimId), `claim id: ${claimId} not found`);
    if (flow !== "seller_return_failed") {
      throw fileRefusal(400, `flow: ${flow} does not exist. claimId: ${claim.id}`);
    }
    const { language } = SITES[c.var.seller.siteId];
    return c.json(
      FAIL_REASONS.map(({ id, apply, detail }) => ({ id, name: id, detail: detail[language], apply })),
    );
  });
  app.get("/:returnId/reviews", (c) => {
    const { claim, returnCase } = caseOf(world, c, c.req.param("returnId"), "return review not found");
    if (!returnCase.review) throw fileRefusal(404, "return review not found");
    return c.json(wireReviews(world, claim, returnCase));
  });
  app.post("/:returnId/return-review", async (c) => {
    const { claim, returnCase } = caseOf(world, c, c.req.param("returnId"), "claim_Not Found");
    const body: unknown = await c.req.json().catch(() => null);
    const isOk = body !== null && !Array.isArray(body);
    const action = isOk ? "return_review_ok" : "return_review_fail";
    const missing = "Required request body is missing or incorrect, please see the documentation.";
    if (body === null) throw fileRefusal(400, missing);
    if (!sellerHolds(world, claim, action) && !sellerHolds(world, claim, "return_review")) {
      throw fileRefusal(400, `Not valid action ${action} for player role respondent`);
    }
    const review = readReview(world, claim, body);
    if (!review) throw fileRefusal(400, missing);
    reviewReturn(world, claim, returnCase, review);
    return c.json(wireClaim(world, claim, { profile: "LOCAL", view: "get" }));
  });
  return app;
}

function caseOf(
  world: World,
  c: ApiContext,
  returnId: string,
  none: string,
): { claim: Claim; returnCase: ReturnCase } {
  const claim = ownOfReturn(c, world.returns.get(returnId), none);
  settleClaim(world, claim);
  const { returnCase } = claim;
  if (!returnCase) throw fileRefusal(404, none);
  return { claim, returnCase };
}

/** @throws Refusal 404 for none, 400 for a claim of another seller (claims.md 6.2) */
function ownOfReturn(c: ApiContext, claim: Claim | undefined, none: string): Claim {
  if (!claim) throw fileRefusal(404, none);
  if (claim.thread.sellerId !== c.var.seller.id) {
    throw fileRefusal(400, `Invalid roleId :${c.var.seller.id} in claim :${claim.id}`);
  }
  return claim;
}
