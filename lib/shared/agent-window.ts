import { isSiteId, SITES } from "./sites";
import type { Message } from "./thread";
import { localDay, startOfDay } from "./zone-time";

/** How long the seller has on a thread with an agent, counted from Monday to Friday (messages.md 4.2). */
export const AGENT_WINDOW_MS = 48 * 3_600_000;

type Said = Pick<Message, "direction" | "visibility" | "createdAt">;

/** Until when the seller must answer on a thread with an agent: 48 business hours after the oldest message that nobody
 *  has answered. Null: none waits. Messages that Mercado Libre rejected were seen by nobody: they neither ask nor answer.
 *  Neither the business calendar nor the zone is stated (messages.md 4.2): Monday to Friday round the clock in the zone of
 *  the thread's site, without holidays, is what a seller can count on at the least. Pure. */
export function agentDueAt(messages: readonly Said[], siteId: string): Date | null {
  const since = waitingSince(messages);
  return since === null ? null : businessEnd(since, AGENT_WINDOW_MS, zoneOf(siteId));
}

/** Milliseconds from Monday to Friday between two instants, in the zone of a site; 0 when `to` is not after `from`. Pure. */
export function businessMs(from: Date, to: Date, siteId: string): number {
  const timeZone = zoneOf(siteId);
  let total = 0;
  for (let at = from.getTime(); at < to.getTime(); ) {
    const day = localDay(at, timeZone);
    const end = Math.min(to.getTime(), startOfDay(day + 1, timeZone));
    if (isBusinessDay(day)) total += end - at;
    at = end;
  }
  return total;
}

/** When the oldest message was written that no answer followed. */
function waitingSince(messages: readonly Said[]): Date | null {
  const shown = messages.filter(({ visibility }) => visibility !== "rejected");
  const answered = shown.reduce(
    (last, { direction, createdAt }) => (direction === "out" ? Math.max(last, createdAt.getTime()) : last),
    Number.NEGATIVE_INFINITY,
  );
  const waiting = shown
    .filter(({ direction, createdAt }) => direction === "in" && createdAt.getTime() >= answered)
    .map(({ createdAt }) => createdAt.getTime());
  return waiting.length === 0 ? null : new Date(Math.min(...waiting));
}

function businessEnd(from: Date, lengthMs: number, timeZone: string): Date {
  let left = lengthMs;
  for (let at = from.getTime(); ; ) {
    const day = localDay(at, timeZone);
    const end = startOfDay(day + 1, timeZone);
    if (isBusinessDay(day)) {
      if (at + left <= end) return new Date(at + left);
      left -= end - at;
    }
    at = end;
  }
}

/** A site that is not known has no zone of its own: UTC, as for Global Selling. */
const zoneOf = (siteId: string): string => (isSiteId(siteId) ? SITES[siteId].timeZone : "UTC");

function isBusinessDay(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday !== 0 && weekday !== 6;
}
