import { beforeEach, describe, expect, it } from "vitest";
import { createLab, type Lab, PROFILES, talk } from "@/lib/server/mercadolibre/testing/lab";
import { createSandbox } from "@/sandbox/create-sandbox";
import { readItems } from "./items";
import { readOrder, searchSales } from "./orders";
import { readPack } from "./packs";
import { readShipment } from "./shipments";
import { publicUser } from "./users";

let lab: Lab;

beforeEach(() => {
  lab = createLab(createSandbox());
});

describe.each(PROFILES)("context in %s", (profile) => {
  it.each([{ partialOrders: false }, { partialOrders: true }])(
    "reads order, pack, item and shipment (%j)",
    async (setting) => {
      await lab.control("/settings", setting);
      const sellerId = await lab.newSeller(profile);
      const one = await lab.connect(sellerId, profile);
      const thread = await lab.newThread(sellerId, {
        product: { title: "Zapatillas", price: 1_234.5, quantity: 2, variation: "Rojo", sku: "Z-1" },
        moreProducts: [{ title: "Medias", price: 10 }],
        messages: talk(1),
        soldDaysAgo: 3,
        ...(profile === "GLOBAL" ? { siteId: "MLM" } : {}),
      });
      const order = await readOrder(one.meli, thread.orderIds[0] ?? "");
      const currency = profile === "LOCAL" ? "ARS" : "MXN";
      expect(order).toMatchObject({
        packId: thread.packId,
        buyer: { id: thread.buyerId },
        sellerId: await lab.localIdOf(one, sellerId),
        total: { minor: 246_900, currency },
        siteId: profile === "LOCAL" ? "MLA" : "MLM",
        items: [{ title: "Zapatillas", quantity: 2, unitPrice: { minor: 123_450, currency }, sku: "Z-1" }],
      });
      expect(order?.items[0]?.variation).toContain("Rojo");
      expect(order?.buyer.name === null).toBe(setting.partialOrders);

      const pack = await readPack(one.meli, thread.packId);
      expect(pack?.orderIds.toSorted()).toEqual(thread.orderIds.toSorted());
      expect(pack?.buyerId).toBe(thread.buyerId);
      const itemId = order?.items[0]?.id ?? "";
      const items = await readItems(one.meli, [itemId, "MLA999999999999"]);
      expect([...items.keys()]).toEqual([itemId]);
      expect(items.get(itemId)).toMatchObject({ title: "Zapatillas", price: { minor: 123_450, currency } });
      const shipment = await readShipment(one.meli, order?.shipmentId ?? "");
      expect(shipment).toMatchObject({
        id: order?.shipmentId,
        status: "ready_to_ship",
        logisticType: "drop_off",
      });
      expect(shipment?.estimatedAt).toBeInstanceOf(Date);
      expect(await publicUser(one.meli, thread.buyerId)).toMatchObject({ id: thread.buyerId });
    },
  );

  it("finds every sale since a date, page after page, newest first", async () => {
    const sellerId = await lab.newSeller(profile);
    const one = await lab.connect(sellerId, profile);
    const recent = new Set<string>();
    for (let n = 0; n < 55; n++)
      recent.add((await lab.newThread(sellerId, { soldDaysAgo: n / 10, isPack: n % 2 === 0 })).packId);
    const old = await lab.newThread(sellerId, { soldDaysAgo: 40 });
    const found: string[] = [];
    let offset: number | null = 0;
    while (offset !== null) {
      const page: Awaited<ReturnType<typeof searchSales>> = await searchSales(one.meli, {
        sellerId,
        since: new Date(Date.now() - 30 * 86_400_000),
        offset,
      });
      found.push(...page.sales.map((sale) => sale.packId));
      offset = page.next;
    }
    expect(new Set(found)).toEqual(recent);
    expect(found).not.toContain(old.packId);
    expect(found[0]).toBe([...recent][0]);
  });

  it("is null for what does not exist", async () => {
    const one = await lab.connect(await lab.newSeller(profile), profile);
    expect(await readOrder(one.meli, "2999999999999999")).toBeNull();
    expect(await readPack(one.meli, "2999999999999999")).toBeNull();
    expect(await readShipment(one.meli, "49999999999")).toBeNull();
    expect(await publicUser(one.meli, "799999999")).toBeNull();
  });
});
