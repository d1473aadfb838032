import type { ContactBucketView, PeriodView } from "@/lib/shared/api/leads";
import { labelledOf } from "./leads-chart";

type Bucket = Pick<ContactBucketView, "at" | "day">;

/** A written day as an instant to format in UTC: the same day for every reader. */
const noon = (day: string) => new Date(`${day}T12:00:00Z`);

const formats = new Map<string, Intl.DateTimeFormat>();

function format(at: Date, locale: string, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${locale}|${timeZone}|${JSON.stringify(options)}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone });
  formats.set(key, made);
  return made.format(at).replace(/\.(?=,|$)/g, "");
}

const CLOCK: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const HOUR_MS = 3_600_000;

/** An hour or a day in full: "Thu, 19 November", "Thu, 19 November, 14:00–15:00". Pure. */
export function slotName({ at, day }: Bucket, locale: string, zone: string): string {
  const long: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric", month: "long" };
  if (day !== null) return format(noon(day), locale, "UTC", long);
  const [from, to] = [at, new Date(at.getTime() + HOUR_MS)].map((end) => format(end, locale, zone, CLOCK));
  return `${format(at, locale, zone, long)}, ${from}–${to}`;
}

/** The labels under the bars of a chart so many pixels wide: of days as many as fit; of hours the clock, and where there
 *  are several days only the day, at its first hour. Pure. */
export function axisOf(
  buckets: readonly Bucket[],
  width: number,
  locale: string,
  zone: string,
): { index: number; text: string }[] {
  const days = buckets.map(({ at, day }) => day ?? format(at, "en-CA", zone, ISO_DAY));
  const [first] = days;
  const isByHour = buckets.some(({ day }) => day === null);
  const starts = days.flatMap((day, index) => (day === days[index - 1] ? [] : [index]));
  if (isByHour && starts.length <= 2) {
    return labelledOf(buckets.length, width / 52).flatMap((index) => {
      const bucket = buckets[index];
      return bucket === undefined ? [] : [{ index, text: format(bucket.at, locale, zone, CLOCK) }];
    });
  }
  const places = isByHour ? starts : days.map((_, index) => index);
  const isShort = places.length <= 7;
  return labelledOf(places.length, width / (isShort ? 50 : 60)).flatMap((place) => {
    const index = places[place];
    const day = index === undefined ? undefined : days[index];
    // The first day may begin in its middle, where the label would name a bar that is not its first hour.
    if (index === undefined || day === undefined || (isByHour && day === first && starts.length > 8))
      return [];
    return [{ index, text: format(noon(day), locale, "UTC", isShort ? WEEKDAY : MONTH_DAY) }];
  });
}

const ISO_DAY: Intl.DateTimeFormatOptions = { year: "numeric", month: "2-digit", day: "2-digit" };
const WEEKDAY: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric" };
const MONTH_DAY: Intl.DateTimeFormatOptions = { day: "numeric", month: "short" };

/** From when until when, as days: "16 – 22 Nov 2026", one day once. Pure. */
export function spanName(
  { firstDay, lastDay }: Pick<PeriodView, "firstDay" | "lastDay">,
  locale: string,
): string {
  const made = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
  return made.formatRange(noon(firstDay), noon(lastDay));
}

/** What people call a zone, "Chile Time"; its own name where they have none. Pure. */
export function zoneName(zone: string, locale: string): string {
  try {
    const parts = new Intl.DateTimeFormat(locale, {
      timeZone: zone,
      timeZoneName: "longGeneric",
    }).formatToParts(0);
    const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? zone;
    return name.startsWith("GMT") ? zone : name;
  } catch {
    return zone;
  }
}
