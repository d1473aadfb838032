/** A row that was opened, and the row that stood below it then. */
export interface Hold<Row> {
  key: string;
  before: string | null;
  row: Row;
}

/** Keeps opened rows where they stood while the seller works down the list: being looked at sorts a conversation among
 *  the old ones, and the list must not move under the cursor. A row with something new again goes where the server puts it;
 *  one that fell behind the pages that are loaded is shown as it was when it was opened. */
export function holdPlaces<Row>(
  rows: readonly Row[],
  holds: readonly Hold<Row>[],
  keyOf: (row: Row) => string,
  isFresh: (row: Row) => boolean,
): readonly Row[] {
  if (holds.length === 0) return rows;
  const placed = [...rows];
  for (const hold of holds.toReversed()) {
    if (hold.before === null) continue;
    const from = placed.findIndex((row) => keyOf(row) === hold.key);
    const row = placed[from] ?? hold.row;
    if (from !== -1 && isFresh(row)) continue;
    if (from !== -1) placed.splice(from, 1);
    const to = placed.findIndex((other) => keyOf(other) === hold.before);
    if (to !== -1) placed.splice(to, 0, row);
    else if (from !== -1) placed.splice(from, 0, row);
  }
  return placed;
}
