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
/** How long after its start a bucket is asked for by. */
const NAMED_MS: Readonly<Record<Unit, number>> = { hour: 0, day: 8 * HOUR_MS };

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
 *  first. A day is named by noon UTC, which lies in the same date wherever days begin: that they do so at 04:00Z is known for
 *  sites of UTC-4 alone (questions-and-contacts.md 9). Nothing later than `now` is named. `starts` ascending. Pure. */
export function asksFor(starts: readonly Date[], unit: Unit, most: number, now: Date): Ask[] {
  const runs: { last: number; at: Date }[] = [];
  for (const at of starts) {
    const run = runs.at(-1);
    const isNext =
      run !== undefined && run.last < most && at.getTime() === run.at.getTime() + LENGTH_MS[unit];
    if (isNext) runs[runs.length - 1] = { last: run.last + 1, at };
    else runs.push({ last: 1, at });
  }
  return runs.map(({ last, at }) => {
    const ending = Math.min(at.getTime() + NAMED_MS[unit], Math.max(at.getTime(), now.getTime()));
    return { last, ending: new Date(ending) };
  });
}

/** Several answers as one series over these buckets: each once, zero where no answer has it (`missing` says how many
 *  those are); of two answers with the same bucket the later counts, and what nobody asked for is left out. A day is known by
 *  its date and keeps the hour at which Mercado Libre begins it. Pure. */
export function joinBuckets(
  answers: readonly (readonly Bucket[])[],
  starts: readonly Date[],
  unit: Unit,
): { buckets: Bucket[]; missing: number } {
  const keyOf = (at: Date) => Math.floor(at.getTime() / LENGTH_MS[unit]);
  const answered = new Map(answers.flat().map((one) => [keyOf(one.at), one]));
  const buckets = starts.map((at) => answered.get(keyOf(at)) ?? { at, total: 0 });
  return { buckets, missing: starts.filter((at) => !answered.has(keyOf(at))).length };
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
