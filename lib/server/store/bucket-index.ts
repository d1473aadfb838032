import { bucketEnd, bucketStart, type Unit } from "@/lib/shared/contacts/buckets";

/** How many neighbours are kept in one row of `contact_series`. */
export const BLOCK = 24;

const LENGTH: Readonly<Record<Unit, number>> = {
  hour: bucketEnd(new Date(0), "hour").getTime() - bucketStart(new Date(0), "hour").getTime(),
  day: bucketEnd(new Date(0), "day").getTime() - bucketStart(new Date(0), "day").getTime(),
};
/** The first bucket that begins in 1970. */
const ORIGIN: Readonly<Record<Unit, number>> = {
  hour: bucketEnd(new Date(-1), "hour").getTime(),
  day: bucketEnd(new Date(-1), "day").getTime(),
};

/** Which bucket of all since 1970 an instant lies in, as Mercado Libre cuts them. Pure. */
export const indexOf = (at: Date, unit: Unit): number =>
  Math.floor((at.getTime() - ORIGIN[unit]) / LENGTH[unit]);

/** Which bucket one is that was told to begin at `at`: a day is known by its date, at whatever hour it begins
 *  (questions-and-contacts.md 9). Pure. */
export const indexNamed = (at: Date, unit: Unit): number => Math.floor(at.getTime() / LENGTH[unit]);

/** When that bucket begins. Pure. */
export const startAt = (index: number, unit: Unit): Date => new Date(ORIGIN[unit] + index * LENGTH[unit]);

/** Which row it is kept in. Pure. */
export const blockOf = (index: number): number => Math.floor(index / BLOCK);

/** The minute since 1970. Pure. */
export const minuteOf = (at: Date): number => Math.floor(at.getTime() / 60_000);

/** The minute from which on what is told of a bucket is final: a while after it has ended. Pure. */
export const finalFrom = (index: number, unit: Unit): number =>
  minuteOf(startAt(index + 1, unit)) + SETTLES_MIN[unit];

/** Contacts may be counted late: an hour that ended less than an hour ago is asked for once more. Days may end later than
 *  04:00Z where the site's midnight is another. */
const SETTLES_MIN: Readonly<Record<Unit, number>> = { hour: 60, day: 8 * 60 };
/** What is not final is asked for again after so long, if somebody looks. */
export const FRESH_MIN = 5;
/** What Mercado Libre was asked for and did not tell, after so long. */
const UNTOLD_MIN = 60;
/** Asked for, and not told. */
export const UNTOLD = -1;

/** Need this bucket not be asked for now? Pure.
 *  @param count what is held; null: nothing @param readAt minute in which it was told @param now minute */
export function isHeld(
  bucket: { index: number; count: number | null; readAt: number | null },
  unit: Unit,
  now: number,
): boolean {
  const { index, count, readAt } = bucket;
  if (count === null || readAt === null) return false;
  if (count === UNTOLD) return now - readAt < UNTOLD_MIN;
  return readAt >= finalFrom(index, unit) || now - readAt < FRESH_MIN;
}
