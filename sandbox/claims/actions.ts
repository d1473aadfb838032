import type { Claim, ClaimAction, ClaimRole } from "@/sandbox/claims/model";
import type { World } from "@/sandbox/world/world";

/** Claims between a buyer and Mercado Libre, and cancellations: the seller has nothing to do (claims.md 7). */
const SILENT = new Set(["cancel_sale", "cancel_purchase", "ml_case", "fulfillment", "change"]);

/** The family of a reason: its first three letters, `PNR`, `PDD`, or `CS` with a digit (claims.md 6). */
export function familyOf(claim: Claim): string {
  return claim.reasonId.slice(0, 3);
}

/** The seller's role: complainant in `cancel_sale`, else respondent (claims.md 3). */
export function sellerRoleOf(claim: Claim): "complainant" | "respondent" {
  return claim.type === "cancel_sale" ? "complainant" : "respondent";
}

/** What this player may do now: the table of claims.md 7, minus and plus what the claim was told. */
export function actionsOf(world: World, claim: Claim, role: ClaimRole): ClaimAction[] {
  // claims.md 7: closed is `[]` for everybody
  if (claim.status === "closed" || role === "mediator" || isRefundUnderway(claim)) return [];
  if (role !== sellerRoleOf(claim)) return buyerActions(claim).map(optional);
  const names = sellerActions(world, claim).filter((name) => !claim.withoutActions.has(name));
  const extra = claim.extraActions.filter(({ action }) => !names.includes(action));
  return [...names.map((name) => withTerm(claim, name)), ...extra];
}

/** Whether the seller holds this action now. */
export function sellerHolds(world: World, claim: Claim, action: string): boolean {
  return actionsOf(world, claim, sellerRoleOf(claim)).some((one) => one.action === action);
}

/** Whether a delivered return waits for the seller's word (claims.md 7, "return delivered to seller"). */
export function isReviewable({ returnCase }: Claim): boolean {
  return returnCase?.deliveredAt !== null && returnCase?.deliveredAt !== undefined && !returnCase.review;
}

function sellerActions(world: World, claim: Claim): string[] {
  if (SILENT.has(claim.type)) return [];
  const reviews = isReviewable(claim) ? reviewActions(world) : [];
  // claims.md 7: in a mediation, to the mediator only, and no evidence
  if (claim.stage === "dispute") return ["send_message_to_mediator", ...reviews];
  if (claim.stage === "recontact") return ["send_message_to_mediator"];
  if (claim.stage !== "claim") return [];
  // claims.md 11: "a return claim has no messages"
  if (claim.type === "returns") return reviews;
  return [
    "send_message_to_complainant",
    "refund",
    ...(claim.hasSellerReplied ? ["open_dispute"] : []),
    ...(familyOf(claim) === "PDD" ? productActions(claim) : []),
    ...(familyOf(claim) === "PNR" ? shippingActions(claim) : []),
    ...reviews,
  ];
}

/** claims.md 6: what a wrong or defective product allows. */
function productActions(claim: Claim): string[] {
  const isPending = (wish: string) =>
    claim.resolutions.some((one) => one.wish === wish && one.status === "pending");
  const has = (wish: string) =>
    claim.resolutions.some((one) => one.wish === wish && one.role === "respondent");
  const isFull = claim.thread.shipment?.logisticType === "fulfillment";
  const isGlobal = claim.thread.sellerId !== claim.thread.localSellerId;
  return [
    // claims.md 6: a pending `return_product`, and one offer per claim
    ...(isPending("return_product") && !has("partial_refund") ? ["allow_partial_refund"] : []),
    ...(claim.returnCase || isPending("partial_refund") ? [] : ["allow_return"]),
    // claims.md 6: Full, LOCAL
    ...(isFull && !isGlobal && !has("change_product") && !claim.returnCase ? ["allow_replace"] : []),
  ];
}

/** claims.md 6.1, 7: parcels that Mercado Envios did not carry. */
function shippingActions({ thread, evidences }: Claim): string[] {
  if (thread.shipment?.mode === "me2") {
    return [];
  }
  const has = (type: string) => evidences.some((one) => one.type === type);
  return [
    ...(has("handling_shipping_evidence") || has("shipping_evidence") ? [] : ["send_potential_shipping"]),
    // claims.md 6.1: immutable once sent
    ...(has("shipping_evidence") ? [] : ["add_shipping_evidence", "send_tracking_number"]),
  ];
}

function reviewActions(world: World): string[] {
  // claims.md 11: one name on one page, a pair on the others
  return world.settings.claimReviewAction === "single"
    ? ["return_review"]
    : ["return_review_ok", "return_review_fail"];
}

function buyerActions(claim: Claim): string[] {
  if (SILENT.has(claim.type) || claim.type === "returns") return [];
  if (claim.stage === "dispute") return ["send_message_to_mediator"];
  return claim.stage === "claim" ? ["send_message_to_respondent"] : [];
}

/** claims.md 7: at most one player holds a mandatory action, and only the answer ever is. */
function withTerm(claim: Claim, action: string): ClaimAction {
  if (action !== "send_message_to_complainant" || !claim.replyDueAt) return optional(action);
  return { action, mandatory: true, dueAt: claim.replyDueAt };
}

function optional(action: string): ClaimAction {
  return { action, mandatory: false, dueAt: null };
}

function isRefundUnderway(claim: Claim): boolean {
  return claim.pending.some((one) => one.kind === "close_after_refund");
}
