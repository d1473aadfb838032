/** A row that was opened, and the row that stood below it then. */
export interface Hold {
  key: string;
  before: string | null;
}

/** Keeps opened rows where they stood while the seller works down the list: being looked at sorts a conversation among
 *  the old ones, and the list must not move under the cursor. A row with something new again goes where the server puts it. */
export function holdPlaces<Row>(
  rows: readonly Row[],
  holds: readonly Hold[],
  keyOf: (row: Row) => string,
  isFresh: (row: Row) => boolean,
): readonly Row[] {
  if (holds.length === 0) return rows;
  const placed = [...rows];
  for (const hold of holds.toReversed()) {
    if (hold.before === null) continue;
    const from = placed.findIndex((row) => keyOf(row) === hold.key);
    const row = placed[from];
    if (row === undefined || isFresh(row)) continue;
    placed.splice(from, 1);
    const to = placed.findIndex((other) => keyOf(other) === hold.before);
    placed.splice(to === -1 ? from : to, 0, row);
  }
  return placed;
}
