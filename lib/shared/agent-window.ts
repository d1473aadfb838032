import { isSiteId, SITES } from "./sites";
import type { Message } from "./thread";

/** How long the seller has on a thread with an agent, counted from Monday to Friday (messages.md 4.2). */
export const AGENT_WINDOW_MS = 48 * 3_600_000;

const DAY_MS = 86_400_000;

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
    const end = Math.min(to.getTime(), startOf(day + 1, timeZone));
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
    const end = startOf(day + 1, timeZone);
    if (isBusinessDay(day)) {
      if (at + left <= end) return new Date(at + left);
      left -= end - at;
    }
    at = end;
  }
}

/** A site that is not known has no zone of its own: UTC, as for Global Selling. */
const zoneOf = (siteId: string): string => (isSiteId(siteId) ? SITES[siteId].timeZone : "UTC");

/** A day of the calendar as a number: days since 1 January 1970, which was a Thursday. */
function localDay(at: number, timeZone: string): number {
  return Math.floor((at + offsetAt(at, timeZone)) / DAY_MS);
}

function isBusinessDay(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday !== 0 && weekday !== 6;
}

/** The first instant of a day there. Where clocks change at midnight, a day may begin at one o'clock. */
function startOf(day: number, timeZone: string): number {
  const midnight = day * DAY_MS;
  const candidates = [midnight - DAY_MS, midnight + DAY_MS].map(
    (near) => midnight - offsetAt(near, timeZone),
  );
  return Math.min(...candidates.filter((at) => localDay(at, timeZone) >= day));
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What the clocks there show beyond UTC, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    clocks.set(timeZone, clock);
  }
  const shown: Record<string, number> = {};
  for (const { type, value } of clock.formatToParts(at)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000;
}
