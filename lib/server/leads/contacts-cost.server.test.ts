import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ContactsView } from "@/lib/shared/api/leads";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import {
  ageContacts,
  bothCounts,
  contactsOf,
  costOf,
  createLeadShop,
  type LeadShop,
  ofContacts,
  viewContacts,
} from "@/scripts/testing/lead-house";

let house: House;
beforeAll(async () => {
  house = await createHouse();
});
afterAll(() => house.close());

const view = (as: SignedIn, more: Record<string, string> = {}) => viewContacts(house, as, more);
async function agrees(shop: LeadShop, page: ContactsView): Promise<void> {
  const { shown, counted } = await bothCounts(house, shop, page);
  expect(shown).toEqual(counted);
}

describe("a seller of 500 listings", () => {
  let shop: LeadShop;
  beforeAll(async () => {
    shop = await createLeadShop(house, { items: 500, series: { perDay: 0.5 } });
  });

  it("costs at most 90 calls of contacts to see a week and the week before, and none to see it again", async () => {
    const first = await costOf(house, shop.sellerId, () => contactsOf(house, shop.as, { period: "7d" }));
    expect(first.result.items).toHaveLength(500);
    await agrees(shop, first.result);
    // 25 for each kind of all listings; the rest is the account's own, and whether it has any.
    expect(ofContacts(first.calls).length).toBeLessThanOrEqual(90);
    expect(first.calls.length).toBeLessThanOrEqual(130);
    const again = await costOf(house, shop.sellerId, () => view(shop.as));
    expect(again.calls).toEqual([]);
    expect(again.result).toEqual({ ...first.result, period: again.result.period });
  });

  it("costs no call of a listing to see a day of that week, or the hours of it", async () => {
    await contactsOf(house, shop.as, { period: "7d" });
    const day = await costOf(house, shop.sellerId, () => view(shop.as, { period: "24h" }));
    expect(day.result.progress).toBeNull();
    expect(day.result.items.every(({ sum }) => sum !== null)).toBe(true);
    expect(ofContacts(day.calls).every((path) => /^\/users\/\d+\/contacts\/\w+$/.test(path))).toBe(true);
    await agrees(shop, day.result);
    const hours = await costOf(house, shop.sellerId, () => view(shop.as, { unit: "hour" }));
    expect([hours.calls, hours.result.period.unit]).toEqual([[], "hour"]);
  });

  it("costs no call of a listing after five minutes in which nothing happened", async () => {
    await contactsOf(house, shop.as, { period: "7d" });
    await ageContacts(house, shop.sellerId, 6);
    const later = await costOf(house, shop.sellerId, () => view(shop.as));
    expect(later.result.progress).toBeNull();
    expect(ofContacts(later.calls).filter((path) => path.startsWith("/items"))).toEqual([]);
    expect(ofContacts(later.calls).length).toBeLessThanOrEqual(9);
  });

  it("costs one round of the one kind that moved", async () => {
    await contactsOf(house, shop.as, { period: "7d" });
    await house.control("/leads/contacts", { itemId: shop.itemIds[3], kind: "whatsapp", count: 2 });
    await ageContacts(house, shop.sellerId, 6);
    const later = await costOf(house, shop.sellerId, () => contactsOf(house, shop.as, { period: "7d" }));
    await agrees(shop, later.result);
    const ofItems = ofContacts(later.calls).filter((path) => path.startsWith("/items"));
    expect(ofItems).toHaveLength(25);
    expect(ofItems.every((path) => path.includes("/whatsapp/"))).toBe(true);
  });
});

describe("an account without classified listings", () => {
  it("costs four calls once, and none of its listings is looked at", async () => {
    const sellerId = await house.newSeller({ nickname: "TIENDA GRANDE" });
    for (let item = 0; item < 3; item += 1) {
      await house.control("/items", { sellerId, listing: { title: `Lámpara ${item}` } });
    }
    const as = await house.signIn(sellerId);
    const { result, calls } = await costOf(house, sellerId, async () => {
      await view(as);
      return view(as);
    });
    expect(result).toMatchObject({ accountId: null, accounts: [], items: [], progress: null, problem: null });
    expect(calls).toHaveLength(4);
    expect(calls.filter((path) => path.includes("/items"))).toEqual([]);
  });

  it("is chosen for nobody who has another that is contacted", async () => {
    const plain = await house.signIn(await house.newSeller({ nickname: "TIENDA" }));
    const shop = await createLeadShop(house, { items: 1 });
    await house.signIn(shop.sellerId, {
      kind: "connect",
      userId: plain.userId,
      sessionId: plain.sessionId,
      renews: null,
    });
    const shown = await view(plain);
    expect(shown).toMatchObject({ accountId: shop.sellerId, accounts: [{ id: shop.sellerId }] });
  });
});
