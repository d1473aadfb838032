/** How a number moved since the period before. */
export interface Change {
  absolute: number;
  /** In percent of what it was, unrounded: 50 is half as much again. Null: it was 0, of which nothing is a share. */
  percent: number | null;
}

/** The change from what a number was before; null when either is not known. Pure. */
export function changeSince(before: number | null, now: number | null): Change | null {
  if (before === null || now === null) return null;
  const absolute = now - before;
  return { absolute, percent: before === 0 ? null : (absolute / before) * 100 };
}
