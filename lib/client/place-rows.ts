import { type InboxPages, rowKeyOf } from "@/lib/client/cache";
import type { InboxState, ThreadRow } from "@/lib/shared/api/inbox";
import { DUE_BELOW } from "@/lib/shared/rank";
import type { ChannelName } from "@/lib/shared/thread";

/** Rows that arrived are put where the list's own order has them (store/inbox.ts): what is due by its rank, then new ones,
 *  then the newest; of claims and questions all by their rank; of most states the newest. */

/** What belongs to a list by state: the database's own words (store/inbox-statements.ts). */
const IS_IN: Readonly<Record<InboxState, (row: ThreadRow) => boolean>> = {
  todo: ({ rank, isWaiting, status }) =>
    rank === null ? isWaiting && status !== "blocked" && status !== "closed" : rank < DUE_BELOW,
  new: ({ newCount }) => newCount > 0,
  blocked: ({ status }) => status === "blocked",
  troubled: ({ outbox }) => outbox !== null && outbox !== "sending" && outbox !== "moderation",
};

/** Is it the seller's to do? Pure. */
export const isTodo = IS_IN.todo;

const PARTS = ["due", "new", "rest"] as const;

interface Place {
  part: (typeof PARTS)[number];
  /** Ascending within the part. */
  at: number;
}

function placeOf(row: ThreadRow, { channel, state }: Pick<ListFilter, "channel" | "state">): Place {
  const { rank } = row;
  const at = -row.sortAt.getTime();
  if (state !== null && state !== "todo") return { part: "rest", at };
  const isRanked = channel === "claims" || channel === "questions";
  if (rank !== null && (isRanked || rank < DUE_BELOW)) return { part: "due", at: rank };
  return { part: row.newCount > 0 && state === null ? "new" : "rest", at };
}

/** Negative: `a` stands before `b`. Zero: the list tells them apart by what a browser does not know. */
function compare(a: Place, b: Place): number {
  return PARTS.indexOf(a.part) - PARTS.indexOf(b.part) || a.at - b.at;
}

/** Up to where the list was loaded. Null: to its end. */
function endOf(cursor: string | null | undefined): Place | null {
  const [name, at] = cursor?.split(".") ?? [];
  const part = PARTS.find((one) => one === name);
  return part === undefined ? null : { part, at: part === "due" ? Number(at) : -Number(at) };
}

/** What a list is narrowed to, as its key has it. */
export interface ListFilter {
  channel: ChannelName | null;
  account: string | null;
  state: InboxState | null;
}

/** The same pages with these rows in their places, each once; the very same object when none of them belongs there. A
 *  row that falls behind the loaded pages leaves them: the next page brings it. */
export function placeRows(
  data: InboxPages | undefined,
  filter: ListFilter,
  rows: readonly ThreadRow[],
): InboxPages | undefined {
  if (data === undefined) return undefined;
  const own = rows.filter(
    (row) =>
      (filter.channel ?? row.channel) === row.channel && (filter.account ?? row.accountId) === row.accountId,
  );
  if (own.length === 0) return data;
  const end = endOf(data.pages.at(-1)?.nextCursor);
  let all = data.pages.flatMap((page, at) => page.rows.map((row) => ({ at, row })));
  for (const row of own) {
    const key = rowKeyOf(row);
    const from = all.findIndex((other) => rowKeyOf(other.row) === key);
    const page = all[from]?.at;
    all = all.filter((other) => rowKeyOf(other.row) !== key);
    if (filter.state !== null && !IS_IN[filter.state](row)) continue;
    const place = placeOf(row, filter);
    if (end !== null && compare(end, place) < 0) continue;
    const isBefore = (index: number) => {
      const other = all[index];
      return other === undefined || compare(placeOf(other.row, filter), place) >= 0;
    };
    const above = all[from - 1];
    const canStay =
      from !== -1 &&
      (above === undefined || compare(placeOf(above.row, filter), place) <= 0) &&
      isBefore(from);
    const behind = all.findIndex((other) => compare(placeOf(other.row, filter), place) > 0);
    const to = canStay ? from : behind === -1 ? all.length : behind;
    const at = (canStay ? page : all[to]?.at) ?? data.pages.length - 1;
    all.splice(to, 0, { at, row });
  }
  const pages = data.pages.map((page, at) => {
    const placed = all.filter((one) => one.at === at).map(({ row }) => row);
    const isSame =
      placed.length === page.rows.length && placed.every((row, index) => row === page.rows[index]);
    return isSame ? page : { ...page, rows: placed };
  });
  return { ...data, pages };
}
