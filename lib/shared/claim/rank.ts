import type { Claim, ClaimBrief } from "@/lib/shared/api/claim";
import { LATER, ranked } from "@/lib/shared/rank";
import { clockOf, dutyOf, isOpenClaim, turnOf } from "./turn";

/** What a claim's place in the list is made of. */
export interface Ranked extends Omit<Parameters<typeof clockOf>[0], "history"> {
  history: Claim["history"];
  /** The buyer's words are the last. */
  isWaiting: boolean;
  /** When anything was last said or done. */
  movedAt: Date;
}

/** A number by which claims are ordered: less hurts more. A claim whose turn is somebody else's never stands before one of
 *  the seller's. It holds until the clock it counts has run out; then the claim is read and ranked again. Pure. */
export function rankOf(claim: Ranked, now: Date): number {
  const { movedAt, isWaiting } = claim;
  if (!isOpenClaim(claim)) return ranked("over", LATER - movedAt.getTime());
  const duty = dutyOf(claim);
  if (duty !== null) {
    return ranked("duty", duty.dueAt?.getTime() ?? LATER + claim.createdAt.getTime());
  }
  const turn = turnOf(claim);
  const clock = clockOf(claim, now);
  if (clock?.kind === "incentive") return ranked("incentive", clock.dueAt.getTime());
  if (turn === "seller" || (turn === null && isWaiting)) {
    return ranked("mine", clock?.dueAt.getTime() ?? LATER + movedAt.getTime());
  }
  return ranked("others", LATER - movedAt.getTime());
}

/** The place of a claim of which no more is known than that it is there. Pure. */
export function unreadRank(knownAt: Date): number {
  return ranked("others", LATER - knownAt.getTime());
}

/** When a rank must be looked at again because its clock has run out; null: only an event moves it. Pure. */
export function staleAt(claim: Ranked, now: Date): Date | null {
  const clock = clockOf(claim, now);
  return clock !== null && clock.dueAt > now ? clock.dueAt : null;
}

/** What the list shows of a claim. Pure. */
export function briefOf(claim: Claim, now: Date): ClaimBrief {
  const wish = claim.expected.findLast(({ role, status }) => role === "complainant" && status !== "rejected");
  return {
    type: claim.type,
    stage: claim.stage,
    status: claim.status,
    wants: wish?.kind ?? null,
    title: claim.detail?.title ?? claim.reason,
    turn: turnOf(claim),
    clock: clockOf(claim, now)?.kind ?? null,
  };
}
