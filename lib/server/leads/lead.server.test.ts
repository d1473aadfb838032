import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LeadsPageSchema, LeadViewSchema } from "@/lib/shared/api/leads";
import { createHouse, type House } from "@/scripts/testing/house";
import { createLeadShop, type LeadShop, makeLead, readWaiting } from "@/scripts/testing/lead-house";

let house: House;
let shop: LeadShop;
beforeAll(async () => {
  house = await createHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  shop = await createLeadShop(house, { items: 1, series: null });
});
afterEach(() => house.control("/faults/clear", {}));

const query = (text: string, values: unknown[] = []) => house.rt.database.pool.query(text, values);
const lead = (itemIndex: number, seed: object) => makeLead(house, shop, itemIndex, seed);
/** The first visit: all leads are read. */
async function listed(): Promise<void> {
  await house.read(LeadsPageSchema, "/api/leads", { as: shop.as });
  await readWaiting(house, shop.as.accountId);
}

describe("one lead", () => {
  const open = (id: string, as = shop.as) =>
    house.read(LeadViewSchema, `/api/leads/${id}?account=${shop.sellerId}`, { as });

  it.each(["contact_request", "reservation", "credit", "visit_request", "schedule", "whatsapp"])(
    "is read where its kind has it (%s)",
    async (type) => {
      const id = await lead(0, {
        type,
        minutesAgo: 5,
        buyer: { name: "Ana Prueba" },
        ...(["contact_request", "reservation"].includes(type)
          ? { details: { color: "rojo", zipCode: "8320000", dealership: "Centro" } }
          : {}),
      });
      await listed();
      const shown = await open(id);
      expect(shown).toMatchObject({
        isLive: true,
        problem: null,
        lead: { contactType: type, buyer: { name: "Ana Prueba" } },
      });
      const hasDetails = ["contact_request", "reservation"].includes(type);
      expect(shown.details).toEqual(
        hasDetails ? { color: "rojo", zipCode: "8320000", dealership: "Centro" } : null,
      );
      // What the list told beside it is still there.
      expect(shown.lead.buyer?.identification).toMatchObject({ type: "RUT" });
    },
  );

  it("that is held is shown when Mercado Libre does not answer, with the reason", async () => {
    const id = await lead(0, { type: "call", minutesAgo: 5 });
    await listed();
    await house.control("/faults", {
      method: "GET",
      path: `/vis/leads/${id}`,
      times: 99,
      status: 503,
      body: {},
    });
    expect(await open(id)).toMatchObject({ isLive: false, lead: { id }, problem: { code: "meli_down" } });
  });

  it("is not there for anybody else, and when nobody has it", async () => {
    const id = await lead(0, { type: "call", minutesAgo: 5 });
    await listed();
    const other = await createLeadShop(house, { items: 1, series: null });
    const asked = [
      house.call(`/api/leads/${id}?account=${shop.sellerId}`, { as: other.as }),
      house.call(`/api/leads/${id}?account=${other.sellerId}`, { as: other.as }),
      house.call(`/api/leads/214e7c51-0000-4000-8000-000000000009?account=${shop.sellerId}`, { as: shop.as }),
    ];
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([404, 404, 404]);
    await query("update leads set id = '214e7c51-0000-4000-8000-000000000001' where id = $1", [id]);
    const gone = `/api/leads/214e7c51-0000-4000-8000-000000000001?account=${shop.sellerId}`;
    expect((await house.call(gone, { as: shop.as })).status).toBe(404);
  });
});
