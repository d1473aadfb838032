import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { beat } from "@/lib/server/store/workers";
import { createPullPump } from "@/lib/server/sync/pull-wishes";
import { InboxPageSchema } from "@/lib/shared/api/inbox";
import { ThreadViewSchema } from "@/lib/shared/api/thread";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { arrived, repliesOn, runOnce, send, workOff } from "@/scripts/testing/outbox";
import { wishLaterLooks } from "./later-looks";

/** A word that the simulator's moderation rejects (messages.md 7). */
const RUDE = "No sea boludo";
const REASON = "OUT_OF_PLACE_LANGUAGE";
const MINUTE = 60;

let house: House;
let me: SignedIn;
let sellerId: string;
let packId: string;
let thread: string;
let pump: ReturnType<typeof createPullPump>;

beforeAll(async () => {
  house = await createHouse();
  pump = createPullPump(house.rt);
});
beforeEach(async () => {
  await house.control("/settings", { moderationTiming: "at_once" });
  sellerId = await house.newSeller();
  me = await house.signIn(sellerId);
  packId = await house.newThread(sellerId, {
    messages: [{ from: "buyer", text: "¿Y mi pedido?", minutesAgo: 20 }],
  });
  thread = `/api/threads/messages/${packId}`;
  await house.call(thread, { as: me });
});
afterAll(async () => {
  await pump.stop();
  await house.close();
});

const moderates = (moderationTiming: string, seconds: number) =>
  house.control("/settings", { moderationTiming, moderationDelayMs: seconds * 1_000 });
const sql = (text: string, values: unknown[] = []) => house.rt.database.pool.query(text, values);
const view = () => house.read(ThreadViewSchema, thread, { as: me });

/** So much time passes, at Mercado Libre and here; then the worker has its round, and reads what it wished for. */
async function pass(seconds: number): Promise<number> {
  await house.control("/clock", { advanceMs: seconds * 1_000 });
  await sql(
    `update outbox set settled_at = settled_at - $1 * interval '1 second', check_at = check_at - $1 * interval '1 second'`,
    [seconds],
  );
  await sql("update messages set stored_at = stored_at - $1 * interval '1 second'", [seconds]);
  await house.control("/calls/clear", {});
  // What a worker holds is its own while it is known to live.
  await beat(house.rt.db, house.rt.worker);
  await wishLaterLooks(house.rt);
  pump.wake();
  const isIdle = async () => {
    const { rows } = await sql(
      "select 1 from threads where (pull_wanted_at is not null and pull_lane <> 'reconcile') or pull_owner is not null",
    );
    return rows.length === 0;
  };
  while (!(await isIdle())) await new Promise((resolve) => setTimeout(resolve, 20));
  const calls = await house.calls({ method: "GET", path: `/messages/packs/${packId}` });
  // Tokens age, too.
  return calls.filter(({ status }) => status !== 401).length;
}
const reply = async () => (await repliesOn(house, packId))[0];
const looksLeft = async () => {
  const { rows } = await sql("select checks, check_at from outbox order by created_at desc limit 1");
  return { taken: rows[0]?.checks, isOver: rows[0]?.check_at === null };
};

it("looks at a sent reply after half a minute, two minutes and ten, and then no more", async () => {
  await send(house, me, thread, { text: "Sale hoy" });
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
  expect(await pass(20)).toBe(0);
  expect(await pass(15)).toBe(1);
  expect(await pass(60)).toBe(0);
  expect(await pass(30)).toBe(1);
  expect(await pass(8 * MINUTE)).toBe(1);
  expect(await looksLeft()).toEqual({ taken: 3, isOver: true });
  expect(await pass(7 * 24 * 60 * MINUTE)).toBe(0);
});

it("takes back that a reply was sent when moderation comes late, without anybody looking", async () => {
  await moderates("after_clean", 5 * MINUTE);
  await send(house, me, thread, { text: RUDE });
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
  await pass(31);
  await pass(100);
  expect(await reply()).toMatchObject({ state: "sent" });
  const { rows: before } = await sql("select change_no from accounts where id = $1", [me.accountId]);
  await pass(8 * MINUTE);
  expect(await reply()).toMatchObject({ state: "rejected", reason: REASON });
  const { rows } = await house.read(InboxPageSchema, "/api/inbox", { as: me });
  expect(rows[0]).toMatchObject({ externalId: packId, outbox: "rejected", isWaiting: true });
  const { rows: after } = await sql("select change_no from accounts where id = $1", [me.accountId]);
  expect(Number(after[0]?.change_no)).toBeGreaterThan(Number(before[0]?.change_no));
  expect(await looksLeft()).toMatchObject({ isOver: true });
});

it("follows a reply in moderation for days, and says what was decided", async () => {
  await moderates("pending", 30 * 60 * MINUTE);
  await send(house, me, thread, { text: RUDE });
  expect(await workOff(house, packId)).toMatchObject([{ state: "moderation" }]);
  for (const seconds of [31, 91, 8 * MINUTE + 1, 50 * MINUTE + 1, 23 * 60 * MINUTE + 1]) {
    expect(await pass(seconds)).toBe(1);
    expect(await reply()).toMatchObject({ state: "moderation" });
  }
  expect(await pass(24 * 60 * MINUTE)).toBe(1);
  expect(await reply()).toMatchObject({ state: "rejected", reason: REASON });
});

it("goes on looking at a reply that moderation has just let through", async () => {
  await moderates("pending", MINUTE);
  await send(house, me, thread, { text: "Sale hoy" });
  expect(await workOff(house, packId)).toMatchObject([{ state: "moderation" }]);
  await pass(31);
  await pass(91);
  expect(await reply()).toMatchObject({ state: "sent", reason: null });
  expect(await pass(31)).toBe(1);
});

it("reads once for several replies of a conversation", async () => {
  for (const text of ["Uno", "Dos", "Tres"]) await send(house, me, thread, { text });
  expect((await workOff(house, packId)).map(({ state }) => state)).toEqual(["sent", "sent", "sent"]);
  expect(await pass(31)).toBe(1);
  expect(await pass(89)).toBe(1);
  const { rows } = await sql(
    "select distinct checks from outbox o join threads t on t.id = o.thread_id where t.external_id = $1",
    [packId],
  );
  expect(rows).toEqual([{ checks: 2 }]);
});

it("counts a read that happened anyway", async () => {
  await send(house, me, thread, { text: "Sale hoy" });
  await workOff(house, packId);
  expect(await pass(31)).toBe(1);
  // Nearer to the second look than to the first.
  await sql(
    "update outbox set settled_at = settled_at - interval '60 seconds', check_at = check_at - interval '60 seconds'",
  );
  await house.read(ThreadViewSchema, `${thread}/refresh`, { as: me, method: "POST" });
  expect(await looksLeft()).toMatchObject({ taken: 2, isOver: false });
  expect(await pass(40)).toBe(0);
});

it("takes up after a long standstill with one look instead of all that were missed", async () => {
  await send(house, me, thread, { text: "Sale hoy" });
  await workOff(house, packId);
  expect(await pass(5 * MINUTE)).toBe(1);
  expect(await pass(0)).toBe(0);
  expect(await looksLeft()).toMatchObject({ taken: 1, isOver: false });
});

it("looks again after a read that failed", async () => {
  await moderates("after_clean", 20);
  await send(house, me, thread, { text: RUDE });
  await workOff(house, packId);
  await house.control("/faults", { method: "GET", path: `/messages/packs/${packId}`, times: 3, status: 503 });
  const reads = pass(31);
  // The wish outlives the failure: it is as old as its next try.
  await expect
    .poll(
      async () => {
        await sql("update threads set pull_wanted_at = now() where pull_wanted_at > now()");
        pump.wake();
        return (await reply())?.state;
      },
      { timeout: 30_000 },
    )
    .toBe("rejected");
  expect(await reads).toBeGreaterThan(1);
  await house.control("/faults/clear", {});
});

it("says that a reply is not there any more when the conversation has lost it, and sends it again only when told", async () => {
  await send(house, me, thread, { text: "Sale hoy" });
  const [sent] = await workOff(house, packId);
  const { messages, ...page } = await pageWithout(sent?.message_id ?? "");
  const faulty = {
    method: "GET",
    path: `/messages/packs/${packId}`,
    status: 200,
    body: { ...page, messages },
  };
  await house.control("/faults", { ...faulty, times: 50 });
  await pass(31);
  // Too young to be called gone: reads and storages overtake each other.
  expect(await reply()).toMatchObject({ state: "sent" });
  await pass(91);
  expect(await reply()).toMatchObject({ state: "uncertain", reason: "vanished", settled_at: null });
  expect((await view()).messages.map(({ text }) => text)).toEqual(["¿Y mi pedido?"]);
  expect(await workOff(house, packId)).toMatchObject([{ state: "uncertain", reason: "vanished" }]);
  expect(await view()).toMatchObject({
    row: { outbox: "uncertain", isWaiting: true },
    outbox: [{ state: "uncertain", canRetry: true }],
  });
  expect(await arrived(house, packId)).toEqual(["Sale hoy"]);

  // It comes back: nothing is sent again, and the reply is what it was.
  await house.control("/faults/clear", {});
  await house.read(ThreadViewSchema, `${thread}/refresh`, { as: me, method: "POST" });
  await runOnce(house, packId);
  expect(await reply()).toMatchObject({ state: "sent", reason: null });
  expect(await arrived(house, packId)).toEqual(["Sale hoy"]);
});

it("keeps a buyer's message that moderation took away, and waits for it no more", async () => {
  await send(house, me, thread, { text: "Sale hoy" });
  await workOff(house, packId);
  await house.control("/buyer/message", { packId, text: "Grosería" });
  await house.read(ThreadViewSchema, `${thread}/refresh`, { as: me, method: "POST" });
  const before = await view();
  expect(before.row).toMatchObject({ isWaiting: true, newCount: 1 });
  const gone = before.messages.at(-1)?.id ?? "";
  const body = await pageWithout(gone);
  await house.control("/faults", {
    method: "GET",
    path: `/messages/packs/${packId}`,
    status: 200,
    body,
    times: 9,
  });
  await pass(2 * MINUTE);
  const after = await view();
  expect(after.messages.map(({ text }) => text)).toContain("Grosería");
  expect(after.row).toMatchObject({ isWaiting: false, newCount: 0, snippet: "Sale hoy" });
  await house.control("/faults/clear", {});
});

/** What Mercado Libre would answer if this message were gone. */
async function pageWithout(id: string) {
  const { messages } = await house.held(packId);
  const left = messages.filter((message) => message.id !== id);
  const { buyerId } = await house.held(packId);
  return {
    paging: { limit: 100, offset: 0, total: left.length },
    conversation_status: { path: `/packs/${packId}/sellers/${sellerId}`, status: "active", substatus: null },
    messages: left.map((message, index) => ({
      id: message.id,
      from: { user_id: message.author === "seller" ? sellerId : buyerId },
      to: { user_id: message.author === "seller" ? buyerId : sellerId },
      status: "available",
      text: message.text,
      message_date: { created: new Date(Date.now() - (left.length - index) * 1_000).toISOString() },
      message_moderation: { status: "clean", reason: null },
    })),
    seller_max_message_length: 350,
  };
}

it("leaves a conversation that is being stored for the next round, and neither waits for the other", async () => {
  await send(house, me, thread, { text: "Sale hoy" });
  await workOff(house, packId);
  await sql(
    `update outbox set check_at = case when thread_id = (select id from threads where external_id = $1)
     then now() - interval '1 second' end`,
    [packId],
  );
  const storing = await house.rt.database.pool.connect();
  try {
    await storing.query("begin");
    await storing.query("select 1 from threads where external_id = $1 for update", [packId]);
    expect(await wishLaterLooks(house.rt)).toBe(0);
    // What was read moves the replies, under the conversation's lock.
    await storing.query("select 1 from outbox where message_id is not null for update nowait");
    await storing.query("commit");
  } finally {
    storing.release(true);
  }
  expect(await wishLaterLooks(house.rt)).toBe(1);
  expect(await wishLaterLooks(house.rt)).toBe(0);
});
