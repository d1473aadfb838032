const DAY_MS = 86_400_000;

/** A day of the calendar there as a number: days since 1 January 1970, which was a Thursday. Pure. */
export function localDay(at: number, timeZone: string): number {
  return Math.floor((at + offsetAt(at, timeZone)) / DAY_MS);
}

/** The first instant of such a day there. Where clocks change at midnight, a day may begin at one o'clock. Pure. */
export function startOfDay(day: number, timeZone: string): number {
  const midnight = day * DAY_MS;
  const candidates = [midnight - DAY_MS, midnight + DAY_MS].map(
    (near) => midnight - offsetAt(near, timeZone),
  );
  return Math.min(...candidates.filter((at) => localDay(at, timeZone) >= day));
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What the clocks there show beyond UTC, in milliseconds. Pure. */
export function offsetAt(at: number, timeZone: string): number {
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
