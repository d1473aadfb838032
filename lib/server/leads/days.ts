const DAY_MS = 86_400_000;

/** The day of UTC so many days before an instant: `2026-08-01`. Whose days Mercado Libre means is not documented
 *  (questions-and-contacts.md 4.2); those of UTC are the first to begin where it is. Pure. */
export const dayBefore = (at: Date, days: number): string =>
  new Date(at.getTime() - days * DAY_MS).toISOString().slice(0, 10);

/** The earlier and the later of two days. Pure. */
export const minDay = (one: string, other: string): string => [one, other].toSorted()[0] ?? one;
export const maxDay = (one: string, other: string): string => [one, other].toSorted()[1] ?? one;
