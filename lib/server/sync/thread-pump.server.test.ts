import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import {
  claimThreadWishes,
  endThreadWish,
  postponeThreadWish,
  type WishKind,
  wishContext,
  wishFirstContexts,
} from "@/lib/server/store/thread-wishes";
import { beat } from "@/lib/server/store/workers";
import { workerId } from "@/lib/shared/ids";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { repliesOn, runOnce, send, threadOf } from "@/scripts/testing/outbox";
import { syncAccount } from "./sync-account";
import { createThreadPump } from "./thread-pump";

let house: House;
let me: SignedIn;
let sellerId: string;
let pack: string;

beforeAll(async () => {
  house = await createHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  sellerId = await house.newSeller({ siteId: "MLA" });
  pack = await house.newThread(sellerId, {
    messages: [{ from: "buyer", text: "Hola", minutesAgo: 5, unread: true }],
  });
  me = await house.signIn(sellerId);
  await house.call("/api/me", { as: me, method: "PATCH", body: { markRead: "on_open" } });
  await beat(house.rt.db, house.rt.worker);
  // Of what earlier tests opened.
  await house.rt.database.pool.query("delete from chores where key like 'context:%'");
});

const address = () => `/api/threads/messages/${pack}`;
const open = () => house.call(address(), { as: me });
const look = () => house.call(`${address()}/looked`, { as: me, method: "POST", body: { messageId: null } });
const sync = () => syncAccount(house.rt, me.accountId, new AbortController().signal);
const wishes = async () =>
  (await house.rt.database.pool.query("select * from chores where key like 'mark-read:%'")).rows;

/** What a worker does within this time. */
async function work(until: () => Promise<void>, kind: WishKind = "mark-read"): Promise<void> {
  const pump = createThreadPump(house.rt, kind);
  const waking = setInterval(() => pump.wake(), 50);
  try {
    pump.wake();
    await vi.waitFor(until, { timeout: 15_000, interval: 50 });
  } finally {
    clearInterval(waking);
    await pump.stop();
  }
}
const untilRead = () =>
  work(async () => {
    expect(await house.unread(sellerId)).toEqual([]);
    expect(await wishes()).toEqual([]);
  });

it("marks a conversation read that is opened before anybody knows what is unread", async () => {
  await open();
  await look();
  await untilRead();
});

it("marks a message read that comes while its conversation is open", async () => {
  await sync();
  await look();
  await untilRead();
  await house.control("/buyer/message", { packId: pack, text: "¿Seguís ahí?" });
  await house.call(`${address()}/refresh`, { as: me, method: "POST" });
  await look();
  await untilRead();
});

it("asks nothing of Mercado Libre for what was looked at and is read", async () => {
  await sync();
  await look();
  await untilRead();
  await house.call(`${address()}/refresh`, { as: me, method: "POST" });
  await look();
  expect(await wishes()).toEqual([]);
});

it("keeps the wish with the look, whatever becomes of the process, and takes it over from a worker that died", async () => {
  await sync();
  await look();
  const dead = workerId(randomUUID());
  await house.rt.database.pool.query(
    "update chores set claimed_by = $1, claimed_at = clock_timestamp() where key like 'mark-read:%'",
    [dead],
  );
  expect(await wishes()).toHaveLength(1);
  await untilRead();
});

it("leaves to a worker that lives what it is at", async () => {
  await sync();
  await look();
  const other = workerId(randomUUID());
  await beat(house.rt.db, other);
  await house.rt.database.pool.query("update chores set claimed_by = $1 where key like 'mark-read:%'", [
    other,
  ]);
  const startedAt = Date.now();
  await house.control("/calls/clear", {});
  // Its last word was now: others notice its silence after six seconds.
  await untilRead();
  expect(Date.now() - startedAt).toBeGreaterThan(5_000);
  expect(Date.now() - startedAt).toBeLessThan(10_000);
});

it("tries again what failed for a moment", async () => {
  await sync();
  await house.control("/faults", { path: "/messages/packs/", method: "GET", status: 500, times: 8 });
  await look();
  await untilRead();
});

it("is not tried again when Mercado Libre refuses", async () => {
  await sync();
  await house.control("/faults", {
    path: "/messages/packs/",
    method: "GET",
    status: 403,
    times: 1,
    body: { code: "forbidden", message: "no" },
  });
  await look();
  await work(async () => expect(await wishes()).toEqual([]));
  expect(await house.unread(sellerId)).toHaveLength(1);
});

it("marks a conversation read with the delivered reply, before anybody knows what is unread", async () => {
  await house.call("/api/me", { as: me, method: "PATCH", body: { markRead: "on_reply" } });
  await open();
  await look();
  expect(await wishes()).toEqual([]);
  await send(house, me, address(), { text: "Sí" });
  await vi.waitFor(async () => {
    await runOnce(house, pack);
    expect(await repliesOn(house, pack)).toMatchObject([{ state: "sent" }]);
  }, 15_000);
  await untilRead();
});

const contextAt = async () =>
  (await house.rt.database.pool.query("select context_at from threads where external_id = $1", [pack]))
    .rows[0]?.context_at ?? null;
const contexts = async () =>
  (await house.rt.database.pool.query("select * from chores where key like 'context:%'")).rows;
const untilBeside = () =>
  work(async () => {
    expect(await contexts()).toEqual([]);
    expect(await contextAt()).not.toBeNull();
  }, "context");

/** The answer does not wait for what is wished meanwhile. */
async function openAndWish(): Promise<void> {
  await open();
  await vi.waitFor(async () => expect(await contexts()).toHaveLength(1));
}

it("reads what stands beside a conversation that is opened, and takes that over from a worker that died", async () => {
  await openAndWish();
  expect(await contextAt()).toBeNull();
  await house.rt.database.pool.query(
    "update chores set claimed_by = $1, claimed_at = clock_timestamp() where key like 'context:%'",
    [randomUUID()],
  );
  await untilBeside();
});

it("reads it again when it is wished for meanwhile", async () => {
  const { rt } = house;
  await openAndWish();
  const id = await threadOf(house, pack);
  const [one] = await claimThreadWishes(rt.db, "context", rt.worker, { limit: 9, running: [] });
  expect(one).toEqual({ accountId: me.accountId, threadId: id });
  if (one === undefined) return;
  await wishContext(rt.db, me.accountId, id);
  await endThreadWish(rt.db, "context", one, rt.worker);
  expect(await contexts()).toHaveLength(1);
  await untilBeside();
});

it("leaves what is to be tried later to its time, unless it is wished anew", async () => {
  const { rt } = house;
  await openAndWish();
  const id = await threadOf(house, pack);
  const [one] = await claimThreadWishes(rt.db, "context", rt.worker, { limit: 9, running: [] });
  if (one === undefined) throw new Error("nothing was wished");
  await postponeThreadWish(rt.db, "context", one, rt.worker, new Date(Date.now() + 60_000));
  const claimable = () => claimThreadWishes(rt.db, "context", rt.worker, { limit: 9, running: [] });
  await wishFirstContexts(rt.db, me.accountId, [id]);
  expect(await claimable()).toEqual([]);
  await wishContext(rt.db, me.accountId, id);
  expect(await claimable()).toEqual([one]);
});
