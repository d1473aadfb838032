import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { withAccount } from "@/lib/server/account-context";
import { ThreadViewSchema } from "@/lib/shared/api/thread";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { threadOf } from "@/scripts/testing/outbox";
import { pullContext } from "./pull-context";

let house: House;
let me: SignedIn;
let sellerId: string;

beforeAll(async () => {
  house = await createHouse();
  sellerId = await house.newSeller({ siteId: "CBT", marketplaces: ["MLM", "MLB"] });
  me = await house.signIn(sellerId);
});
afterEach(() => house.control("/settings", { globalNames: "full", partialOrders: false }));
afterAll(() => house.close());

const sale = (thread: object = {}) =>
  house.newThread(sellerId, {
    siteId: "MLB",
    buyerName: "Mariana Souza",
    messages: [
      { from: "buyer", text: "Chegou?", translated: "Did it arrive?", minutesAgo: 20 },
      { from: "seller", text: "Soon", minutesAgo: 10 },
    ],
    ...thread,
  });
const refresh = (packId: string) =>
  house.read(ThreadViewSchema, `/api/threads/messages/${packId}/refresh`, { as: me, method: "POST" });
const open = (packId: string) => house.read(ThreadViewSchema, `/api/threads/messages/${packId}`, { as: me });
async function readSale(packId: string): Promise<void> {
  const id = await threadOf(house, packId);
  await withAccount(house.rt, me.accountId, "open", (ctx) => pullContext(house.rt, ctx, id));
}

it("names the buyer of Global Selling by the messages before the sale was read", async () => {
  const packId = await sale();
  const view = await open(packId);
  expect(view.row.buyer).toBe("Mariana Souza");
  expect(view.messages.map(({ author, direction }) => [author, direction])).toEqual([
    ["buyer", "in"],
    ["seller", "out"],
  ]);
});

it("waits for a name where the messages have an empty one", async () => {
  await house.control("/settings", { globalNames: "empty" });
  const packId = await sale();
  expect((await open(packId)).row.buyer).toBeNull();
  await house.control("/settings", { globalNames: "full" });
  expect((await refresh(packId)).row.buyer).toBe("Mariana Souza");
});

it("keeps the messages' name when the order tells none", async () => {
  await house.control("/settings", { partialOrders: true });
  const packId = await sale();
  expect((await open(packId)).row.buyer).toBe("Mariana Souza");
  await readSale(packId);
  expect((await refresh(packId)).row.buyer).toBe("Mariana Souza");
});

it("never lets the messages' name stand over the order's", async () => {
  const packId = await sale();
  await open(packId);
  await house.rt.database.pool.query(
    "update threads set buyer_name = 'Mariana S. Lima' where external_id = $1",
    [packId],
  );
  expect((await refresh(packId)).row.buyer).toBe("Mariana S. Lima");
});

it("takes what a marketplace's own user wrote for the seller's, on every site of the account", async () => {
  for (const siteId of ["MLM", "MLB"]) {
    const view = await open(await sale({ siteId }));
    expect(view.row.siteId).toBe(siteId);
    expect(view.messages.map(({ author }) => author)).toEqual(["buyer", "seller"]);
    expect(view.row).toMatchObject({ isWaiting: false, buyer: "Mariana Souza" });
  }
});

it("takes no name from a conversation with an agent", async () => {
  const packId = await sale({ isAgent: true });
  const view = await open(packId);
  expect(view.hasAgent).toBe(true);
  expect(view.row.buyer).toBeNull();
  await readSale(packId);
  expect((await open(packId)).context?.buyer?.id).toBe((await house.held(packId)).buyerId);
});
