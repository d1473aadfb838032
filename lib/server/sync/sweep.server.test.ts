import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { withAccount } from "@/lib/server/account-context";
import { channelOf } from "@/lib/server/channels/channels";
import { InboxPageSchema } from "@/lib/shared/api/inbox";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { sweepUnread } from "./sweep-unread";
import { syncAccount } from "./sync-account";

let house: House;
let me: SignedIn;
let sellerId: string;
let quiet: string;
let waiting: string;

beforeAll(async () => {
  house = await createHouse();
});
beforeEach(async () => {
  sellerId = await house.newSeller();
  quiet = await house.newThread(sellerId, {
    messages: [
      { from: "buyer", text: "Hola", minutesAgo: 60 },
      { from: "seller", text: "Buenas", minutesAgo: 50 },
    ],
  });
  waiting = await house.newThread(sellerId, {
    messages: [{ from: "buyer", text: "¿Llega hoy?", minutesAgo: 30, unread: true }],
  });
  me = await house.signIn(sellerId);
  await syncAccount(house.rt, me.accountId, new AbortController().signal);
  await house.control("/calls/clear", {});
  await house.control("/faults/clear", {});
});
afterAll(() => house.close());

const sweep = () => withAccount(house.rt, me.accountId, "reconcile", (ctx) => sweepUnread(house.rt, ctx));
const rows = async () => (await house.read(InboxPageSchema, "/api/inbox", { as: me })).rows;
const buyerWrites = (packId: string, text: string, more: object = {}) =>
  house.control("/buyer/message", { packId, text, ...more });
const readsOf = (packId: string) => house.calls({ method: "GET", path: `/messages/packs/${packId}` });

it("asks for the list alone while nothing changes", async () => {
  await sweep();
  expect((await house.calls({ sellerId })).map(({ path }) => path)).toEqual(["/messages/unread"]);
});

it("finds what a buyer wrote, and puts it on top", async () => {
  await buyerWrites(quiet, "¿Y la factura?");
  await sweep();
  expect(await rows()).toMatchObject([
    { externalId: quiet, snippet: "¿Y la factura?", newCount: 1, meliUnread: 1, isWaiting: true },
    { externalId: waiting },
  ]);
  expect(await readsOf(waiting)).toEqual([]);
});

it("finds a conversation that no sale had named", async () => {
  const old = await house.newThread(sellerId, { soldDaysAgo: 90 });
  await buyerWrites(old, "Se rompió");
  await sweep();
  expect((await rows())[0]).toMatchObject({ externalId: old, snippet: "Se rompió", newCount: 1 });
});

it("settles a count that nobody can see: a moderated message is not read again every time", async () => {
  await buyerWrites(quiet, "grosería", { moderatedFor: "OUT_OF_PLACE_LANGUAGE" });
  await sweep();
  expect(await readsOf(quiet)).toHaveLength(1);
  await sweep();
  await sweep();
  expect(await readsOf(quiet)).toHaveLength(1);
  expect((await rows()).find((row) => row.externalId === quiet)).toMatchObject({
    newCount: 0,
    meliUnread: 1,
    isWaiting: false,
  });
});

it("keeps a listed conversation that Mercado Libre refuses to show, and does not ask again at once", async () => {
  const body = { message: "forbidden", error: "forbidden", status: 403 };
  await house.control("/faults", {
    method: "GET",
    path: `/messages/packs/${quiet}`,
    times: 9,
    status: 403,
    body,
  });
  await buyerWrites(quiet, "¿Me leen?");
  await sweep();
  await sweep();
  expect(await readsOf(quiet)).toHaveLength(1);
  expect((await rows()).find((row) => row.externalId === quiet)).toMatchObject({
    meliUnread: 1,
    snippet: "Buenas",
  });

  // A count that moves is news: it is asked for again.
  await house.control("/faults/clear", {});
  await buyerWrites(quiet, "¿Hola?");
  await sweep();
  expect((await rows())[0]).toMatchObject({ externalId: quiet, snippet: "¿Hola?" });
});

it("clears Mercado Libre's count of what was read elsewhere, and nothing of ours", async () => {
  await withAccount(house.rt, me.accountId, "open", async (ctx) => {
    await channelOf("messages").markRead?.(ctx, { externalId: waiting, sellerId, siteId: "MLA" });
  });
  await sweep();
  expect((await rows()).find((row) => row.externalId === waiting)).toMatchObject({
    meliUnread: 0,
    newCount: 1,
    isWaiting: true,
  });
});

it("clears no count on the word of a list that was cut off", async () => {
  await buyerWrites(quiet, "¿Y la factura?");
  await sweep();
  const results = Array.from({ length: 500 }, () => ({
    resource: `/packs/${quiet}/sellers/${sellerId}`,
    count: 1,
  }));
  await house.control("/faults", {
    method: "GET",
    path: "^/messages/unread$",
    times: 1,
    status: 200,
    body: { user_id: Number(sellerId), results },
  });
  await sweep();
  expect((await rows()).find((row) => row.externalId === waiting)).toMatchObject({ meliUnread: 1 });
});

it("changes nothing when the list cannot be read", async () => {
  const before = await rows();
  await house.control("/faults", {
    method: "GET",
    path: "^/messages/unread$",
    times: 1,
    status: 200,
    body: "<p>hi</p>",
  });
  await house.control("/faults", {
    method: "GET",
    path: "^/messages/unread$",
    times: 1,
    status: 200,
    body: { results: "?" },
  });
  await expect(sweep()).rejects.toMatchObject({ code: "meli_unreadable" });
  expect(await rows()).toEqual(before);
});
