import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type OpenDatabase, openDatabase } from "@/lib/server/store/database";
import { accountId, threadId, workerId } from "@/lib/shared/ids";
import { createDatabase, type TestDatabase } from "@/scripts/testing/database";
import { claimNotices, insertNotices } from "./notices";
import {
  claimWishes,
  databaseNow,
  markRefused,
  notePullFailure,
  releaseWish,
  releaseWishes,
  wishPull,
} from "./wanted";
import { beat, leave } from "./workers";

let test: TestDatabase;
let open: OpenDatabase;
const [ours, other] = [workerId(crypto.randomUUID()), workerId(crypto.randomUUID())];
const [flooded, quiet] = [accountId("1"), accountId("2")];

beforeAll(async () => {
  test = await createDatabase();
  open = openDatabase(test.url);
});
afterAll(async () => {
  await open.close();
  await test.drop();
});
beforeEach(async () => {
  await query("truncate accounts, notices, workers cascade");
  await query(
    `insert into accounts (id, site_id, profile, nickname) values ('1', 'MLA', 'LOCAL', 'A'), ('2', 'MLA', 'LOCAL', 'B')`,
  );
  await query(
    `insert into threads (id, account_id, channel, external_id, site_id, seller_id, sort_at)
     select n, case when n <= 10 then '1' else '2' end, 'messages', n::text, 'MLA', '1', now()
     from generate_series(1, 12) n`,
  );
  for (const worker of [ours, other]) await beat(open.db, worker);
});

const query = async (text: string, values: unknown[] = []) => (await open.pool.query(text, values)).rows;
const claim = (o: Partial<Parameters<typeof claimWishes>[2]> = {}, worker = ours) =>
  claimWishes(open.db, worker, { limit: 10, perAccount: 3, running: new Map(), reading: [], ...o });
const wish = (n: number, lane: "open" | "notice" = "notice") =>
  wishPull(open.db, n <= 10 ? flooded : quiet, threadId(String(n)), lane);
const thread = async (n: number) => (await query("select * from threads where id = $1", [n]))[0];
const ids = (wishes: { id: string }[]) => wishes.map(({ id }) => Number(id));

const notice = (userId: string, n: number) => ({
  userId,
  topic: "messages",
  resource: `${userId}-${n}`,
  subject: `${userId}-${n}`,
  actions: [],
  noticeId: null,
  attempts: 1,
  sentAt: null,
  receivedAt: null,
  source: "push" as const,
  dedupe: `${userId}-${n}`,
});

it("gives each wish to one worker, those of a person first", async () => {
  for (const n of [1, 2]) await wish(n);
  await wish(3, "open");
  const claimed = await claim();
  expect(ids(claimed)).toEqual([3, 1, 2]);
  expect(await claim({ reading: claimed.map(({ id }) => id) })).toEqual([]);
  expect(await claim({}, other)).toEqual([]);
});

it("takes no more of an account than may run for it, so that a flood leaves room", async () => {
  for (let n = 1; n <= 12; n += 1) await wish(n);
  const claimed = await claim();
  expect(ids(claimed).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 11, 12]);
  const reading = claimed.map(({ id }) => id);
  expect(ids(await claim({ reading, running: new Map([[flooded, 2]]) }))).toEqual([4]);
});

it("takes over what a dead worker reads, and nothing of a living one", async () => {
  await wish(1);
  await claim();
  expect(await claim({}, other)).toEqual([]);
  await leave(open.db, ours);
  expect(ids(await claim({}, other))).toEqual([1]);
});

it("takes up again what it holds and does not read: the database went away in between", async () => {
  await wish(1);
  expect(ids(await claim())).toEqual([1]);
  expect(ids(await claim())).toEqual([1]);
  expect(await claim({}, other)).toEqual([]);
  await insertNotices(open.db, [notice("1", 1)]);
  const o = { limit: 50, perUser: 20, exceptUsers: [] };
  expect(await claimNotices(open.db, ours, o)).toHaveLength(1);
  expect(await claimNotices(open.db, ours, { ...o, exceptUsers: ["1"] })).toEqual([]);
  expect(await claimNotices(open.db, other, o)).toEqual([]);
  expect(await claimNotices(open.db, ours, o)).toHaveLength(1);
});

it("gives a wish back when its worker stops, or has read it", async () => {
  await wish(1);
  await wish(2);
  await claim();
  await releaseWish(open.db, threadId("1"), ours);
  expect(ids(await claim({}, other))).toEqual([1]);
  await releaseWishes(open.db, ours);
  expect(ids(await claim({ reading: [threadId("1")] }, other))).toEqual([2]);
});

it("keeps a wish that came after a refused read had begun", async () => {
  await wish(1);
  const readFrom = await databaseNow(open.db);
  await markRefused(open.db, flooded, threadId("1"), readFrom);
  expect(await thread(1)).toMatchObject({ pull_wanted_at: null, pull_lane: "reconcile" });
  await new Promise((resolve) => setTimeout(resolve, 5));
  await wish(1);
  await markRefused(open.db, flooded, threadId("1"), readFrom);
  expect(await thread(1)).toMatchObject({ pull_wanted_at: expect.any(Date), pull_lane: "notice" });
});

it("comes back to a wish in 2, 5, 15 and 60 seconds, and to the rest after half a minute and more", async () => {
  const pauses = async (n: number, times: number) => {
    const found: number[] = [];
    for (let time = 0; time < times; time += 1) {
      await notePullFailure(open.db, flooded, { id: threadId(String(n)) });
      const [row] = await query(
        "select round(extract(epoch from pull_wanted_at - clock_timestamp()))::int as pause from threads where id = $1",
        [n],
      );
      found.push(row.pause);
    }
    return found;
  };
  await wish(1);
  expect(await pauses(1, 6)).toEqual([2, 5, 15, 60, 480, 960]);
  expect(await pauses(2, 3)).toEqual([30, 60, 120]);
});

it("claims notices of all users side by side, however many one of them has", async () => {
  await insertNotices(
    open.db,
    Array.from({ length: 7_000 }, (_, n) => notice("1", n)),
  );
  await insertNotices(open.db, [notice("2", 1)]);
  expect(await insertNotices(open.db, [notice("2", 1), notice("2", 2)])).toBe(1);
  const o = { limit: 50, perUser: 20, exceptUsers: [] };
  const first = await claimNotices(open.db, ours, o);
  expect(first.filter(({ userId }) => userId === "1").map(({ subject }) => subject)).toEqual(
    Array.from({ length: 20 }, (_, n) => `1-${n}`),
  );
  expect(first.filter(({ userId }) => userId === "2")).toHaveLength(2);
  const second = await claimNotices(open.db, other, o);
  expect(second.map(({ subject }) => subject)).toEqual(Array.from({ length: 20 }, (_, n) => `1-${20 + n}`));
  expect(await claimNotices(open.db, ours, { ...o, exceptUsers: ["1", "2"] })).toEqual([]);
});
