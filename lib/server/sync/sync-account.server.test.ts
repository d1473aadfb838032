import { afterAll, beforeAll, expect, it } from "vitest";
import { listInboxRows } from "@/lib/server/store/inbox";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { syncAccount } from "./sync-account";

let house: House;
beforeAll(async () => {
  house = await createHouse();
});
afterAll(() => house.close());

const rowsOf = async ({ userId, accountId }: SignedIn) =>
  (
    await listInboxRows(
      house.rt.database.pool,
      { userId, accountIds: [accountId], channel: null, state: null },
      null,
      100,
    )
  ).rows;
const unreadOf = (sellerId: string) => house.control(`/unread?sellerId=${sellerId}`);
const signal = new AbortController().signal;

const PROFILES = [
  { name: "LOCAL", seller: { siteId: "MLA" }, site: "MLA" },
  { name: "GLOBAL", seller: { siteId: "CBT", marketplaces: ["MLM", "MLB"] }, site: "MLB" },
];

for (const { name, seller, site } of PROFILES) {
  it(`brings in what waits and every sale, and marks nothing read (${name})`, async () => {
    const sellerId = await house.newSeller(seller);
    const siteId = site;
    const waiting = await house.newThread(sellerId, {
      siteId,
      product: { title: "Taladro percutor 13 mm" },
      messages: [
        { from: "buyer", text: "Hola", minutesAgo: 90 },
        { from: "seller", text: "Buenas", minutesAgo: 80 },
        { from: "buyer", text: "¿Cuándo llega?", minutesAgo: 10, unread: true },
      ],
    });
    const answered = await house.newThread(sellerId, {
      siteId,
      product: { title: "Monitor 24 pulgadas" },
      messages: [
        { from: "buyer", text: "¿Tiene garantía?", minutesAgo: 400 },
        { from: "seller", text: "Sí, un año.", minutesAgo: 300 },
      ],
    });
    const silent = await house.newThread(sellerId, {
      siteId,
      product: { title: "Mochila urbana" },
      soldDaysAgo: 3,
    });
    const before = await unreadOf(sellerId);

    const me = await house.signIn(sellerId);
    await syncAccount(house.rt, me.accountId, signal);

    const rows = await rowsOf(me);
    expect(rows.map((row) => row.externalId)).toEqual([waiting, answered, silent]);
    expect(rows.map((row) => row.product)).toEqual([
      "Taladro percutor 13 mm",
      "Monitor 24 pulgadas",
      "Mochila urbana",
    ]);
    expect(rows.map((row) => row.newCount)).toEqual([1, 0, 0]);
    expect(rows.map((row) => row.isWaiting)).toEqual([true, false, false]);
    expect(rows.map((row) => row.siteId)).toEqual([site, site, site]);
    expect(await unreadOf(sellerId)).toEqual(before);
  });
}

it("changes nothing when it runs again", async () => {
  const sellerId = await house.newSeller();
  await house.newThread(sellerId, {
    messages: [{ from: "buyer", text: "Hola", minutesAgo: 5, unread: true }],
  });
  const me = await house.signIn(sellerId);
  await syncAccount(house.rt, me.accountId, signal);
  const rows = await rowsOf(me);
  await syncAccount(house.rt, me.accountId, signal);
  expect(await rowsOf(me)).toEqual(rows);
});
