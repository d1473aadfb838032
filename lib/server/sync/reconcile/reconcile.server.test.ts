import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { withAccount } from "@/lib/server/account-context";
import { claimChore, finishChore, MISSED_FEEDS, readChore } from "@/lib/server/store/chores";
import { hasMovedSince } from "@/lib/server/store/noticed";
import { pullContext } from "@/lib/server/sync/pull-context";
import { syncAccount } from "@/lib/server/sync/sync-account";
import { workerId } from "@/lib/shared/ids";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { startWorker } from "@/scripts/testing/worker";
import { missedFeedsChore, ordersChores } from "./chores";
import { takeMissedFeeds } from "./missed-feeds";
import { takeRecentOrders } from "./recent-orders";

let house: House;
let me: SignedIn;
let sellerId: string;
let pack: string;

beforeAll(async () => {
  house = await createHouse();
});
beforeEach(async () => {
  await house.control("/notifications", { callbackUrl: null });
  await house.control("/notifications/clear", {});
  await house.control("/settings", { retryOffsetsMs: [0], missedFeedsToken: "any", missedOrder: "oldest" });
  await query("truncate notices, chores");
  await query("update accounts set state = 'disconnected'");
  sellerId = await house.newSeller();
  pack = await house.newThread(sellerId, { messages: [{ from: "buyer", text: "Hola", minutesAgo: 60 }] });
  me = await house.signIn(sellerId);
  await syncAccount(house.rt, me.accountId, new AbortController().signal);
  await house.control("/calls/clear", {});
});
afterAll(() => house.close());

const query = async (text: string, values: unknown[] = []) =>
  (await house.rt.database.pool.query(text, values)).rows;
/** The conversations of the account whose sale is to be read, oldest wish first. */
const wished = async () =>
  (
    await query(
      `select t.external_id from chores c join threads t on c.key = 'context:' || t.account_id || ':' || t.id
       where t.account_id = $1 order by c.cursor_at`,
      [me.accountId],
    )
  ).map((row) => row.external_id);

/** So many notifications that nobody took. */
async function miss(count: number): Promise<void> {
  await house.control("/notifications", { callbackUrl: "http://127.0.0.1:9/api/notifications" });
  for (let n = 0; n < count; n += 1) {
    await house.control("/notifications/send", {
      topic: "questions",
      resource: `/questions/${1_000 + n}`,
      userId: sellerId,
      received: new Date(Date.UTC(2026, 9, 8, 12, 0, n)).toISOString(),
      retries: true,
    });
  }
  await house.control("/notifications/flush", {});
}
const feeds = () => house.calls({ path: "^/missed_feeds$" });

it.each([
  ["oldest", 0, 1],
  ["oldest", 7, 1],
  ["newest", 63, 3],
])("takes every missed notification in, %s first, once: %i", async (missedOrder, count, calls) => {
  await house.control("/settings", { missedOrder });
  await miss(count);
  expect(await takeMissedFeeds(house.rt)).toBe(count);
  expect(await feeds()).toHaveLength(calls);
  expect(await query("select distinct source, count(*)::int from notices group by 1")).toEqual(
    count === 0 ? [] : [{ source: "missed", count }],
  );
  expect(await takeMissedFeeds(house.rt)).toBe(count);
  expect(await query("select 1 from notices")).toHaveLength(count);
});

it("stores nothing anew of what had come after all", async () => {
  await miss(3);
  await takeMissedFeeds(house.rt);
  const [{ dedupe }] = await query("select dedupe from notices order by id limit 1");
  await query("update notices set state = 'done' where dedupe = $1", [dedupe]);
  await takeMissedFeeds(house.rt);
  expect((await query("select state from notices order by id")).map(({ state }) => state)).toEqual([
    "done",
    "pending",
    "pending",
  ]);
});

it("asks in the name of the next account when one may not", async () => {
  await miss(2);
  const other = await house.newSeller();
  await house.signIn(other);
  await query("update accounts set created_at = now() - interval '1 day' where id = $1", [sellerId]);
  await house.control("/faults", { method: "GET", path: "^/missed_feeds$", times: 1, status: 403, body: {} });
  expect(await takeMissedFeeds(house.rt)).toBe(2);
  expect(await feeds()).toMatchObject([{ status: 403 }, { status: 200, sellerId: other }]);
});

it("asks once per quarter of an hour, at a start at once, and no sooner after a refusal", async () => {
  await missedFeedsChore(house.rt, true);
  await missedFeedsChore(house.rt, false);
  await missedFeedsChore(house.rt, true);
  expect(await feeds()).toHaveLength(1);
  await query("update chores set done_at = now() - interval '16 minutes'");
  await house.control("/faults", { method: "GET", path: "^/missed_feeds$", times: 9, status: 403, body: {} });
  await missedFeedsChore(house.rt, false);
  expect(await readChore(house.rt.db, MISSED_FEEDS)).toMatchObject({
    problem: "refused_by_meli",
    claimedBy: null,
  });
  await house.control("/faults/clear", {});
  await missedFeedsChore(house.rt, false);
  expect(await feeds()).toHaveLength(2);
  await query("update chores set claimed_at = now() - interval '14 minutes'");
  await missedFeedsChore(house.rt, false);
  expect(await feeds()).toHaveLength(2);
  await query("update chores set claimed_at = now() - interval '16 minutes'");
  await missedFeedsChore(house.rt, false);
  expect(await readChore(house.rt.db, MISSED_FEEDS)).toMatchObject({ problem: null, found: 0 });
});

it("gives a chore to one process, and to another when that one died", async () => {
  const [dead, alive] = [workerId(crypto.randomUUID()), workerId(crypto.randomUUID())];
  await query("insert into workers (id) values ($1), ($2)", [dead, alive]);
  expect(await claimChore(house.rt.db, "x", 60_000, dead)).not.toBeNull();
  expect(await claimChore(house.rt.db, "x", 60_000, alive)).toBeNull();
  await query("update workers set seen_at = now() - interval '10 seconds' where id = $1", [dead]);
  expect(await claimChore(house.rt.db, "x", 60_000, alive)).not.toBeNull();
  await finishChore(house.rt.db, "x", { found: 1 });
  expect(await claimChore(house.rt.db, "x", 60_000, alive)).toBeNull();
});

it("has the sale read of every order that changed, and of no other", async () => {
  const still = await house.newThread(sellerId, { soldDaysAgo: 2 });
  const since = new Date();
  await query("update threads set context_at = now()");
  await house.control(`/threads/${pack}/shipment`, { status: "shipped" });
  const { found } = await takeRecentOrders(house.rt, me.accountId, since);
  expect([found, await wished()]).toEqual([1, [pack]]);
  await query("update threads set context_at = now() + interval '1 minute'");
  expect((await takeRecentOrders(house.rt, me.accountId, since)).found).toBe(0);

  const fresh = await house.newThread(sellerId, { soldDaysAgo: 0 });
  await takeRecentOrders(house.rt, me.accountId, since);
  expect(await wished()).toEqual([pack, fresh]);
  expect(await wished()).not.toContain(still);
});

it("has a sale read again that moved while the rest of it was being read, or in the same second", async () => {
  const [thread] = await query("select id from threads where external_id = $1", [pack]);
  await house.control("/faults", { method: "GET", path: "^/users/\\d", held: true });
  const before = (await house.calls({ path: "^/users/\\d" })).length;
  const since = new Date();
  await withAccount(house.rt, me.accountId, "notice", async (ctx) => {
    const reading = pullContext(house.rt, ctx, thread.id);
    await vi.waitFor(async () => expect(await house.calls({ path: "^/users/\\d" })).toHaveLength(before + 1));
    await house.control(`/threads/${pack}/shipment`, { status: "shipped" });
    await house.control("/faults/release", {});
    await reading;
  });
  await takeRecentOrders(house.rt, me.accountId, since);
  expect(await wished()).toEqual([pack]);
  expect(
    hasMovedSince(new Date("2026-11-22T10:00:05Z"), { contextAt: new Date("2026-11-22T10:00:05.700Z") }),
  ).toBe(true);
  expect(
    hasMovedSince(new Date("2026-11-22T10:00:04Z"), { contextAt: new Date("2026-11-22T10:00:05.700Z") }),
  ).toBe(false);
  expect(hasMovedSince(new Date(0), { contextAt: null })).toBe(true);
});

it("sweeps an account once at a time, however long it takes", async () => {
  await house.control("/faults", { method: "GET", path: "/messages/unread", held: true, times: 9 });
  await query("update syncs set sweep_claimed_at = null where account_id = $1", [me.accountId]);
  const sweeps = () => house.calls({ path: "/messages/unread" });
  const stop = await startWorker(house);
  const isTaken = () =>
    vi.waitFor(async () => {
      const [sync] = await query("select sweep_claimed_at from syncs where account_id = $1", [me.accountId]);
      expect(sync.sweep_claimed_at).not.toBeNull();
    });
  await isTaken();
  // The next looks take the account again while its first sweep is still waiting for an answer.
  for (let looks = 0; looks < 2; looks += 1) {
    await query("update syncs set sweep_claimed_at = null where account_id = $1", [me.accountId]);
    await isTaken();
  }
  const stopped = stop();
  await house.control("/faults/clear", {});
  await house.control("/faults/release", {});
  await stopped;
  expect(await sweeps()).toHaveLength(1);
});

it("looks at the orders more often while no notification comes", async () => {
  const searches = () => house.calls({ path: "^/orders/search$", sellerId });
  await ordersChores(house.rt);
  expect(await searches()).toHaveLength(1);
  await query("update chores set done_at = now() - interval '6 minutes'");
  await query(
    "insert into notices (user_id, topic, resource, subject, dedupe) values ($1, 'messages', 'x', 'x', 'x')",
    [sellerId],
  );
  await ordersChores(house.rt);
  expect(await searches()).toHaveLength(1);
  await query("update notices set stored_at = now() - interval '16 minutes'");
  await ordersChores(house.rt);
  expect(await searches()).toHaveLength(2);
  await query("update notices set stored_at = now()");
  await query("update chores set done_at = now() - interval '31 minutes'");
  await ordersChores(house.rt);
  expect(await searches()).toHaveLength(3);
});
