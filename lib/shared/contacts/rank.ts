/** One of a ranking. */
export interface Ranked<T> {
  one: T;
  /** Null: not known, so it has no place. */
  total: number | null;
  /** From 1; equals share a place, and the next one counts them: 1, 2, 2, 4. */
  place: number | null;
}

/** The largest total first. Equals keep the order they came in, and what is not known comes last. Pure. */
export function rankBy<T>(all: readonly T[], totalOf: (one: T) => number | null): Ranked<T>[] {
  const counted = all.map((one) => ({ one, total: totalOf(one) }));
  const sorted = counted.toSorted(
    (one, other) => (other.total ?? Number.NEGATIVE_INFINITY) - (one.total ?? Number.NEGATIVE_INFINITY) || 0,
  );
  const ranked: Ranked<T>[] = [];
  for (const [index, { one, total }] of sorted.entries()) {
    const before = ranked.at(-1);
    const place = total === null ? null : before?.total === total ? before.place : index + 1;
    ranked.push({ one, total, place });
  }
  return ranked;
}
