import { sellerRoleOf } from "@/sandbox/claims/actions";
import { acted, closeClaim, sellerAnswered } from "@/sandbox/claims/acts";
import { syncChat } from "@/sandbox/claims/chat";
import { createReturn } from "@/sandbox/claims/create-return";
import type { Claim, ExpectedResolution, Wish } from "@/sandbox/claims/model";
import { amountOf, currencyOf } from "@/sandbox/claims/offers";
import { digits } from "@/sandbox/world/random";
import type { World } from "@/sandbox/world/world";

/** The seller offers part of the money: the wish for a return is refused, the offer waits (claims.md 6). */
export function offerPartialRefund(world: World, claim: Claim, percentage: number): void {
  answerWish(world, claim, "return_product", "rejected");
  propose(world, claim, "partial_refund", [
    { key: "percentage", value: String(percentage) },
    { key: "seller_amount", value: String(amountOf(claim, percentage)) },
    { key: "seller_currency", value: currencyOf(claim) },
  ]);
  sellerAnswered(claim);
  acted(world, claim, { action: "allow_partial_refund", role: sellerRoleOf(claim) });
}

/** The seller accepts, or forces, a return: a label is made (claims.md 6). */
export function allowReturn(world: World, claim: Claim): void {
  const isAsked = claim.resolutions.some(
    ({ wish, status }) => wish === "return_product" && status === "pending",
  );
  if (isAsked) answerWish(world, claim, "return_product", "accepted");
  else propose(world, claim, "return_product", [], "accepted");
  sellerAnswered(claim);
  satisfied(world, claim);
  acted(world, claim, { action: "allow_return", role: sellerRoleOf(claim) });
  // claims.md 4.4: `generate_return` follows it in the history
  createReturn(world, claim);
  acted(world, claim, { action: "generate_return", role: "mediator" });
}

/** The seller offers the same item again: the buyer has to say yes (claims.md 6). */
export function offerReplacement(world: World, claim: Claim): void {
  propose(world, claim, "change_product", []);
  sellerAnswered(claim);
  acted(world, claim, { action: "allow_replace", role: sellerRoleOf(claim) });
}

/** The buyer takes the part of the money: the claim closes (claims.md 6). */
export function acceptPartialRefund(world: World, claim: Claim): void {
  answerWish(world, claim, "partial_refund", "accepted");
  acted(world, claim, { action: "accept_partial_refund", role: "complainant" });
  closeClaim(world, claim, { reason: "partial_refunded", benefited: ["complainant"], closedBy: "mediator" });
}

/** The buyer takes the replacement: an exchange begins, the claim's type stays (claims.md 6, 6.3). */
export function acceptReplacement(world: World, claim: Claim): void {
  const now = world.now();
  const day = (days: number) => new Date(now.getTime() + days * 86_400_000);
  answerWish(world, claim, "change_product", "accepted");
  claim.relatedEntities.push("change");
  claim.change = {
    status: "pending",
    detail: "return_pending",
    type: "replace",
    newOrderIds: [`2000${digits(world.random, 12)}`],
    newShipmentIds: [`4${digits(world.random, 10)}`],
    from: day(4),
    to: day(8),
    createdAt: now,
    updatedAt: now,
  };
  acted(world, claim, { action: "accept_replace", role: "complainant" });
  syncChat(world, claim);
}

/** Says yes or no to what is pending; false when nothing of the kind is. */
export function answerWish(world: World, claim: Claim, wish: Wish, status: "accepted" | "rejected"): boolean {
  const found = claim.resolutions.find((one) => one.wish === wish && one.status === "pending");
  if (!found) return false;
  found.status = status;
  found.updatedAt = world.now();
  return true;
}

function propose(
  world: World,
  claim: Claim,
  wish: Wish,
  details: ExpectedResolution["details"],
  status: ExpectedResolution["status"] = "pending",
): void {
  const now = world.now();
  claim.resolutions.push({
    role: sellerRoleOf(claim),
    userId: claim.thread.localSellerId,
    wish,
    details,
    status,
    createdAt: now,
    updatedAt: now,
  });
}

/** claims.md 8: a return accepted within the incentive's time keeps the claim out of the reputation. */
function satisfied(world: World, claim: Claim): void {
  const { reputation } = claim;
  const isInTime = reputation.dueAt !== null && world.now() <= reputation.dueAt;
  if (reputation.hasIncentive && isInTime) claim.reputation = { ...reputation, effect: "not_affected" };
}
