import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listChanges, readNumbers } from "@/lib/server/store/changes";
import { readHeld } from "@/lib/server/store/held";
import {
  countInbox,
  countStates,
  type InboxCursor,
  listInboxRows,
  readInboxRow,
  readInboxRows,
  type ToldRow,
} from "@/lib/server/store/inbox";
import { recountLists } from "@/lib/server/store/list-counts";
import { listMessages } from "@/lib/server/store/messages";
import { listOutbox } from "@/lib/server/store/outbox";
import { findThread, listUnpulled } from "@/lib/server/store/threads";
import { threadsOfOrders } from "@/lib/server/store/unread";
import { INBOX_STATES, type InboxState } from "@/lib/shared/api/inbox";
import { type AccountId, accountId, type ThreadId, threadId } from "@/lib/shared/ids";
import { DUE_BELOW } from "@/lib/shared/rank";
import { CHANNELS, type ChannelName } from "@/lib/shared/thread";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { createExplainer, type Explainer } from "@/scripts/testing/plans";

let house: House;
let me: SignedIn;
let both: AccountId[];

beforeAll(async () => {
  house = await createHouse();
  me = await house.signIn(await house.newSeller());
  const second = await house.newSeller();
  await house.signIn(second, { kind: "connect", userId: me.userId, sessionId: me.sessionId, renews: null });
  both = [me.accountId, accountId(second)];
});
afterAll(() => house.close());

/** A conversation as the list sees it. `at` is a second of one minute, so that many fall together. */
interface Seed {
  account: number;
  channel: ChannelName;
  at: number;
  fresh: number;
  /** How much it hurts; null: the channel has no such order. Several may be alike. */
  rank: number | null;
  isWaiting?: boolean;
  status?: "open" | "blocked" | "closed";
  outbox?: "sending" | "held" | "uncertain" | null;
}

const seedOf = fc.record<Seed>({
  account: fc.constantFrom(0, 1),
  channel: fc.constantFrom("messages", "claims"),
  at: fc.integer({ min: 0, max: 20 }),
  fresh: fc.constantFrom(0, 0, 0, 1, 3),
  rank: fc.constantFrom(null, null, 5, 7, DUE_BELOW - 1, DUE_BELOW, DUE_BELOW + 9),
});

async function plant(seeds: Seed[]): Promise<void> {
  const { pool } = house.rt.database;
  await pool.query("delete from threads where account_id = any($1)", [both]);
  const at = (seed: Seed) => new Date(Date.UTC(2026, 8, 1, 12, 0, seed.at)).toISOString();
  const { rows } = await pool.query(
    `insert into threads (account_id, channel, external_id, site_id, seller_id, sort_at, rank, is_waiting, status, outbox_flag)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::bigint[], $8::boolean[],
       $9::text[], $10::text[]) returning id`,
    [
      seeds.map((seed) => both[seed.account]),
      seeds.map((seed) => seed.channel),
      seeds.map((_seed, index) => String(1000 + index)),
      seeds.map(() => "MLA"),
      seeds.map(() => "1"),
      seeds.map(at),
      seeds.map(({ rank }) => rank),
      seeds.map(({ isWaiting }) => isWaiting ?? false),
      seeds.map(({ status }) => status ?? "open"),
      seeds.map(({ outbox }) => outbox ?? null),
    ],
  );
  const fresh = seeds
    .map((seed, index) => ({ seed, id: rows[index]?.id }))
    .filter(({ seed }) => seed.fresh > 0);
  await pool.query(
    `insert into unseen (user_id, thread_id, account_id, channel, count, sort_at)
     select $1, * from unnest($2::bigint[], $3::text[], $4::text[], $5::int[], $6::timestamptz[])`,
    [
      me.userId,
      fresh.map(({ id }) => id),
      fresh.map(({ seed }) => both[seed.account]),
      fresh.map(({ seed }) => seed.channel),
      fresh.map(({ seed }) => seed.fresh),
      fresh.map(({ seed }) => at(seed)),
    ],
  );
  for (const id of both) await recountLists(house.rt.db, id);
}

async function readAll(
  scope: { accountIds: AccountId[]; channel: ChannelName | null; state?: InboxState | null },
  limit: number,
): Promise<ToldRow[]> {
  const all: ToldRow[] = [];
  let cursor: InboxCursor | null = null;
  do {
    const page = await listInboxRows(
      house.rt.database.pool,
      { userId: me.userId, state: null, ...scope },
      cursor,
      limit,
    );
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    all.push(...page.rows);
    cursor = page.next;
  } while (cursor !== null);
  return all;
}

it("gives every conversation exactly once, what is due first, then new ones, then the newest, whatever the page's length", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(seedOf, { maxLength: 30 }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom("messages" as const, null),
      fc.constantFrom(1, 2),
      async (seeds, limit, channel, accounts) => {
        await plant(seeds);
        const accountIds = both.slice(0, accounts);
        const expected = seeds
          .map((seed, index) => ({
            ...seed,
            id: String(1000 + index),
            isNew: seed.fresh > 0,
            due: seed.rank !== null && seed.rank < DUE_BELOW ? seed.rank : null,
          }))
          .filter((seed) => seed.account < accounts && (channel === null || seed.channel === channel))
          .toSorted(
            (a, b) =>
              Number(b.due !== null) - Number(a.due !== null) ||
              (a.due !== null && b.due !== null
                ? a.due - b.due || Number(a.id) - Number(b.id)
                : Number(b.isNew) - Number(a.isNew) || b.at - a.at || Number(b.id) - Number(a.id)),
          );
        const rows = await readAll({ accountIds, channel }, limit);
        expect(rows.map((row) => [row.externalId, row.newCount])).toEqual(
          expected.map(({ id, fresh }) => [id, fresh]),
        );
      },
    ),
    { numRuns: 40 },
  );
});

it("gives every claim exactly once in the order in which they hurt, whatever is new", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(seedOf, { maxLength: 30 }),
      fc.integer({ min: 1, max: 9 }),
      async (some, limit) => {
        const seeds = some.map((seed) => ({ ...seed, rank: seed.rank ?? 3 }));
        await plant(seeds);
        const expected = seeds
          .map((seed, index) => ({ ...seed, id: String(1000 + index) }))
          .filter(({ channel }) => channel === "claims")
          .toSorted((a, b) => a.rank - b.rank || Number(a.id) - Number(b.id));
        const rows = await readAll({ accountIds: both, channel: "claims" }, limit);
        expect(rows.map((row) => [row.externalId, row.newCount])).toEqual(
          expected.map(({ id, fresh }) => [id, fresh]),
        );
      },
    ),
    { numRuns: 40 },
  );
});

const standingSeed = fc
  .record({
    seed: seedOf,
    channel: fc.constantFrom("messages" as const, "claims" as const, "questions" as const),
    isWaiting: fc.boolean(),
    status: fc.constantFrom("open" as const, "blocked" as const, "closed" as const),
    outbox: fc.constantFrom(null, "sending" as const, "held" as const, "uncertain" as const),
  })
  .map(({ seed, channel, ...standing }) => ({
    ...seed,
    ...standing,
    channel,
    // Of claims and questions every one has its rank.
    rank: channel === "messages" ? seed.rank : (seed.rank ?? DUE_BELOW + 3),
  }));

const IS_IN: Record<InboxState, (seed: Seed) => boolean> = {
  todo: ({ rank, isWaiting, status }) =>
    rank === null ? isWaiting === true && status === "open" : rank < DUE_BELOW,
  new: ({ fresh }) => fresh > 0,
  blocked: ({ status }) => status === "blocked",
  troubled: ({ outbox }) => outbox === "held" || outbox === "uncertain",
};

it("gives every list by state exactly once, what is due first, with the count that is told of it", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(standingSeed, { maxLength: 30 }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(...CHANNELS, null),
      fc.constantFrom(...INBOX_STATES),
      fc.constantFrom(1, 2),
      async (seeds, limit, channel, state, accounts) => {
        await plant(seeds);
        const accountIds = both.slice(0, accounts);
        const own = seeds
          .map((seed, index) => ({ ...seed, id: String(1000 + index) }))
          .filter((seed) => seed.account < accounts);
        const shown = own.filter((seed) => channel === null || seed.channel === channel);
        const termOf = ({ rank }: Seed) =>
          state === "todo" && rank !== null && rank < DUE_BELOW ? rank : Number.POSITIVE_INFINITY;
        const expected = shown.filter(IS_IN[state]).toSorted((a, b) => {
          const [one, other] = [termOf(a), termOf(b)];
          if (one !== other) return one - other;
          return one === Number.POSITIVE_INFINITY
            ? b.at - a.at || Number(b.id) - Number(a.id)
            : Number(a.id) - Number(b.id);
        });
        const rows = await readAll({ accountIds, channel, state }, limit);
        expect(rows.map((row) => row.externalId)).toEqual(expected.map(({ id }) => id));
        const counts = await countStates(house.rt.database.pool, { userId: me.userId, accountIds, channel });
        const first = await listInboxRows(
          house.rt.database.pool,
          { userId: me.userId, accountIds, channel, state },
          null,
          limit,
        );
        expect(first.counts).toEqual(counts);
        const count = (of: typeof own, which: InboxState) => of.filter(IS_IN[which]).length;
        expect(counts).toEqual({
          todo: Object.fromEntries(
            CHANNELS.map((name) => [
              name,
              count(
                own.filter((seed) => seed.channel === name),
                "todo",
              ),
            ]),
          ),
          states: Object.fromEntries(INBOX_STATES.map((which) => [which, count(shown, which)])),
        });
      },
    ),
    { numRuns: 80 },
  );
});

it("skips and repeats nothing of what stayed when a conversation moves up between two pages", async () => {
  await plant(
    Array.from({ length: 9 }, (_, at) => ({
      account: 0,
      channel: "messages" as const,
      at,
      fresh: 0,
      rank: null,
    })),
  );
  const scope = { userId: me.userId, accountIds: both, channel: null, state: null };
  const first = await listInboxRows(house.rt.database.pool, scope, null, 4);
  await house.rt.database.pool.query("update threads set sort_at = now() where external_id = '1000'");
  const second = await listInboxRows(house.rt.database.pool, scope, first.next, 9);
  expect([...first.rows, ...second.rows].map((row) => row.externalId)).toEqual([
    "1008",
    "1007",
    "1006",
    "1005",
    "1004",
    "1003",
    "1002",
    "1001",
  ]);
});

describe("with thousands of conversations", () => {
  let explainer: Explainer;
  let someId: string;
  let someIds: ThreadId[];

  beforeAll(async () => {
    const { pool } = house.rt.database;
    await plant([]);
    await pool.query(
      `insert into threads (account_id, channel, external_id, site_id, seller_id, sort_at, is_waiting, pulled_at,
         order_id, message_total, rank)
       select account, case n % 3 when 0 then 'claims' else 'messages' end, (n * 2)::text, 'MLA', '1',
         now() - n * interval '1 minute', n % 9 = 0, case when n % 50 > 0 then now() end, (100000 + n * 2)::text, 4,
         case n % 3 when 0 then (n % 5) * 100000000000000 + n end
       from unnest($1::text[]) account, generate_series(1, 6000) n`,
      [both],
    );
    // 20 colleagues have new messages of their own.
    await pool.query(
      "insert into users (origin_account_id) select 'colleague ' || n from generate_series(1, 20) n",
    );
    await pool.query(
      `insert into unseen (user_id, thread_id, account_id, channel, count, sort_at)
       select u.id, t.id, t.account_id, t.channel, 1, t.sort_at from users u, threads t where t.id % 10 = 0`,
    );
    await pool.query(
      `insert into messages (thread_id, id, account_id, direction, author, from_user_id, text, visibility, created_at)
       select id, m::text, account_id, 'in', 'buyer', '2', 'hola', 'visible', sort_at - m * interval '1 minute'
       from threads, generate_series(1, 4) m`,
    );
    await pool.query(
      `insert into changes (account_id, no, thread_id)
       select account, n, n from unnest($1::text[]) account, generate_series(1001, 6000) n`,
      [both],
    );
    await pool.query("update accounts set change_no = 6000 where id = any($1)", [both]);
    for (const id of both) await recountLists(house.rt.db, id);
    await pool.query("analyze threads; analyze unseen; analyze messages; analyze outbox; analyze changes");
    const { rows } = await pool.query(
      "select id::text from threads where external_id = '4000' and account_id = $1",
      [both[0]],
    );
    someId = String(rows[0]?.id);
    const moved = await pool.query<{ id: string }>("select id::text from threads order by id limit 200");
    someIds = moved.rows.map(({ id }) => threadId(id));
    explainer = await createExplainer(house);
  });
  afterAll(() => explainer.close());

  const scope = () => ({ userId: me.userId, accountIds: both, channel: null, state: null });
  const deep = { part: "rest", at: Date.now() - 3_000 * 60_000, id: "1" } as const;
  const dueDeep = { part: "due", at: DUE_BELOW / 2, id: "1" } as const;
  const newDeep = { part: "new", at: Date.now() - 3_000 * 60_000, id: "1" } as const;

  const READS: Record<
    string,
    (pool: Explainer["rt"]["database"]["pool"], db: Explainer["rt"]["db"]) => Promise<unknown>
  > = {
    "the first page": (pool) => listInboxRows(pool, scope(), null, 50),
    "a page far down": (pool) => listInboxRows(pool, scope(), deep, 50),
    "a page within what is due": (pool) => listInboxRows(pool, scope(), dueDeep, 50),
    "a page within what is new": (pool) => listInboxRows(pool, scope(), newDeep, 50),
    "messages alone": (pool) => listInboxRows(pool, { ...scope(), channel: "messages" }, null, 50),
    "messages alone far down": (pool) => listInboxRows(pool, { ...scope(), channel: "messages" }, deep, 50),
    "one channel": (pool) => listInboxRows(pool, { ...scope(), channel: "claims" }, null, 50),
    "one channel far down": (pool) => listInboxRows(pool, { ...scope(), channel: "claims" }, dueDeep, 50),
    "one account": (pool) => listInboxRows(pool, { ...scope(), accountIds: both.slice(0, 1) }, null, 50),
    "what is to do": (pool) => listInboxRows(pool, { ...scope(), state: "todo" }, null, 50),
    "what is to do far down": (pool) => listInboxRows(pool, { ...scope(), state: "todo" }, deep, 50),
    "messages to answer": (pool) =>
      listInboxRows(pool, { ...scope(), channel: "messages", state: "todo" }, null, 50),
    "claims to answer": (pool) =>
      listInboxRows(pool, { ...scope(), channel: "claims", state: "todo" }, null, 50),
    "what is new": (pool) => listInboxRows(pool, { ...scope(), state: "new" }, null, 50),
    "what is blocked": (pool) => listInboxRows(pool, { ...scope(), state: "blocked" }, null, 50),
    "what is in trouble": (pool) => listInboxRows(pool, { ...scope(), state: "troubled" }, null, 50),
    "the counts of the lists": (pool) =>
      countStates(pool, { userId: me.userId, accountIds: both, channel: null }),
    "the counts of one channel": (pool) =>
      countStates(pool, { userId: me.userId, accountIds: both, channel: "messages" }),
    "a question by its address": (_pool, db) => findThread(db, both, "questions", "4000"),
    "the counts": (pool) => countInbox(pool, me.userId, both),
    "the rows that moved": (pool) => readInboxRows(pool, me.userId, both, someIds),
    "what changed since": (pool) => listChanges(pool, new Map(both.map((id) => [id, 5_900])), 2_000),
    "the numbers of the change feed": (pool) => readNumbers(pool, both),
    "one row": (pool) => readInboxRow(pool, me.userId, both, threadId(someId)),
    "a conversation by its address": (_pool, db) => findThread(db, both, "messages", "4000"),
    "its newest messages": (_pool, db) => listMessages(db, me.accountId, threadId(someId), 50),
    "its older messages": (_pool, db) => listMessages(db, me.accountId, threadId(someId), 50, "2"),
    "all that is held of it": (_pool, db) => readHeld(db, me.accountId, "messages", "4000", 0),
    "the conversations of orders": (_pool, db) =>
      threadsOfOrders(db, me.accountId, "messages", ["104000", "104002"]),
    "its replies": (_pool, db) => listOutbox(db, threadId(someId)),
    "what the backfill takes next": (_pool, db) => listUnpulled(db, me.accountId, 40),
  };

  it.each(Object.entries(READS))("reads %s by an index", async (_name, read) => {
    const { rt, scannedBy } = explainer;
    // Prepared statements may be planned anew once they are generic: the seventh run is the lasting one.
    for (let run = 0; run < 7; run += 1) {
      const { tables, plans } = await scannedBy(() => read(rt.database.pool, rt.db));
      expect(plans).toBeGreaterThan(0);
      expect(tables.filter((table) => ["threads", "unseen", "messages", "changes"].includes(table))).toEqual(
        [],
      );
    }
  });
});
