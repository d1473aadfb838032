export type Unit = "hour" | "day";

/** What happened in one hour or day, by the instant at which it begins. */
export interface Bucket {
  at: Date;
  total: number;
}

/** One question to the time windows: so many buckets, of which the last one contains `ending`. */
export interface Ask {
  last: number;
  ending: Date;
}

const HOUR_MS = 3_600_000;
const LENGTH_MS: Readonly<Record<Unit, number>> = { hour: HOUR_MS, day: 24 * HOUR_MS };
/** Mercado Libre's days begin at midnight of UTC-4, in every zone (questions-and-contacts.md 4.1). */
const BEGINS_MS: Readonly<Record<Unit, number>> = { hour: 0, day: 4 * HOUR_MS };

/** The first instant of the bucket that contains an instant (questions-and-contacts.md 4.1). Pure. */
export function bucketStart(at: Date, unit: Unit): Date {
  const length = LENGTH_MS[unit];
  return new Date(Math.floor((at.getTime() - BEGINS_MS[unit]) / length) * length + BEGINS_MS[unit]);
}

/** The first instant after the bucket that contains an instant. Pure. */
export const bucketEnd = (at: Date, unit: Unit): Date =>
  new Date(bucketStart(at, unit).getTime() + LENGTH_MS[unit]);

/** The buckets that an answer holds: `last` of them, the last one being that which contains `ending`, ascending
 *  (questions-and-contacts.md 4.1). Pure. */
export function bucketStarts({ last, unit, ending }: Ask & { unit: Unit }): Date[] {
  const newest = bucketStart(ending, unit).getTime();
  return Array.from({ length: last }, (_, index) => new Date(newest - (last - 1 - index) * LENGTH_MS[unit]));
}

/** What to ask for so that each of these buckets is answered once: neighbours together, at most `most` to a call, oldest
 *  first. `ending` is the start of a bucket, which no reading of the rule puts elsewhere. `starts` ascending. Pure. */
export function asksFor(starts: readonly Date[], unit: Unit, most: number): Ask[] {
  const asks: Ask[] = [];
  for (const at of starts) {
    const current = asks.at(-1);
    const isNext =
      current !== undefined &&
      current.last < most &&
      at.getTime() === current.ending.getTime() + LENGTH_MS[unit];
    if (isNext) asks[asks.length - 1] = { last: current.last + 1, ending: at };
    else asks.push({ last: 1, ending: at });
  }
  return asks;
}

/** Several answers as one series over these buckets: each once, zero where no answer has it (`missing` says how many
 *  those are); of two answers with the same bucket the later counts, and what nobody asked for is left out. Pure. */
export function joinBuckets(
  answers: readonly (readonly Bucket[])[],
  starts: readonly Date[],
): { buckets: Bucket[]; missing: number } {
  const totals = new Map(answers.flat().map(({ at, total }) => [at.getTime(), total]));
  const buckets = starts.map((at) => ({ at, total: totals.get(at.getTime()) ?? 0 }));
  return { buckets, missing: starts.filter((at) => !totals.has(at.getTime())).length };
}

/** Pure. */
export const sumOf = (buckets: readonly Pick<Bucket, "total">[]): number =>
  buckets.reduce((sum, { total }) => sum + total, 0);

/** A span of time from `from` until right before `to`. */
interface Span {
  from: Date;
  to: Date;
}

/** How much each of these spans holds: a bucket belongs to the one in which it begins, so none counts twice, also where a
 *  zone is half an hour off and a bucket reaches over midnight. `outside`: what lies in no span. `spans` ascending, without
 *  overlap. Pure. */
export function cutInto<S extends Span>(
  buckets: readonly Bucket[],
  spans: readonly S[],
): { spans: (S & { total: number })[]; outside: number } {
  const totals = spans.map(() => 0);
  let outside = 0;
  for (const { at, total } of buckets) {
    const index = spanAt(spans, at.getTime());
    const sum = index === null ? undefined : totals[index];
    if (index === null || sum === undefined) outside += total;
    else totals[index] = sum + total;
  }
  return { spans: spans.map((span, index) => ({ ...span, total: totals[index] ?? 0 })), outside };
}

function spanAt(spans: readonly Span[], at: number): number | null {
  let [low, high] = [0, spans.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const span = spans[middle];
    if (span === undefined) return null;
    if (at < span.from.getTime()) high = middle - 1;
    else if (at >= span.to.getTime()) low = middle + 1;
    else return middle;
  }
  return null;
}
