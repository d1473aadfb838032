import { localDay, offsetAt, startOfDay } from "@/lib/shared/zone-time";
import { bucketEnd, bucketStart, type Unit } from "./buckets";

/** Periods with a name of their own. */
export const PRESETS = ["24h", "7d", "30d", "90d"] as const;
export type Preset = (typeof PRESETS)[number];

/** What a seller chooses: a preset, or two days of the calendar, both of which count (`2026-08-01`). */
export type PeriodChoice = { preset: Preset } | { from: string; to: string };

/** From `from` until right before `to`. */
export interface Period {
  from: Date;
  to: Date;
  timeZone: string;
  /** How many days of that zone it covers, from midnight to midnight; null: hours, not days. */
  days: number | null;
}

/** A day of the period, 23 to 25 hours long where clocks change. */
export interface PeriodDay {
  /** `2026-08-01` */
  day: string;
  from: Date;
  to: Date;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PRESET_DAYS: Readonly<Record<Exclude<Preset, "24h">, number>> = { "7d": 7, "30d": 30, "90d": 90 };

/** The longest period that can be chosen, in days. */
export const LONGEST_DAYS = 366;
/** Up to so many days hours are asked for, so that days can be cut in the seller's own zone. */
export const LONGEST_IN_HOURS = 31;

/** The days since 1 January 1970 of a written day; null when there is no such day. Pure. */
function dayNumber(day: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) || dayName(at / DAY_MS) !== day ? null : at / DAY_MS;
}

const dayName = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Is this a day of the calendar, as `2026-08-01`? Pure. */
export const isDay = (text: string): boolean => dayNumber(text) !== null;

/** The day that an instant falls on there: `2026-08-01`. Pure. */
export const dayIn = (at: Date, timeZone: string): string => dayName(localDay(at.getTime(), timeZone));

/** An instant as the clocks there show it, with their offset, so that no two hours of a 25-hour day look the same:
 *  `2026-08-01T09:00:00-03:00`. Pure. */
export function clockIn(at: Date, timeZone: string): string {
  const offset = offsetAt(at.getTime(), timeZone);
  const shown = new Date(at.getTime() + offset).toISOString().slice(0, 19);
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60].map((part) =>
    String(part).padStart(2, "0"),
  );
  return `${shown}${offset < 0 ? "-" : "+"}${hour}:${minute}`;
}

const daysFrom = (day: number, days: number, timeZone: string): Period => ({
  from: new Date(startOfDay(day, timeZone)),
  to: new Date(startOfDay(day + days, timeZone)),
  timeZone,
  days,
});

/** The 24 hours, of which the last one is now's; or so many days, of which the last one is today. Pure. */
export function presetPeriod(preset: Preset, now: Date, timeZone: string): Period {
  if (preset !== "24h") {
    const days = PRESET_DAYS[preset];
    return daysFrom(localDay(now.getTime(), timeZone) - days + 1, days, timeZone);
  }
  const to = bucketEnd(now, "hour");
  return { from: new Date(to.getTime() - DAY_MS), to, timeZone, days: null };
}

/** What was chosen, as instants; null: no such days, in the wrong order, or more than LONGEST_DAYS of them. Pure. */
export function periodOf(choice: PeriodChoice, now: Date, timeZone: string): Period | null {
  if ("preset" in choice) return presetPeriod(choice.preset, now, timeZone);
  const [first, last] = [dayNumber(choice.from), dayNumber(choice.to)];
  if (first === null || last === null || last < first || last - first >= LONGEST_DAYS) return null;
  return daysFrom(first, last - first + 1, timeZone);
}

/** The period right before, of as many days of the zone (which may be an hour more or less), or of as many hours. Pure. */
export function previousPeriod(period: Period): Period {
  const { from, to, timeZone, days } = period;
  if (days !== null) return daysFrom(localDay(from.getTime(), timeZone) - days, days, timeZone);
  return { from: new Date(from.getTime() * 2 - to.getTime()), to: from, timeZone, days };
}

/** The part of the previous period that is as far gone as the period is now, to the hour: a week of which today has just
 *  begun is not compared with seven whole days. The whole of it when the period is over. Pure. */
export function previousSoFar(period: Period, now: Date): Period {
  const previous = previousPeriod(period);
  const { timeZone, days } = period;
  const until = Math.max(period.from.getTime(), bucketEnd(now, "hour").getTime());
  if (until >= period.to.getTime()) return previous;
  if (days === null)
    return { ...previous, to: new Date(until - (period.to.getTime() - period.from.getTime())) };
  const day = localDay(until, timeZone);
  const [begins, ends] = [startOfDay(day - days, timeZone), startOfDay(day - days + 1, timeZone)];
  const to = Math.min(ends, begins + until - startOfDay(day, timeZone));
  return { ...previous, to: new Date(to) };
}

/** Each day that a period touches, cut at its ends. Pure. */
export function daysIn(period: Period): PeriodDay[] {
  const { timeZone } = period;
  const [first, last] = [period.from.getTime(), period.to.getTime() - 1].map((at) => localDay(at, timeZone));
  if (first === undefined || last === undefined) return [];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const [begins, ends] = [startOfDay(first + index, timeZone), startOfDay(first + index + 1, timeZone)];
    return {
      day: dayName(first + index),
      from: new Date(Math.max(begins, period.from.getTime())),
      to: new Date(Math.min(ends, period.to.getTime())),
    };
  });
}

/** What is asked for at Mercado Libre: hours, which can be cut into days of any zone, or its own days, whose edges are
 *  at 04:00Z, when the hours would be too many. Pure. */
export const unitOf = (period: Period): Unit =>
  period.days !== null && period.days > LONGEST_IN_HOURS ? "day" : "hour";

/** The buckets of a period that have begun by now, ascending, as Mercado Libre cuts them. Hours: those that begin in it.
 *  Days: those of the same dates, which begin at 04:00Z whatever the zone. Periods that meet share none. Pure. */
export function startsIn(period: Period, unit: Unit, now: Date): Date[] {
  const [from, to] = unit === "hour" ? [period.from, period.to] : [0, 1].map((end) => daysEdge(period, end));
  if (from === undefined || to === undefined) return [];
  const starts: Date[] = [];
  const first = bucketStart(new Date(from.getTime() - 1), unit);
  for (let at = bucketEnd(first, unit); at < to && at <= now; at = bucketEnd(at, unit)) starts.push(at);
  return starts;
}

/** 04:00Z of the first date (0), or of the one after the last (1). */
function daysEdge({ from, to, timeZone }: Period, end: number): Date {
  const day = end === 0 ? localDay(from.getTime(), timeZone) : localDay(to.getTime() - 1, timeZone) + 1;
  return new Date(day * DAY_MS + 4 * HOUR_MS);
}

/** The date that one of Mercado Libre's days is called by: the one it begins on in UTC, which is its own wherever in the
 *  Americas its midnight is. Pure. */
export const dayOfBucket = (at: Date): string => dayName(Math.floor(at.getTime() / DAY_MS));
