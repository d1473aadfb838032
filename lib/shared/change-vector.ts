/** Up to which number of each account's change feed somebody has everything. As text it is the id of an event:
 *  `700000001:17,700000002:4` (lib/shared/api/events.ts). */
export type ChangeVector = ReadonlyMap<string, number>;

const ENTRY = /^(\d{1,20}):(\d{1,15})$/;

/** Reads an event's id. Null: not one of ours. The empty text names no account. */
export function parseVector(text: string): ChangeVector | null {
  const vector = new Map<string, number>();
  if (text === "") return vector;
  for (const entry of text.split(",")) {
    const [, id, no] = ENTRY.exec(entry) ?? [];
    if (id === undefined || no === undefined) return null;
    vector.set(id, Number(no));
  }
  return vector;
}

/** The same numbers are always the same text, in whatever order they were put in. */
export function formatVector(vector: ChangeVector): string {
  return [...vector]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, no]) => `${id}:${no}`)
    .join(",");
}

/** Has whoever stands at `mine` everything that somebody at `other` has? An account that is only in `other` is lacking. */
export function coversVector(mine: ChangeVector, other: ChangeVector): boolean {
  for (const [id, no] of other) {
    const own = mine.get(id);
    if (own === undefined || own < no) return false;
  }
  return true;
}
