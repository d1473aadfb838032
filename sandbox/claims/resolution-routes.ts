import { Hono } from "hono";
import { sellerHolds, sellerRoleOf } from "@/sandbox/claims/actions";
import { openDispute, refund } from "@/sandbox/claims/acts";
import { ownClaim } from "@/sandbox/claims/find-claim";
import type { Claim } from "@/sandbox/claims/model";
import { offersOf, percentageOf } from "@/sandbox/claims/offers";
import { claimRefusal, unavailable } from "@/sandbox/claims/refuse";
import { allowReturn, offerPartialRefund, offerReplacement } from "@/sandbox/claims/resolve";
import { wireClaim, wireResolution } from "@/sandbox/claims/wire";
import type { Profile } from "@/sandbox/messages/refuse";
import { jsonBody } from "@/sandbox/messages/send";
import type { ApiContext, ApiEnv } from "@/sandbox/world/guard";
import type { World } from "@/sandbox/world/world";

/** What a seller can do about a claim (claims.md 2 rows 13 to 19; 6). */
export function resolutionRoutes(world: World, profile: Profile): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  const wished = "/:id/expected-resolutions";
  app.get(wished, (c) => c.json(listOf(world, ownClaim(world, c, profile, c.req.param("id")))));
  app.get("/:id/partial-refund/available-offers", (c) =>
    c.json(offersOf(world, profile, claimOfOffers(world, c, profile, c.req.param("id")))),
  );
  app.post(`${wished}/partial-refund`, async (c) => {
    const claim = ownClaim(world, c, profile, c.req.param("id"));
    need(world, profile, claim, ["allow_partial_refund"]);
    const text = await c.req.text();
    const body = text.trim() === "" ? {} : await jsonBody(c);
    if (!body)
      throw claimRefusal(world, profile, { status: 400, error: "bad_request", message: "Malformed body" });
    offerPartialRefund(world, claim, percentageOf(world, profile, claim, body));
    return c.json(listOf(world, claim));
  });
  app.post(`${wished}/refund`, (c) => {
    const claim = ownClaim(world, c, profile, c.req.param("id"));
    need(world, profile, claim, ["refund"]);
    refund(world, claim);
    return c.json(refundAnswer(world, profile, claim));
  });
  app.post(`${wished}/allow-return`, (c) => {
    const claim = ownClaim(world, c, profile, c.req.param("id"));
    // claims.md 6: either of the two
    need(world, profile, claim, ["allow_return", "allow_return_label"]);
    allowReturn(world, claim);
    return c.json(listOf(world, claim));
  });
  // claims.md 2 row 18: LOCAL
  if (profile === "LOCAL") {
    app.post(`${wished}/allow-replace`, (c) => {
      const claim = ownClaim(world, c, profile, c.req.param("id"));
      need(world, profile, claim, ["allow_replace"]);
      offerReplacement(world, claim);
      return c.json(listOf(world, claim));
    });
  }
  app.post("/:id/actions/open-dispute", (c) => {
    const claim = ownClaim(world, c, profile, c.req.param("id"));
    need(world, profile, claim, ["open_dispute"]);
    openDispute(world, claim, sellerRoleOf(claim));
    // claims.md 6: the claim, with the mediator
    return c.json(wireClaim(world, claim, { profile, view: "get" }));
  });
  return app;
}

/** claims.md 6: LOCAL prints 403 for a claim that does not exist, and 404 for one of another. @throws Refusal */
function claimOfOffers(world: World, c: ApiContext, profile: Profile, id: string): Claim {
  const claim = world.claims.get(id);
  if (profile === "GLOBAL" || claim?.thread.sellerId === c.var.seller.id) {
    return ownClaim(world, c, profile, id);
  }
  throw claim
    ? claimRefusal(world, profile, { status: 404, error: "not_found", message: "User not authorized" })
    : claimRefusal(world, profile, { status: 403, error: "forbidden", message: "Claim does not exist" });
}

/** @throws Refusal 400 when the seller holds none of them */
function need(world: World, profile: Profile, claim: Claim, actions: [string, ...string[]]): void {
  if (actions.some((action) => sellerHolds(world, claim, action))) return;
  throw unavailable(world, profile, actions[0]);
}

function listOf(world: World, claim: Claim): object[] {
  return claim.resolutions.map((one) => wireResolution(world, one));
}

/** claims.md 11: `accepted` on one page, one `pending` on the other. */
function refundAnswer(world: World, profile: Profile, claim: Claim): object[] {
  const { claimRefundAnswer } = world.settings;
  const chosen =
    claimRefundAnswer === "profile" ? (profile === "LOCAL" ? "accepted" : "pending") : claimRefundAnswer;
  const made = claim.resolutions.findLast(({ wish }) => wish === "refund");
  if (chosen === "accepted" || !made) return listOf(world, claim);
  return [wireResolution(world, { ...made, status: "pending" })];
}
