import { beforeEach, describe, expect, it } from "vitest";
import { type Dealer, dealerIn, LEAD_SPELLINGS } from "@/lib/server/mercadolibre/testing/lead-lab";
import { LEAD_TYPES } from "@/lib/shared/api/leads";
import { createSandbox } from "@/sandbox/create-sandbox";
import { type LeadBuyer, type LeadsPage, listLeads, readCreditLead, readLead } from "./leads";

/** What the sandbox answers to each read of questions-and-contacts.md 4.2 parses with our wire schemas, whatever the
 *  spelling: our two readings of the documents have to agree. */

const NOW = new Date("2026-06-15T15:00:00Z");
const days = { from: "2026-06-10", to: "2026-06-15" };

describe.each(LEAD_SPELLINGS)("leads spelt %j", (settings) => {
  let dealer: Dealer;
  let ids: Map<string, string>;
  const isTold = !("leadPersonalData" in settings);

  /** Every page; the last one beside the rows of all. */
  async function everyPage(more: object = {}): Promise<{ buyers: LeadBuyer[]; last: LeadsPage }> {
    const buyers: LeadBuyer[] = [];
    for (let offset = 0; ; ) {
      const query = { sellerId: dealer.sellerId, ...days, ...more, offset };
      const page = await listLeads(dealer.one.meli, query);
      buyers.push(...page.buyers);
      if (page.next === null) return { buyers, last: page };
      offset = page.next;
    }
  }

  beforeEach(async () => {
    dealer = await dealerIn(createSandbox({ clock: () => NOW }), settings);
    ids = new Map();
    for (const [index, type] of LEAD_TYPES.entries())
      ids.set(
        type,
        await dealer.lead({
          type,
          minutesAgo: 60 * (index + 1),
          details: { color: "Rojo", zipCode: "8320000", dealership: "Andes Centro" },
          ...(type === "call" ? { subStatus: "answered" } : {}),
        }),
      );
    await dealer.lead({ type: "whatsapp", buyer: null, minutesAgo: 30 });
    await dealer.lead({ type: "call", buyer: null, minutesAgo: 40, itemId: dealer.flat });
  });

  it("finds everyone once over all pages, and guests apart", async () => {
    const { buyers, last } = await everyPage();
    expect(buyers.map(({ leads }) => leads[0]?.contactType)).toEqual([...LEAD_TYPES]);
    expect(buyers.flatMap(({ leads }) => leads.map(({ id }) => id))).toEqual([...ids.values()]);
    expect(buyers.every(({ buyerId, itemId }) => buyerId !== null && itemId === dealer.car)).toBe(true);
    expect(buyers.every(({ person }) => (person.name !== null) === isTold)).toBe(true);
    expect(last).toMatchObject({ total: LEAD_TYPES.length, unreadable: 0, ...days });
    expect(last.guests.map(({ itemId, leads }) => [itemId, leads.length])).toEqual([
      [dealer.car, 1],
      [dealer.flat, 1],
    ]);
    expect(last.summary).toEqual([
      { itemId: dealer.car, total: 10, user: 9, guest: 1 },
      { itemId: dealer.flat, total: 1, user: 0, guest: 1 },
    ]);
  });

  it("narrows by kind, item, person and days", async () => {
    expect((await everyPage({ contactTypes: ["question", "call"] })).buyers).toHaveLength(2);
    expect((await everyPage({ itemId: dealer.flat })).buyers).toEqual([]);
    const [first] = (await everyPage()).buyers;
    const buyerIds = [first?.buyerId ?? ""];
    expect((await everyPage({ buyerIds })).buyers).toEqual([first]);
    expect((await everyPage({ from: "2026-06-01", to: "2026-06-14" })).buyers).toEqual([]);
  });

  it("names the question of a question, and nothing where there is none", async () => {
    const { buyers } = await everyPage({ contactTypes: ["question", "whatsapp"] });
    const external = buyers.flatMap(({ leads }) => leads).map((one) => [one.contactType, one.externalId]);
    expect(external).toEqual([
      ["whatsapp", null],
      ["question", expect.stringMatching(/^\d+$/)],
    ]);
  });

  it.each(LEAD_TYPES)("reads one of the kind %s by id", async (type) => {
    const id = ids.get(type) ?? "";
    const lead = await readLead(dealer.one.meli, id, type);
    const isForm = type === "contact_request" || type === "reservation";
    expect(lead).toMatchObject({
      id,
      contactType: type === "visit_request" ? "schedule" : type,
      itemId: dealer.car,
      details: isForm ? { color: "Rojo", zipCode: "8320000", dealership: "Andes Centro" } : null,
    });
    expect(lead.createdAt?.getTime()).toBe(NOW.getTime() - (LEAD_TYPES.indexOf(type) + 1) * 3_600_000);
    expect([lead.person.name !== null, lead.person.identification !== null]).toEqual([
      isTold,
      isTold && isForm,
    ]);
    expect(dealer.one.warnings).toEqual([]);
  });

  it("reads a credit lead among the seller's loans", async () => {
    const o = { id: ids.get("credit") ?? "", sellerId: dealer.sellerId };
    expect(await readCreditLead(dealer.one.meli, o)).toMatchObject({ id: o.id, contactType: "credit" });
  });

  it("does not find what is not there", async () => {
    await expect(readLead(dealer.one.meli, "none", "call")).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("leads that are refused", () => {
  it.each([403, 401])(
    "because the token expired (%i) are read with a new one, taken once",
    async (leadBadToken) => {
      let now = NOW;
      const dealer = await dealerIn(createSandbox({ clock: () => now }), { leadBadToken, expiresIn: 3_600 });
      const id = await dealer.lead({ type: "call" });
      now = new Date(NOW.getTime() + 2 * 3_600_000);
      expect((await readLead(dealer.one.meli, id, "call")).id).toBe(id);
      await listLeads(dealer.one.meli, { sellerId: dealer.sellerId, ...days, offset: 0 });
      expect(dealer.one.grants).toHaveLength(2);
    },
  );

  it.each([429, 409])("because of a quota (%i) ask to slow down", async (leadQuotaStatus) => {
    const dealer = await dealerIn(createSandbox({ clock: () => NOW }), {
      leadQuotaStatus,
      leadsPerMinute: 1,
    });
    const list = () => listLeads(dealer.one.meli, { sellerId: dealer.sellerId, ...days, offset: 0 });
    await list();
    await expect(list()).rejects.toMatchObject({ code: "slow_down" });
  });

  it("because they are somebody else's cost no token", async () => {
    const sandbox = createSandbox({ clock: () => NOW });
    const [mine, theirs] = [await dealerIn(sandbox), await dealerIn(sandbox)];
    const id = await theirs.lead({ type: "call" });
    await expect(readLead(mine.one.meli, id, "call")).rejects.toMatchObject({ code: "refused_by_meli" });
    const list = listLeads(mine.one.meli, { sellerId: theirs.sellerId, ...days, offset: 0 });
    await expect(list).rejects.toMatchObject({ code: "refused_by_meli" });
    expect(mine.one.grants).toHaveLength(1);
  });
});
