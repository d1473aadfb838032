/** A row that was opened, and the stamp and place of each row of the list then. */
export interface Hold<Row> {
  key: string;
  order: ReadonlyMap<string, number>;
  row: Row;
}

/** How a row is known again. */
export interface RowNames<Row> {
  keyOf(row: Row): string;
  /** Another one when the row has moved by itself: it is no sign any more of where another one stood. */
  stampOf(row: Row): string;
  isFresh(row: Row): boolean;
}

export const orderOf = <Row>(rows: readonly Row[], { stampOf }: Pick<RowNames<Row>, "stampOf">) =>
  new Map(rows.map((row, index) => [stampOf(row), index]));

/** Keeps opened rows where they stood while the seller works down the list: being looked at sorts a conversation among
 *  the old ones, and the list must not move under the cursor. A row with something new again goes where the server puts it,
 *  and takes no neighbour along; one that fell behind the pages that are loaded is shown as it was when it was opened. */
export function holdPlaces<Row>(
  rows: readonly Row[],
  holds: readonly Hold<Row>[],
  { keyOf, stampOf, isFresh }: RowNames<Row>,
): readonly Row[] {
  if (holds.length === 0) return rows;
  const given = new Map(rows.map((row, index) => [keyOf(row), { row, index }]));
  const held = new Set(holds.map(({ key }) => key));
  const placed = rows.filter((row) => !held.has(keyOf(row)) || isFresh(row));
  // Written once: whoever works down the list has opened dozens of its rows.
  const stamps = placed.map(stampOf);
  for (const hold of holds) {
    const now = given.get(hold.key);
    if (now !== undefined && isFresh(now.row)) continue;
    const at = placeIn(stamps, hold.order, stampOf(hold.row)) ?? now?.index;
    if (at === undefined) continue;
    const row = now?.row ?? hold.row;
    placed.splice(at, 0, row);
    stamps.splice(at, 0, stampOf(row));
  }
  return placed;
}

/** The place at which the fewest rows have changed sides, right above a row that stood below if there is such a place.
 *  Null: none of these stood beside it. */
function placeIn(
  stamps: readonly string[],
  order: ReadonlyMap<string, number>,
  stamp: string,
): number | null {
  const own = order.get(stamp);
  if (own === undefined) return null;
  const sides = stamps.map((other) => Math.sign((order.get(other) ?? own) - own));
  if (sides.every((side) => side === 0)) return null;
  let crossed = sides.filter((side) => side < 0).length;
  let best = { at: 0, crossed, isAbove: sides[0] === 1 };
  for (const [index, side] of sides.entries()) {
    crossed += side;
    const isAbove = sides[index + 1] === 1;
    if (crossed < best.crossed || (crossed === best.crossed && isAbove && !best.isAbove)) {
      best = { at: index + 1, crossed, isAbove };
    }
  }
  return best.at;
}
