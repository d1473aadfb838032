import { sellerRoleOf } from "@/sandbox/claims/actions";
import { later } from "@/sandbox/claims/alarms";
import { syncChat } from "@/sandbox/claims/chat";
import { lateEvening } from "@/sandbox/claims/dates";
import type { Claim, ClaimResolution, ClaimRole, ClaimStage, ClaimStatus } from "@/sandbox/claims/model";
import type { World } from "@/sandbox/world/world";

/** Satisfactory ends within the incentive's 48 h keep a claim out of the reputation (claims.md 8). */
const SATISFACTORY = new Set([
  "payment_refunded",
  "partial_refunded",
  "opened_claim_by_mistake",
  "worked_out_with_seller",
]);

/** The claim is not what it was: its date moves and the seller is told (claims.md 9, 13). */
export function changed(world: World, claim: Claim, at = world.now()): void {
  claim.updatedAt = at;
  world.emit("claim_changed", claim.thread, claim.id);
}

/** Somebody did something: it stands in the history, and two notices go out, one of them `claims_actions` (claims.md 9, 13). */
export function acted(
  world: World,
  claim: Claim,
  o: { action: string; role: ClaimRole; at?: Date; isOpening?: boolean; reasonId?: string | null },
): void {
  const at = o.at ?? world.now();
  claim.history.push({
    action: o.action,
    role: o.role,
    reasonId: o.reasonId ?? null,
    // claims.md 4.4: null where the claim was opened
    stage: o.isOpening ? null : claim.stage,
    status: o.isOpening ? null : claim.status,
    at,
  });
  world.emit("claim_acted", claim.thread, claim.id);
  changed(world, claim, at);
}

/** Another stage or status, kept in the status history (claims.md 4.4). */
export function moveTo(
  claim: Claim,
  o: { stage?: ClaimStage; status?: ClaimStatus; by: ClaimRole; at: Date },
): void {
  claim.stage = o.stage ?? claim.stage;
  claim.status = o.status ?? claim.status;
  claim.statuses.push({ stage: claim.stage, status: claim.status, at: o.at, by: o.by });
}

/** The mediation begins: only the mediator may be written to, and has two days (claims.md 6, 8, 13). */
export function openDispute(world: World, claim: Claim, by: ClaimRole, at = world.now()): void {
  claim.replyDueAt = null;
  claim.decisionDueAt = lateEvening(at, 2);
  // claims.md 4.4: the history tells the stage in which the action was done
  acted(world, claim, { action: "open_dispute", role: by, at });
  moveTo(claim, { stage: "dispute", by, at });
  syncChat(world, claim);
}

/** The claim ends (claims.md 7); its conversation is free again. `cancel_sale` never gets a resolution (claims.md 3). */
export function closeClaim(
  world: World,
  claim: Claim,
  o: Omit<ClaimResolution, "at" | "isCovered"> & { isCovered?: boolean; at?: Date; by?: ClaimRole },
): void {
  const at = o.at ?? world.now();
  const by = o.by ?? roleOfCloser(o.closedBy);
  claim.replyDueAt = null;
  claim.decisionDueAt = null;
  // claims.md 7: a return may outlive its claim
  claim.pending = claim.pending.filter(({ kind }) => !/mediator_answers|close_after_refund/.test(kind));
  moveTo(claim, { status: "closed", by, at });
  if (claim.type !== "cancel_sale") {
    const { reason, benefited, closedBy, isCovered = false } = o;
    claim.resolution = { reason, at, benefited, closedBy, isCovered };
  }
  const isInTime = at.getTime() - claim.createdAt.getTime() <= 48 * 3_600_000;
  if (isInTime && claim.reputation.hasIncentive && SATISFACTORY.has(o.reason)) {
    claim.reputation = { effect: "not_affected", hasIncentive: true, dueAt: claim.reputation.dueAt };
  }
  acted(world, claim, { action: "close_claim", role: by, at });
  syncChat(world, claim);
}

/** The seller has answered in some way: nothing is mandatory until the buyer writes again (claims.md 13). */
export function sellerAnswered(claim: Claim): void {
  claim.hasSellerReplied = true;
  claim.replyDueAt = null;
}

/** Full refund: done now, closed by the mediator one second later (claims.md 6). */
export function refund(world: World, claim: Claim, at = world.now()): void {
  for (const one of claim.resolutions) {
    if (one.status === "pending") Object.assign(one, { status: "rejected", updatedAt: at });
  }
  claim.resolutions.push({
    role: sellerRoleOf(claim),
    userId: claim.thread.localSellerId,
    wish: "refund",
    details: [],
    status: "accepted",
    createdAt: at,
    updatedAt: at,
  });
  sellerAnswered(claim);
  later(world, claim, { kind: "close_after_refund", at: new Date(at.getTime() + 1000) });
  acted(world, claim, { action: "refund", role: sellerRoleOf(claim), at });
}

function roleOfCloser(closedBy: ClaimResolution["closedBy"]): ClaimRole {
  if (closedBy === "buyer") return "complainant";
  return closedBy === "mediator" ? "mediator" : "respondent";
}
