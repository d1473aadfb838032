import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { INBOX_STATES, type InboxPage, type InboxState, type ThreadRow } from "@/lib/shared/api/inbox";
import { DUE_BELOW } from "@/lib/shared/rank";
import type { ChannelName } from "@/lib/shared/thread";
import { type InboxPages, rowsOf } from "./cache";
import { placeRows } from "./place-rows";

const START = Date.UTC(2026, 10, 21, 12);

const row = (externalId: string, minute: number, more: Partial<ThreadRow> = {}): ThreadRow => ({
  accountId: "1",
  profile: "LOCAL",
  siteId: "MLA",
  channel: "messages",
  externalId,
  product: null,
  buyer: null,
  isPulled: true,
  snippet: null,
  lastDirection: "in",
  sortAt: new Date(START + minute * 60_000),
  isWaiting: true,
  newCount: 0,
  meliUnread: 0,
  status: "open",
  substatus: null,
  outbox: null,
  dueAt: null,
  rank: null,
  claim: null,
  question: null,
  amount: null,
  hasDraft: false,
  ...more,
});

/** Pages as the server cuts them. */
function pagesOf(
  rows: readonly ThreadRow[],
  size: number,
  loaded = Number.POSITIVE_INFINITY,
  channel: ChannelName | null = null,
  state: InboxState | null = null,
): InboxPages {
  const isFlat = state !== null && state !== "todo";
  const isDue = ({ rank }: ThreadRow) =>
    !isFlat && rank !== null && (channel === "claims" || channel === "questions" || rank < DUE_BELOW);
  const isNew = ({ newCount }: ThreadRow) => state === null && newCount > 0;
  const ordered = rows.toSorted(
    (a, b) =>
      Number(isDue(b)) - Number(isDue(a)) ||
      (isDue(a) ? (a.rank ?? 0) - (b.rank ?? 0) : 0) ||
      Number(isNew(b)) - Number(isNew(a)) ||
      b.sortAt.getTime() - a.sortAt.getTime(),
  );
  const cursorOf = (last: ThreadRow) =>
    isDue(last) ? `due.${last.rank}.1` : `${isNew(last) ? "new" : "rest"}.${last.sortAt.getTime()}.1`;
  const pages: InboxPage[] = [];
  for (let at = 0; at < Math.max(1, ordered.length) && pages.length < loaded; at += size) {
    const page = ordered.slice(at, at + size);
    const last = page.at(-1);
    const hasMore = ordered.length > at + size && last !== undefined;
    pages.push({
      rows: page,
      nextCursor: hasMore ? cursorOf(last) : null,
      counts: null,
    });
  }
  return { pages, pageParams: pages.map(() => null) };
}

const ALL = { channel: null, account: null, state: null };
/** What a list by state holds, as it is promised. */
function isIn(state: InboxState, one: ThreadRow): boolean {
  if (state === "new") return one.newCount > 0;
  if (state === "blocked") return one.status === "blocked";
  if (state === "troubled") return one.outbox === "failed";
  return one.channel === "messages" ? one.isWaiting && one.status === "open" : (one.rank ?? 0) < DUE_BELOW;
}

const idsOf = (data: InboxPages | undefined) => rowsOf(data).map(({ externalId }) => externalId);

describe("placeRows", () => {
  const list = pagesOf([row("a", 9, { newCount: 1 }), row("b", 8), row("c", 7), row("d", 6)], 2);

  it("puts a conversation with something new on top, by its time, and takes it from where it was", () => {
    expect(idsOf(placeRows(list, ALL, [row("d", 10, { newCount: 1 })]))).toEqual(["d", "a", "b", "c"]);
    expect(idsOf(placeRows(list, ALL, [row("d", 8.5, { newCount: 2 })]))).toEqual(["a", "d", "b", "c"]);
  });

  it("puts one that was looked at among the others", () => {
    expect(idsOf(placeRows(list, ALL, [row("a", 6.5)]))).toEqual(["b", "c", "a", "d"]);
  });

  it("edits a row in its place and leaves the other pages the same object", () => {
    const after = placeRows(list, ALL, [row("b", 8, { snippet: "Hola" })]);
    expect(idsOf(after)).toEqual(["a", "b", "c", "d"]);
    expect(rowsOf(after)[1]?.snippet).toBe("Hola");
    expect(after?.pages[1]).toBe(list.pages[1]);
  });

  it("lets a row that stands beside others of its time stay where it is", () => {
    const twins = pagesOf([row("a", 5), row("b", 5), row("c", 5)], 9);
    expect(idsOf(placeRows(twins, ALL, [row("b", 5, { snippet: "x" })]))).toEqual(["a", "b", "c"]);
  });

  it("leaves out what belongs behind the loaded pages", () => {
    const first = pagesOf([row("a", 9), row("b", 8), row("c", 7), row("d", 6)], 2, 1);
    expect(idsOf(placeRows(first, ALL, [row("z", 1)]))).toEqual(["a", "b"]);
    expect(idsOf(placeRows(first, ALL, [row("a", 1)]))).toEqual(["b"]);
    expect(idsOf(placeRows(first, ALL, [row("z", 10)]))).toEqual(["z", "a", "b"]);
  });

  it("keeps to the list's account and channel", () => {
    const rows = [row("x", 20, { accountId: "2" }), row("y", 20, { channel: "claims" })];
    expect(placeRows(list, { channel: "messages", account: "1", state: null }, rows)).toBe(list);
    expect(idsOf(placeRows(list, { channel: null, account: "2", state: null }, rows))).toContain("x");
    expect(placeRows(undefined, ALL, rows)).toBeUndefined();
  });

  it("puts what is due above what is new, by its rank, and lets it go when it is nobody's duty any more", () => {
    const due = (id: string, rank: number, more: Partial<ThreadRow> = {}) =>
      row(id, 1, { channel: "claims", rank, ...more });
    const some = pagesOf([due("p", 10), due("q", 30), row("a", 9, { newCount: 1 }), row("b", 8)], 9);
    expect(idsOf(some)).toEqual(["p", "q", "a", "b"]);
    expect(idsOf(placeRows(some, ALL, [due("r", 20, { newCount: 1 })]))).toEqual(["p", "r", "q", "a", "b"]);
    expect(idsOf(placeRows(some, ALL, [due("p", 40)]))).toEqual(["q", "p", "a", "b"]);
    expect(idsOf(placeRows(some, ALL, [due("p", DUE_BELOW + 1)]))).toEqual(["q", "a", "b", "p"]);
  });

  it("orders claims by their rank alone, whatever is new or when it moved", () => {
    const claims = { channel: "claims", account: null, state: null } as const;
    const claim = (id: string, rank: number, more: Partial<ThreadRow> = {}) =>
      row(id, 1, { channel: "claims", rank, ...more });
    const some = pagesOf(
      [claim("p", 10), claim("q", DUE_BELOW + 5), claim("r", DUE_BELOW + 9)],
      9,
      9,
      "claims",
    );
    expect(idsOf(placeRows(some, claims, [claim("r", DUE_BELOW + 9, { newCount: 3 })]))).toEqual([
      "p",
      "q",
      "r",
    ]);
    expect(idsOf(placeRows(some, claims, [claim("s", DUE_BELOW + 7)]))).toEqual(["p", "q", "s", "r"]);
  });

  it("fills an empty list", () => {
    expect(idsOf(placeRows(pagesOf([], 5), ALL, [row("a", 1), row("b", 2)]))).toEqual(["b", "a"]);
  });

  it("shows, whatever moved, what the server would show on the same pages", () => {
    const seeds = fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 1, max: 30 }),
        at: fc.integer({ min: 0, max: 10_000 }),
        fresh: fc.integer({ min: 0, max: 1 }),
        account: fc.constantFrom("1", "2"),
        channel: fc.constantFrom<ChannelName>("messages", "claims", "questions"),
        standing: fc.constantFrom<Partial<ThreadRow>>(
          {},
          { isWaiting: true },
          { status: "blocked", isWaiting: true },
          { outbox: "failed" },
          { outbox: "sending", isWaiting: true },
        ),
        tier: fc.constantFrom(null, 0, 2, 3),
      }),
      { selector: ({ id }) => id, maxLength: 25 },
    );
    // Of two that fall together only the server knows the order.
    const rowsFrom = (
      list: {
        id: number;
        at: number;
        fresh: number;
        account: string;
        channel: ChannelName;
        standing: Partial<ThreadRow>;
        tier: number | null;
      }[],
    ) =>
      list.map(({ id, at, fresh, account, channel, standing, tier }) => {
        const isRanked = channel !== "messages";
        const rank = isRanked ? (tier ?? 3) * (DUE_BELOW / 3) + at * 100 + id : null;
        return row(String(id), at * 100 + id, {
          newCount: fresh,
          accountId: account,
          channel,
          rank,
          ...standing,
        });
      });
    fc.assert(
      fc.property(
        seeds,
        seeds,
        fc.constantFrom<string | null>("1", null),
        fc.constantFrom<ChannelName | null>("messages", "claims", "questions", null),
        fc.constantFrom<InboxState | null>(...INBOX_STATES, null),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 4 }),
        (before, moved, account, channel, state, size, loaded) => {
          const owner = new Map(before.map((seed) => [seed.id, seed]));
          const events = rowsFrom(
            moved.map((seed) => ({
              ...seed,
              account: owner.get(seed.id)?.account ?? seed.account,
              channel: owner.get(seed.id)?.channel ?? seed.channel,
            })),
          );
          const isShown = (one: ThreadRow) =>
            (account ?? one.accountId) === one.accountId &&
            (channel ?? one.channel) === one.channel &&
            (state === null || isIn(state, one));
          const data = pagesOf(rowsFrom(before).filter(isShown), size, loaded, channel, state);
          const after = placeRows(data, { account, channel, state }, events);
          const ids = new Set(events.map(({ externalId }) => externalId));
          const truth = rowsFrom(before).filter(({ externalId }) => !ids.has(externalId));
          const ordered = idsOf(pagesOf([...truth, ...events].filter(isShown), 1_000, 9, channel, state));
          const end = data.pages.at(-1)?.nextCursor;
          if (end === null) expect(idsOf(after)).toEqual(ordered);
          // What is loaded is the beginning of the list, without a hole.
          else expect(idsOf(after)).toEqual(ordered.slice(0, idsOf(after).length));
        },
      ),
      { numRuns: 300 },
    );
  });
});
