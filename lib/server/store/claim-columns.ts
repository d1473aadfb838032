import "server-only";
import { isDeepStrictEqual } from "node:util";
import type { Claim } from "@/lib/shared/api/claim";
import { briefOf, type Ranked, rankOf, staleAt } from "@/lib/shared/claim/rank";
import { isReturning } from "@/lib/shared/claim/returning";
import { clockOf, isOpenClaim } from "@/lib/shared/claim/turn";
import type { ThreadSnapshot } from "@/lib/shared/thread";
import { reviveClaim } from "./claims";
import type { StoredClaim, threads } from "./schema";
import type { Summary } from "./summaries";

/** What is looked at again by itself is so after a tenth of the time in which nothing moved, within these. */
const OF_SILENCE = 0.1;
/** Parts that could not be read. */
const UNREAD_MS = { least: 2 * 60_000, most: 6 * 3_600_000 } as const;
/** A product on its way back: its claim may be over, and nobody tells of it (claims.md 7). */
const RETURNING_MS = { least: 2 * 3_600_000, most: 24 * 3_600_000 } as const;

/** After a refund Mercado Libre closes the claim a moment later (claims.md 6); it is looked for so soon, then after half of the
 *  time that has passed, for so long. */
const CLOSING_MS = { least: 3_000, until: 10 * 60_000 } as const;

type Row = typeof threads.$inferSelect;

/** What a claim's row holds beside what every thread's row does. */
export interface ClaimColumns {
  claim: StoredClaim;
  brief: NonNullable<Row["brief"]>;
  rank: number;
  dueAt: Date | null;
  isWaiting: boolean;
  orderId: string | null;
  buyerId: string | null;
}

/** Derives what the list shows of a claim, and its place in it, from the claim and its messages. What the sale has told
 *  stays: a cancellation may name another order than its own (claims.md 3). Pure. */
export function claimColumns(
  claim: Claim,
  { orderId, buyerId }: Pick<ThreadSnapshot, "orderId" | "buyerId">,
  summary: Summary,
  stored: Pick<Row, "orderId" | "buyerId">,
  now: Date,
): ClaimColumns {
  const clock = clockOf(claim, now);
  return {
    claim,
    brief: briefOf(claim, now),
    rank: rankOf(ranked(claim, summary), now),
    dueAt: clock?.dueAt ?? null,
    // Nobody waits for an answer on a claim that is over.
    isWaiting: isOpenClaim(claim) && summary.isWaiting,
    orderId: stored.orderId ?? orderId ?? null,
    buyerId: stored.buyerId ?? buyerId ?? null,
  };
}

/** What was read of a claim while less of it was being read stays, and so does what could not be read of that. Pure. */
export function withRest(claim: Claim, stored: StoredClaim | null): Claim {
  const held = claim.isWhole ? null : reviveClaim(stored);
  if (held === null || !held.isWhole) return claim;
  const { history, stages, returnCost, change, evidences, isWhole } = held;
  const rest = { history, stages, return: held.return, returnCost, change, evidences };
  const unread = [...claim.unread, ...held.unread.filter((part) => part in rest)];
  return { ...claim, ...rest, unread: [...new Set(unread)].toSorted(), isWhole };
}

/** When a claim is to be read again whatever happens: when its clock has run out, which moves its place; when what could not
 *  be read may be readable; while a product is on its way back; and soon after a refund. Null: only an event changes it. Pure. */
export function nextReadAt(claim: Claim, summary: Summary, now: Date): Date | null {
  const at = now.getTime();
  const times = [staleAt(ranked(claim, summary), now)?.getTime()];
  const inStep = ({ least, most }: { least: number; most: number }) =>
    at + Math.min(most, Math.max(least, (at - claim.updatedAt.getTime()) * OF_SILENCE));
  if (claim.unread.length > 0) times.push(inStep(UNREAD_MS));
  if (isReturning(claim)) times.push(inStep(RETURNING_MS));
  const closing = closingFor(claim, now);
  if (closing !== null) times.push(at + Math.max(CLOSING_MS.least, closing / 2));
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? null : new Date(Math.min(...known));
}

/** For how long a claim that was refunded has not closed. Null: it has, or it is no such claim. */
function closingFor(claim: Claim, now: Date): number | null {
  const refunded = claim.history.findLast(({ action }) => action === "refund")?.at;
  if (refunded === undefined || !isOpenClaim(claim)) return null;
  const age = Math.max(0, now.getTime() - refunded.getTime());
  return age < CLOSING_MS.until ? age : null;
}

/** Where a claim without messages stands in time: when it moved last. Pure. */
export function movedAt(claim: Claim, { lastMessageAt }: Pick<Summary, "lastMessageAt">): Date {
  return lastMessageAt !== null && lastMessageAt > claim.updatedAt ? lastMessageAt : claim.updatedAt;
}

const ranked = (claim: Claim, summary: Summary): Ranked => ({
  ...claim,
  isWaiting: summary.isWaiting,
  movedAt: movedAt(claim, summary),
});

/** Is this what jsonb holds? It keeps no order of keys, and no instants but as texts. Pure. */
export function sameJson(value: unknown, stored: unknown): boolean {
  const written: unknown = JSON.parse(JSON.stringify(value));
  return isDeepStrictEqual(written, stored);
}
