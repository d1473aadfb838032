/** A long sale number as people compare them: first four and last four digits. */
export function shortId(id: string): string {
  return id.length > 11 ? `${id.slice(0, 4)}…${id.slice(-4)}` : id;
}

/** A count that fits its pill. */
export function pillCount(count: number): string {
  return count > 99 ? "99+" : String(count);
}
