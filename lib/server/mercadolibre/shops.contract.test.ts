import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createLab, type Lab } from "@/lib/server/mercadolibre/testing/lab";
import { createSandbox } from "@/sandbox/create-sandbox";
import { isAbsent } from "./context-read";
import { readWholeConversation } from "./conversations";
import { readItems } from "./items";
import { listUnread, readMessage } from "./messages";
import { readOrder, searchSales } from "./orders";
import { readPack } from "./packs";
import { readShipment } from "./shipments";
import { marketplaceUsers } from "./users";

/** The whole sandbox over real HTTP: every conversation of every shop, read as a first sync would. */

let lab: Lab;
let close: () => Promise<void>;

beforeAll(async () => {
  const served = await createSandbox({ scenario: "shops" }).listen();
  close = served.close;
  lab = createLab({ url: served.url });
  await lab.control("/settings", { readsPerMinute: 0, writesPerMinute: 0 });
});

afterAll(() => close());

const State = z.looseObject({
  sellers: z.array(z.object({ id: z.string(), siteId: z.string(), nickname: z.string() }).loose()),
});

/** Some sales have no conversation at all: 403 or 404 instead of an empty one (messages.md 2.1). */
function unlessAbsent(error: unknown): null {
  if (isAbsent(error)) return null;
  throw error;
}

describe("a first sync of every shop", () => {
  it("reads every conversation, changes no unread count and finds nothing odd", async () => {
    const { sellers } = State.parse(await lab.control("/state"));
    expect(sellers.length).toBeGreaterThanOrEqual(3);
    const substatuses = new Set<string>();
    for (const seller of sellers) {
      const profile = seller.siteId === "CBT" ? "GLOBAL" : "LOCAL";
      const { meli, calls, warnings } = await lab.connect(seller.id, profile, "backfill");
      const held = () => lab.unreadHeld(seller.id);
      const before = await held();
      const locals = profile === "GLOBAL" ? await marketplaceUsers(meli, seller.id) : [];
      const unread = await listUnread(meli, { userId: seller.id });
      expect(unread.packs.length).toBeGreaterThan(0);

      const packs = new Map<string, string>();
      for (const pack of unread.packs)
        packs.set(pack.packId, pack.sellerId ?? locals[0]?.userId ?? seller.id);
      let offset: number | null = 0;
      while (offset !== null) {
        const page: Awaited<ReturnType<typeof searchSales>> = await searchSales(meli, {
          sellerId: seller.id,
          since: new Date(0),
          offset,
        });
        for (const sale of page.sales) packs.set(sale.packId, sale.sellerId ?? seller.id);
        offset = page.next;
      }
      expect(packs.size).toBeGreaterThan(unread.packs.length);

      const absent: string[] = [];
      for (const [packId, sellerId] of packs) {
        const whole = await readWholeConversation(meli, { packId, sellerId, max: 500 }).catch(unlessAbsent);
        if (whole === null) {
          absent.push(packId);
          continue;
        }
        expect(whole.state.status).not.toBe("unknown");
        expect(whole.messages).toHaveLength(whole.total);
        if (whole.state.substatus !== null) substatuses.add(whole.state.substatus);
        const newest = whole.messages.at(-1);
        if (newest !== undefined) expect((await readMessage(meli, newest.id)).packId).toBe(packId);
      }
      expect(absent.length).toBeLessThan(packs.size / 20);
      const [first] = packs.keys();
      const pack = await readPack(meli, first ?? "");
      const order = await readOrder(meli, pack?.orderIds[0] ?? first ?? "");
      expect(order?.items[0]?.title).not.toBe("");
      expect((await readItems(meli, [order?.items[0]?.id ?? ""])).size).toBe(1);
      if (order?.shipmentId) expect((await readShipment(meli, order.shipmentId))?.status).not.toBe("unknown");

      expect(await held()).toBe(before);
      expect(warnings).toEqual([]);
      expect(calls.filter((call) => call.readFlag === false)).toEqual([]);
      expect(JSON.stringify(calls)).not.toContain("APP_USR-1");
    }
    expect(substatuses.size).toBeGreaterThanOrEqual(25);
  }, 60_000);
});
