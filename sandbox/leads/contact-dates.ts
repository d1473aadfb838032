import { badRequest } from "@/sandbox/leads/refuse";

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** A moment as a query names it: ISO 8601 with or without milliseconds and offset; `plainOffset` hours stand for an offset
 *  that is missing (questions-and-contacts.md 4.1). A "+" that was not encoded arrives as a space and is no date.
 *  @throws Refusal 400 */
export function momentOf(name: string, text: string | undefined, plainOffset: number): Date {
  if (!text) throw badRequest(`${name} is required`);
  const match = ISO.exec(text);
  if (!match) throw unreadable(name);
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "", zone] = match;
  const milliseconds = fraction.padEnd(3, "0").slice(0, 3);
  const plain = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`);
  // the 31st of a month of thirty days is the first of the next one to Date
  if (Number.isNaN(plain.getTime()) || plain.getUTCDate() !== Number(day)) throw unreadable(name);
  return new Date(plain.getTime() - minutesOf(zone, plainOffset) * 60_000);
}

/** In UTC, milliseconds only where there are any: `2026-08-06T12:00:00Z` (questions-and-contacts.md 4.1). */
export function utc(at: Date): string {
  return at.toISOString().replace(".000Z", "Z");
}

function minutesOf(zone: string | undefined, plainOffset: number): number {
  if (zone === undefined) return plainOffset * 60;
  if (zone === "Z") return 0;
  const digits = zone.slice(1).replace(":", "");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return zone.startsWith("-") ? -minutes : minutes;
}

function unreadable(name: string) {
  return badRequest(`error decoding '${name}'. It must be a date in ISO 8601`);
}
