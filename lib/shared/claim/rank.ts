import type { Claim, ClaimBrief } from "@/lib/shared/api/claim";
import { clockOf, dutyOf, isOpenClaim, turnOf } from "./turn";

/** The order in which claims hurt: my duty by its term; then what keeps a claim out of my reputation; then what else is
 *  mine to do; then what waits for somebody else; then what is over. */
const TIERS = { duty: 0, incentive: 1, mine: 2, others: 3, over: 4 } as const;
type Tier = keyof typeof TIERS;

/** Wider than any instant in milliseconds. */
const TIER_WIDTH = 100_000_000_000_000;

/** What is below is the seller's to do. */
export const DUE_BELOW = TIER_WIDTH * TIERS.others;

/** No date leads out of its tier, however far off: some programs write the year 1 or 9999 for none. */
const ranked = (tier: Tier, within: number) =>
  TIER_WIDTH * TIERS[tier] + Math.min(Math.max(Math.round(within), 0), TIER_WIDTH - 1);
/** What has no term stands behind all that has one, oldest first; far enough behind for any date. */
const LATER = TIER_WIDTH / 2;

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
