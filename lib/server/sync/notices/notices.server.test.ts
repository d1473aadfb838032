import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { beat } from "@/lib/server/store/workers";
import { createPullPump } from "@/lib/server/sync/pull-wishes";
import { syncAccount } from "@/lib/server/sync/sync-account";
import { ThreadViewSchema } from "@/lib/shared/api/thread";
import { type Callback, openCallback } from "@/scripts/testing/callback";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { startWorker } from "@/scripts/testing/worker";
import { createNoticePump } from "./notice-pump";

let house: House;
let callback: Callback;
let me: SignedIn;
let sellerId: string;
let pack: string;
let stop: (() => Promise<void>) | null = null;

beforeAll(async () => {
  house = await createHouse();
  callback = await openCallback(house);
});
beforeEach(() => arrive({ siteId: "MLA" }, {}));
afterEach(async () => {
  await stop?.();
  stop = null;
  await house.control("/settings", { readableAfterMs: 0 });
  await house.control("/faults/clear", {});
});
afterAll(async () => {
  await callback.close();
  await house.close();
});

/** A seller whose first sync is done, and who has one conversation. */
async function arrive(seller: object, thread: object): Promise<void> {
  sellerId = await house.newSeller(seller);
  pack = await house.newThread(sellerId, {
    messages: [{ from: "buyer", text: "Hola", minutesAgo: 60 }],
    ...thread,
  });
  me = await house.signIn(sellerId);
  await syncAccount(house.rt, me.accountId, new AbortController().signal);
  await settled();
  await query("truncate notices");
  // The sweep has just been: what is found is found by the notices.
  await query("update syncs set sweep_claimed_at = now()");
  await house.control("/calls/clear", {});
}

const query = async (text: string, values: unknown[] = []) =>
  (await house.rt.database.pool.query(text, values)).rows;
const notices = () => query("select * from notices order by id");
const texts = async (of = pack) =>
  (
    await query(
      "select m.text from messages m join threads t on t.id = m.thread_id where t.external_id = $1 order by m.created_at, m.id",
      [of],
    )
  ).map(({ text }) => text);
const buyerWrites = (text: string, packId = pack) => house.control("/buyer/message", { packId, text });
/** Calls about conversations and messages; sweeps and contexts are not a message's. */
const messageCalls = async () =>
  (await house.calls({ path: "/messages/" })).filter(({ path }) => !path.endsWith("/unread"));
const reads = async () => (await house.calls({ path: "/messages/packs/" })).length;
const wait = (check: () => Promise<void>) => vi.waitFor(check, { interval: 20 });
/** Everything that was sent has arrived. */
const settled = () => house.control("/notifications/flush", {});
const worked = () =>
  wait(async () => {
    const pending = (await notices()).filter(({ state }) => state === "pending");
    expect(pending).toEqual([]);
  });
/** Nothing is asked any more. */
const quiet = () =>
  wait(async () => {
    const before = (await house.calls()).length;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect((await house.calls()).length).toBe(before);
  });
async function notify(notice: object, o: { userId?: string } = {}): Promise<void> {
  await house.control("/notifications/send", { userId: o.userId ?? sellerId, ...notice });
  await settled();
}
const run = async () => {
  stop = await startWorker(house);
};

it.each([
  { name: "LOCAL", seller: { siteId: "MLB" }, thread: {} },
  { name: "GLOBAL", seller: { siteId: "CBT", marketplaces: ["MLM", "MLB"] }, thread: { siteId: "MLM" } },
])("brings a buyer's message in with two calls, at once ($name)", async ({ seller, thread }) => {
  await arrive(seller, thread);
  await run();
  await buyerWrites("¿Llega hoy?");
  await wait(async () => expect(await texts()).toEqual(["Hola", "¿Llega hoy?"]));
  await worked();
  expect(await messageCalls()).toHaveLength(2);
  // No round of the unread list has found it.
  expect(await house.calls({ path: "/unread", sellerId })).toEqual([]);
  expect(await notices()).toMatchObject([{ state: "done", outcome: "followed", account_id: sellerId }]);
  const [message] = await query(
    "select noticed_at from messages where text = '¿Llega hoy?' and account_id = $1",
    [sellerId],
  );
  expect(message.noticed_at).not.toBeNull();
});

it("reads a conversation of which a burst came no more than twice", async () => {
  for (let n = 0; n < 12; n += 1) await buyerWrites(`Mensaje ${n}`);
  await settled();
  expect(await notices()).toHaveLength(12);
  await run();
  await wait(async () => expect(await texts()).toHaveLength(13));
  await worked();
  expect(await reads()).toBeLessThanOrEqual(2);
  expect(new Set(await texts()).size).toBe(13);
});

it("reads a conversation again when another message is notified while it is being read", async () => {
  await house.control("/faults", { method: "GET", path: "^/messages/packs/", times: 1, delayMs: 700 });
  await run();
  await buyerWrites("Primero");
  await wait(async () => expect(await reads()).toBe(1));
  await buyerWrites("Segundo");
  await wait(async () => expect(await texts()).toEqual(["Hola", "Primero", "Segundo"]));
  await worked();
  expect(await reads()).toBeLessThanOrEqual(2);
});

it("asks nothing for a notice of a stranger's account", async () => {
  await notify({ topic: "messages", resource: randomUUID(), actions: ["created"] }, { userId: "799999999" });
  await run();
  await worked();
  expect(await notices()).toMatchObject([{ state: "dropped", outcome: "unknown_user" }]);
  expect(await messageCalls()).toEqual([]);
});

it("finds an account's notice behind a flood of strangers' at once", async () => {
  await query(
    `insert into notices (user_id, topic, resource, subject, dedupe)
     select (900000000 + i)::text, 'messages', 'stranger-' || i, 'stranger-' || i, 'flood-' || i from generate_series(1, 4000) i`,
  );
  await buyerWrites("Detrás de todos");
  await settled();
  const found = createNoticePump(house.rt);
  const read = createPullPump(house.rt);
  stop = async () => {
    await Promise.all([found.stop(), read.stop()]);
  };
  // Once: it goes on by itself while there are notices, whoever's they are.
  found.wake();
  await wait(async () => {
    // What a worker holds is its own while it is known to live.
    await beat(house.rt.db, house.rt.worker);
    read.wake();
    expect(await texts()).toContain("Detrás de todos");
  });
});

it("spends one read on a forged notice, whatever it points at", async () => {
  const forged = randomUUID().replaceAll("-", "");
  await notify({ topic: "messages", resource: forged, actions: ["created"] });
  await notify({ topic: "orders_v2", resource: "/orders/2999999999999999" });
  await run();
  await worked();
  expect(await notices()).toMatchObject([
    { state: "dropped", outcome: "refused" },
    { state: "dropped", outcome: "refused" },
  ]);
  const spent = await house.calls({ path: `${forged}|2999999999999999` });
  expect(spent).toHaveLength(2);
});

it("spends one read each on a flood of forged notices that look too fresh", async () => {
  await house.control("/settings", { readableAfterMs: 3_600_000 });
  await buyerWrites("Demasiado nuevo");
  await settled();
  // Ten of this account's wait to be asked for again: nobody can tell them from what is only too fresh.
  await query(
    `insert into notices (user_id, topic, resource, subject, dedupe, outcome, tries, not_before)
     select $1, 'messages', 'waits-' || i, 'waits-' || i, 'waits-' || i, 'too_fresh', 1, now() + interval '1 hour'
     from generate_series(1, 10) i`,
    [sellerId],
  );
  await run();
  await wait(async () => {
    const [row] = await query("select state, outcome from notices where tries = 0");
    expect(row).toEqual({ state: "dropped", outcome: "too_fresh" });
  });
  expect(await messageCalls()).toHaveLength(1);
});

it("tries a message that is not readable yet again within seconds", async () => {
  await house.control("/settings", { readableAfterMs: 1_500 });
  await run();
  await buyerWrites("Recién escrito");
  await wait(async () => expect(await texts()).toEqual(["Hola", "Recién escrito"]));
  await worked();
  const [row] = await notices();
  expect(row).toMatchObject({ state: "done", outcome: "followed" });
  expect(row.tries).toBeGreaterThanOrEqual(1);
});

it("asks nothing when somebody only read, or when the message is stored already", async () => {
  const [held] = await query("select id from messages where account_id = $1", [sellerId]);
  await query("update messages set noticed_at = null where id = $1", [held.id]);
  await notify({ topic: "messages", resource: randomUUID(), actions: ["read"] });
  await notify({ topic: "messages", resource: held.id, actions: ["created"] });
  await run();
  await worked();
  expect(await notices()).toMatchObject([
    { state: "done", outcome: "read" },
    { state: "done", outcome: "stored" },
  ]);
  expect(await messageCalls()).toEqual([]);
  const [noticed] = await query("select noticed_at from messages where id = $1", [held.id]);
  expect(noticed.noticed_at).not.toBeNull();
});

it("reads the sale anew when its parcel moves, and nothing more when nothing moved", async () => {
  await run();
  await house.control(`/threads/${pack}/shipment`, { status: "shipped" });
  await wait(async () => {
    const thread = await house.read(ThreadViewSchema, `/api/threads/messages/${pack}`, { as: me });
    expect(thread.context?.shipment?.status).toBe("shipped");
  });
  await settled();
  await worked();
  await quiet();
  const [order] = await query("select order_id from threads where external_id = $1", [pack]);
  await house.control("/calls/clear", {});
  // In the very second of the read nobody could tell (store/noticed.ts).
  await query("update threads set context_at = context_at + interval '1 second'");
  await notify({ topic: "orders_v2", resource: `/orders/${order.order_id}` });
  await worked();
  expect((await notices()).at(-1)).toMatchObject({ state: "done", outcome: "unchanged" });
  expect(await house.calls({ path: "^/orders/\\d" })).toHaveLength(1);
});

it("asks nothing about a listing that nobody has asked about", async () => {
  const before = (await house.calls({ path: "items" })).length;
  await notify({ topic: "items", resource: "/items/MLA1000000001" });
  await run();
  await worked();
  expect((await notices()).map(({ state }) => state)).toEqual(["done"]);
  expect(await house.calls({ path: "items" })).toHaveLength(before);
});

it("takes over what a dead worker held, and leaves a living one's alone", async () => {
  const [dead, alive] = [randomUUID(), randomUUID()];
  await buyerWrites("Uno");
  await buyerWrites("Dos");
  await settled();
  await query(
    "insert into workers (id, seen_at) values ($1, now() - interval '10 seconds'), ($2, now() + interval '1 hour')",
    [dead, alive],
  );
  await query(
    "update notices set claimed_by = case when id = (select min(id) from notices) then $1 else $2 end::uuid",
    [dead, alive],
  );
  await query("update threads set pull_owner = $1 where account_id = $2", [dead, sellerId]);
  await run();
  await wait(async () => expect(await texts()).toContain("Uno"));
  await wait(async () =>
    expect(await notices()).toMatchObject([{ state: "done" }, { state: "pending", claimed_by: alive }]),
  );
});

it("lets go of everything when it stops", async () => {
  await run();
  await buyerWrites("Última");
  await stop?.();
  stop = null;
  expect((await notices()).filter(({ claimed_by }) => claimed_by !== null)).toEqual([]);
  expect(await query("select 1 from threads where pull_owner is not null")).toEqual([]);
  await run();
  await wait(async () => expect(await texts()).toContain("Última"));
});

it("looks again in seconds when the conversation does not show the message yet", async () => {
  const accessToken = await house.rt.vault.access(me.accountId);
  const address = `${house.apiUrl}/messages/packs/${pack}/sellers/${sellerId}?tag=post_sale&mark_as_read=false`;
  const before = await (await fetch(address, { headers: { authorization: `Bearer ${accessToken}` } })).json();
  await house.control("/calls/clear", {});
  await house.control("/faults", {
    method: "GET",
    path: "/messages/packs/",
    times: 1,
    status: 200,
    body: before,
  });
  await run();
  await buyerWrites("Tardo un poco");
  await wait(async () => expect(await notices()).toMatchObject([{ state: "pending", outcome: "awaited" }]));
  await wait(async () => expect(await texts()).toContain("Tardo un poco"));
  await worked();
  expect(await notices()).toMatchObject([{ state: "done", outcome: "followed", tries: 2 }]);
});
