import { type Period, periodOf } from "@/lib/shared/contacts/periods";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
export const LATER = new Date("2040-01-01T00:00:00Z");

/** Days on which clocks changed: one of 23 hours, one of 25. */
export const ZONES = [
  { timeZone: "America/Argentina/Buenos_Aires", short: "2008-10-19", long: "2009-03-14" },
  { timeZone: "America/Sao_Paulo", short: "2018-11-04", long: "2019-02-16" },
  { timeZone: "America/Santiago", short: "2026-09-06", long: "2026-04-04" },
  { timeZone: "America/Mexico_City", short: "2022-04-03", long: "2022-10-30" },
  { timeZone: "America/New_York", short: "2026-03-08", long: "2026-11-01" },
] as const;

/** Two days of the calendar and all between them. */
export const chosen = (choice: { from: string; to: string }, timeZone: string): Period => {
  const period = periodOf(choice, LATER, timeZone);
  if (period === null) throw new Error("no such period");
  return period;
};
/** So many days after a day. */
export const plus = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** Made-up contacts for each hour, of which none is like its neighbour. */
export const hoursOf = (starts: readonly Date[]) =>
  starts.map((at) => ({ at, total: 1 + ((at.getTime() / HOUR) % 97) }));
