import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { syncAccount } from "@/lib/server/sync/sync-account";
import { InboxPageSchema, SummarySchema } from "@/lib/shared/api/inbox";
import { ThreadViewSchema } from "@/lib/shared/api/thread";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { send, workOff } from "@/scripts/testing/outbox";

let house: House;
let me: SignedIn;
let sellerId: string;
let packId: string;
let thread: string;

beforeAll(async () => {
  house = await createHouse();
  // Two messages within one second are two moments here.
  await house.control("/settings", { dateStyle: "millis" });
});
beforeEach(async () => {
  sellerId = await house.newSeller();
  packId = await house.newThread(sellerId, {
    messages: [
      { from: "buyer", text: "Uno", minutesAgo: 50, unread: false },
      { from: "seller", text: "Dos", minutesAgo: 40 },
      { from: "buyer", text: "Tres", minutesAgo: 30, unread: true },
      { from: "buyer", text: "Cuatro", minutesAgo: 20, unread: true },
    ],
  });
  thread = `/api/threads/messages/${packId}`;
  me = await house.signIn(sellerId);
  await syncAccount(house.rt, me.accountId, new AbortController().signal);
});
afterAll(() => house.close());

const row = async (as = me) => (await house.read(InboxPageSchema, "/api/inbox", { as })).rows[0];
const look = (messageId: string | null, as = me) =>
  house.call(`${thread}/looked`, { as, method: "POST", body: { messageId } });
const refresh = (as = me) => house.read(ThreadViewSchema, `${thread}/refresh`, { as, method: "POST" });
async function buyerWrites(text: string): Promise<void> {
  await house.control("/buyer/message", { packId, text });
  await refresh();
}

it("starts with what Mercado Libre calls unread", async () => {
  expect(await row()).toMatchObject({ newCount: 2, meliUnread: 2, isWaiting: true });
  expect(await house.read(SummarySchema, "/api/summary", { as: me })).toMatchObject({ waiting: 1, fresh: 1 });
});

it("falls with a look, up to the message that was seen, and Mercado Libre's count stays", async () => {
  const { messages } = await house.read(ThreadViewSchema, thread, { as: me });
  await look(messages[2]?.id ?? null);
  expect(await row()).toMatchObject({ newCount: 1, meliUnread: 2 });
  await look(messages[3]?.id ?? null);
  expect(await row()).toMatchObject({ newCount: 0, meliUnread: 2, isWaiting: true });
  expect(await house.unread(sellerId)).toEqual([{ packId, count: 2 }]);
  // A look never moves back.
  await look(messages[0]?.id ?? null);
  expect(await row()).toMatchObject({ newCount: 0 });
});

it("sees everything there is when no message is named", async () => {
  await look(null);
  expect(await row()).toMatchObject({ newCount: 0 });
  await buyerWrites("Cinco");
  expect(await row()).toMatchObject({ newCount: 1, snippet: "Cinco" });
});

it("counts only what the buyer wrote and moderation let through", async () => {
  await look(null);
  await send(house, me, thread, { text: "Respuesta" });
  await workOff(house, packId);
  expect(await row()).toMatchObject({ newCount: 0, isWaiting: false, lastDirection: "out" });
  await house.control("/buyer/message", { packId, text: "grosería", moderatedFor: "OUT_OF_PLACE_LANGUAGE" });
  await refresh();
  expect(await row()).toMatchObject({ newCount: 0, isWaiting: false });
  await buyerWrites("Gracias");
  expect(await row()).toMatchObject({ newCount: 1, isWaiting: true });
});

it("moves the account's number when a screen must read again, and only then", async () => {
  const change = async () =>
    (await house.read(SummarySchema, "/api/summary", { as: me })).accounts[0]?.change;
  const before = await change();
  await refresh();
  expect(await change()).toBe(before);
  await buyerWrites("Cinco");
  expect(await change()).not.toBe(before);
});

it("is each member's own, and a member who joins later starts with a clean list", async () => {
  // The account was connected a day ago, by me.
  for (const table of ["accounts", "memberships"]) {
    await house.rt.database.pool.query(`update ${table} set created_at = created_at - interval '1 day'`);
  }
  const colleague = await house.signIn(await house.newSeller());
  const { userId, sessionId } = colleague;
  await house.signIn(sellerId, { kind: "connect", userId, sessionId, renews: null });
  await refresh();
  expect(await row()).toMatchObject({ newCount: 2 });
  expect(await row(colleague)).toMatchObject({ externalId: packId, newCount: 0, isWaiting: true });

  await buyerWrites("Cinco");
  expect([(await row())?.newCount, (await row(colleague))?.newCount]).toEqual([3, 1]);
  await look(null);
  expect([(await row())?.newCount, (await row(colleague))?.newCount]).toEqual([0, 1]);
});
