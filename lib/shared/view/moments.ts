import { daysAgo, isTimeZone } from "./days";

const cache = new Map<string, Intl.DateTimeFormat>();

function format(at: Date, locale: string, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${locale}|${timeZone}|${JSON.stringify(options)}`;
  let made = cache.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locale, { ...options, timeZone: isTimeZone(timeZone) ? timeZone : "UTC" });
    cache.set(key, made);
  }
  return made.format(at);
}

const trimDot = (text: string) => text.replace(/\.$/, "");

/** Hour and minute, always on a clock of 24 hours: as sellers of all three languages see it at Mercado Libre. */
export function clock(at: Date, locale: string, timeZone: string): string {
  return format(at, locale, timeZone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

const relatives = new Map<string, Intl.RelativeTimeFormat>();

function relative(locale: string, style: "long" | "short"): Intl.RelativeTimeFormat {
  const key = `${locale}|${style}`;
  const known = relatives.get(key);
  if (known) return known;
  const made = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style });
  relatives.set(key, made);
  return made;
}

/** "yesterday" in the reader's own word, lower case. */
const yesterday = (locale: string) => relative(locale, "long").format(-1, "day");

const today = (locale: string) => relative(locale, "long").format(0, "day");

/** The short time of a row: the clock today, then "yesterday", the weekday for a week, the date, the date with its year. */
export function rowTime(at: Date, now: Date, locale: string, timeZone: string): string {
  const days = daysAgo(at, now, timeZone);
  if (days <= 0) return clock(at, locale, timeZone);
  if (days === 1) return yesterday(locale);
  if (days < 7) return trimDot(format(at, locale, timeZone, { weekday: "short" }));
  return shortDate(at, now, locale, timeZone);
}

/** Day and month, with the year once it is more than half a year away. */
export function shortDate(at: Date, now: Date, locale: string, timeZone: string): string {
  const isFar = Math.abs(daysAgo(at, now, timeZone)) > 180;
  const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short" };
  return trimDot(format(at, locale, timeZone, isFar ? { ...options, year: "2-digit" } : options));
}

/** The line between two days of a conversation. */
export function dayLabel(at: Date, now: Date, locale: string, timeZone: string): string {
  const days = daysAgo(at, now, timeZone);
  if (days === 0) return today(locale);
  if (days === 1) return yesterday(locale);
  const options: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long" };
  return format(at, locale, timeZone, days > 180 ? { ...options, year: "numeric" } : options);
}

/** A time still to come: the clock today, with its weekday within a week, with its date beyond. */
export function deadline(at: Date, now: Date, locale: string, timeZone: string): string {
  const ahead = -daysAgo(at, now, timeZone);
  if (ahead === 0) return clock(at, locale, timeZone);
  const day: Intl.DateTimeFormatOptions =
    Math.abs(ahead) < 7 ? { weekday: "short" } : { weekday: "short", day: "numeric", month: "short" };
  return `${trimDot(format(at, locale, timeZone, day))} ${clock(at, locale, timeZone)}`;
}

/** The exact instant, for the hover: date, time with seconds, and the zone it is told in. */
export function exactTime(at: Date, locale: string, timeZone: string): string {
  return format(at, locale, timeZone, {
    dateStyle: "full",
    timeStyle: "long",
  });
}

/** A span in its largest whole unit, for "waiting 3 h": never less than a minute. */
export function spanOf(fromMs: number, toMs: number): { unit: "minutes" | "hours" | "days"; count: number } {
  const minutes = Math.max(1, Math.floor((toMs - fromMs) / 60_000));
  if (minutes < 60) return { unit: "minutes", count: minutes };
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? { unit: "hours", count: hours } : { unit: "days", count: Math.floor(hours / 24) };
}

/** "25 minutes ago" in the reader's language. */
export function ago(at: Date, now: Date, locale: string): string {
  const { unit, count } = spanOf(at.getTime(), now.getTime());
  return trimDot(relative(locale, "short").format(-count, unit));
}
