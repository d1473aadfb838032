import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { beat } from "@/lib/server/store/workers";
import { OlderPageSchema, type ThreadView, ThreadViewSchema } from "@/lib/shared/api/thread";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { arrived, send, sends, workOff } from "@/scripts/testing/outbox";
import { pullThread } from "./pull-thread";
import { createPullPump } from "./pull-wishes";

let house: House;
let me: SignedIn;
let sellerId: string;
let pump: ReturnType<typeof createPullPump>;

beforeAll(async () => {
  house = await createHouse();
  pump = createPullPump(house.rt);
});
beforeEach(async () => {
  sellerId = await house.newSeller({ siteId: "MLB" });
  me = await house.signIn(sellerId);
});
afterAll(async () => {
  await pump.stop();
  await house.close();
});

/** A conversation of so many messages, named by their numbers. */
const long = (count: number, thread: object = {}) =>
  house.newThread(sellerId, {
    soldDaysAgo: 20,
    messages: Array.from({ length: count }, (_, index) => ({
      from: index % 3 === 2 ? "seller" : "buyer",
      text: `n${index + 1}`,
      minutesAgo: (count - index) * 5,
      unread: false,
    })),
    ...thread,
  });
const pathOf = (packId: string) => `/api/threads/messages/${packId}`;
const open = (packId: string) => house.read(ThreadViewSchema, pathOf(packId), { as: me });
const older = (packId: string, before: string) =>
  house.read(OlderPageSchema, `${pathOf(packId)}/older?before=${before}`, { as: me });
const reads = async (packId: string) =>
  (await house.calls({ method: "GET", path: `/messages/packs/${packId}` })).length;
const textsOf = (messages: ThreadView["messages"]) => messages.map(({ text }) => text);

/** A notification has the conversation read. Returns how many calls that took. */
async function notified(packId: string): Promise<number> {
  await house.control("/calls/clear", {});
  // What a worker holds is its own while it is known to live.
  await beat(house.rt.db, house.rt.worker);
  await house.rt.database.pool.query(
    "update threads set pull_wanted_at = now(), pull_lane = 'notice' where external_id = $1",
    [packId],
  );
  pump.wake();
  await expect
    .poll(
      async () => {
        const { rows } = await house.rt.database.pool.query(
          "select 1 from threads where external_id = $1 and (pull_wanted_at is not null or pull_owner is not null)",
          [packId],
        );
        return rows.length;
      },
      { timeout: 30_000 },
    )
    .toBe(0);
  return reads(packId);
}

/** Scrolls up to the beginning. */
async function scrollUp(packId: string): Promise<string[]> {
  let { messages, hasOlder } = await open(packId);
  const texts = textsOf(messages);
  for (let pages = 0; hasOlder && pages < 60; pages += 1) {
    const page = await older(packId, messages[0]?.id ?? "");
    if (page.messages.length > 0) messages = page.messages;
    hasOlder = page.hasOlder;
    texts.unshift(...textsOf(page.messages));
  }
  return texts;
}

it("costs one read when somebody writes into a conversation of 300 messages", async () => {
  const packId = await long(300);
  await open(packId);
  await house.control("/buyer/message", { packId, text: "Mais uma" });
  expect(await notified(packId)).toBe(1);
  const view = await open(packId);
  expect(view.row).toMatchObject({ snippet: "Mais uma", isWaiting: true });
  expect((await scrollUp(packId)).length).toBe(301);
});

it("reads on until the totals prove that nothing is missing", async () => {
  const packId = await long(300);
  await open(packId);
  await house.rt.database.pool.query(
    "delete from messages where text = 'n150' and thread_id = (select id from threads where external_id = $1)",
    [packId],
  );
  await house.rt.database.pool.query("update threads set message_total = 299 where external_id = $1", [
    packId,
  ]);
  expect(await notified(packId)).toBe(2);
  expect(await scrollUp(packId)).toContain("n150");
  expect(await notified(packId)).toBe(1);
});

it("settles with a hidden message: the totals differ once, and not every time", async () => {
  const packId = await long(300);
  await open(packId);
  await house.rt.database.pool.query("update threads set message_total = 310 where external_id = $1", [
    packId,
  ]);
  expect(await notified(packId)).toBe(3);
  expect(await notified(packId)).toBe(1);
});

it("shows everything of a conversation of 1,230 messages to whoever scrolls up, and asks for no more of it than that", async () => {
  const packId = await long(1_230);
  await open(packId);
  expect(await reads(packId)).toBe(5);
  const texts = await scrollUp(packId);
  expect(texts).toEqual(Array.from({ length: 1_230 }, (_, index) => `n${index + 1}`));
  const calls = await house.calls({ method: "GET", path: `/messages/packs/${packId}` });
  expect(calls.length).toBeLessThanOrEqual(5 + 9);
  expect(calls.every(({ query }) => query.includes("mark_as_read=false"))).toBe(true);

  // What was fetched is held: nothing is asked for twice, and what is new is still one read.
  await house.control("/calls/clear", {});
  expect((await scrollUp(packId)).length).toBe(1_230);
  expect(await reads(packId)).toBe(0);
  await house.control("/buyer/message", { packId, text: "Mais uma" });
  expect(await notified(packId)).toBe(1);
  expect((await scrollUp(packId)).length).toBe(1_231);
});

it("answers whom the whole conversation names, although only its newest page is read before sending", async () => {
  // The buyer wrote long ago; since then only the seller has.
  const packId = await house.newThread(sellerId, {
    isAgent: true,
    soldDaysAgo: 20,
    messages: Array.from({ length: 180 }, (_, index) => ({
      from: index < 3 ? "buyer" : "seller",
      text: `n${index + 1}`,
      minutesAgo: (180 - index) * 5,
    })),
  });
  await open(packId);
  await house.control("/calls/clear", {});
  await send(house, me, pathOf(packId), { text: "Chega hoje" });
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);
  const { counterpartId } = await house.held(packId);
  expect((await sends(house, packId)).map(({ body }) => body)).toMatchObject([
    { to: { user_id: counterpartId } },
  ]);
  expect((await arrived(house, packId)).at(-1)).toBe("Chega hoje");
  expect(await reads(packId)).toBeLessThanOrEqual(3);
});

it("keeps the messages of a conversation that came back empty, and knows from them whom to answer", async () => {
  const packId = await long(12, { isAgent: true });
  await open(packId);
  await house.control("/faults", {
    method: "GET",
    path: `/messages/packs/${packId}`,
    times: 1,
    status: 200,
    body: {
      paging: { limit: 100, offset: 0, total: 0 },
      conversation_status: { status: "blocked", substatus: "blocked_by_conversation_expired" },
      messages: [],
      seller_max_message_length: 0,
    },
  });
  const result = await pullThread(house.rt, me.accountId, "messages", packId, "open");
  expect(result).toMatchObject({ kind: "stored", snapshot: { status: "blocked" } });
  expect(result.kind === "stored" && result.snapshot.messages.length).toBe(12);
  const view = await open(packId);
  expect(view.messages.length).toBe(12);
  expect(view.hasOlder).toBe(false);
  expect(view.row).toMatchObject({ substatus: "blocked_by_conversation_expired", snippet: "n12" });
});

it("orders nothing by the date of the state, which may be now on every read", async () => {
  const packId = await long(3);
  const before = (await open(packId)).row;
  await house.control("/settings", { statusDate: "now" });
  const again = await pullThread(house.rt, me.accountId, "messages", packId, "open");
  await house.control("/settings", { statusDate: "changed" });
  expect(again).toMatchObject({ kind: "stored", isChanged: false });
  expect((await open(packId)).row.sortAt).toEqual(before.sortAt);
});

it("shows what it holds, and says so, when Mercado Libre does not give more just now", async () => {
  const packId = await long(620);
  let { messages, hasOlder } = await open(packId);
  await house.control("/faults", {
    method: "GET",
    path: `/messages/packs/${packId}`,
    times: 20,
    status: 503,
  });
  for (let page = 0; page < 9; page += 1) {
    ({ messages, hasOlder } = await older(packId, messages[0]?.id ?? ""));
    expect([messages.length, hasOlder]).toEqual([50, true]);
  }
  const failed = await house.call(`${pathOf(packId)}/older?before=${messages[0]?.id}`, { as: me });
  expect(failed.status).toBe(503);
  await house.control("/faults/clear", {});
  expect((await older(packId, messages[0]?.id ?? "")).messages.length).toBe(50);
});
