import { describe, expect, it } from "vitest";
import { client, errorOf, failureOf, OTHER_TOKEN, TOKEN } from "@/lib/server/mercadolibre/testing/edge";
import {
  LEAD_ITEM as ITEM,
  LEAD,
  wireBuyer,
  wireLead,
  wirePage,
} from "@/lib/server/mercadolibre/testing/wire-leads";
import { LEAD_TYPES } from "@/lib/shared/api/leads";
import { listLeads } from "./leads";

const june = { sellerId: "700000001", from: "2026-06-10", to: "2026-06-17", offset: 0 };
const asked = (url: URL | undefined) => Object.fromEntries(url?.searchParams ?? []);

describe("the list of leads", () => {
  it("asks with the keys that are documented and no other, guests included", async () => {
    const { meli, sent, taken } = client([{ body: wirePage() }]);
    await listLeads(meli, june);
    expect(sent[0]?.url.pathname).toBe("/vis/users/700000001/leads/buyers");
    expect(asked(sent[0]?.url)).toEqual({
      offset: "0",
      limit: "50",
      date_from: "2026-06-10",
      date_to: "2026-06-17",
      include_guest: "true",
    });
    expect(taken[0]).toMatchObject({ family: "leads", kind: "read" });
  });

  it("narrows by kinds, item and buyers", async () => {
    const { meli, sent } = client([{ body: wirePage() }]);
    const contactTypes = ["question", "visit_request", "question"];
    await listLeads(meli, { ...june, contactTypes, itemId: ITEM, buyerIds: ["1", "2"], offset: 20 });
    expect(asked(sent[0]?.url)).toMatchObject({
      contact_types: "question,visit_request",
      item_id: ITEM,
      buyer_ids: "1,2",
      offset: "20",
    });
    await listLeads(meli, { ...june, contactTypes: LEAD_TYPES, buyerIds: [] });
    expect(asked(sent[1]?.url).contact_types?.split(",")).toHaveLength(9);
    expect(asked(sent[1]?.url)).not.toHaveProperty("buyer_ids");
  });

  it.each([
    ["a day that does not exist", { from: "2026-02-30", to: "2026-03-02" }, "day"],
    ["a day with a time", { to: "2026-06-17T00:00:00Z" }, "day"],
    ["days in another order", { from: "2026-06-18" }, "day_order"],
    ["an offset below zero", { offset: -1 }, "offset"],
    ["an unknown kind", { contactTypes: ["question", "fax"] }, "lead_type"],
    ["an impossible item", { itemId: "MLC1&x=1" }, "item_id"],
    ["an impossible buyer", { buyerIds: ["1,2"] }, "numeric_id"],
    ["an impossible seller", { sellerId: "me" }, "numeric_id"],
  ])("refuses %s before any call", async (_name, more, reason) => {
    const { meli, sent } = client([{ body: wirePage() }]);
    expect(await errorOf(listLeads(meli, { ...june, ...more }))).toMatchObject({
      code: "invalid_input",
      detail: { reason },
    });
    expect(sent).toEqual([]);
  });

  it("reads people with their leads, guests and counts", async () => {
    const { meli } = client([{ body: wirePage() }]);
    expect(await listLeads(meli, june)).toEqual({
      buyers: [
        {
          buyerId: "700000099",
          itemId: ITEM,
          person: {
            name: "Ana Prueba",
            email: "ana@example.test",
            phone: "+56 2 0000 0000",
            identification: { type: "RUT", number: "11111111-1" },
          },
          leads: [
            {
              id: LEAD,
              contactType: "question",
              channel: "question",
              createdAt: new Date("2026-06-12T20:56:45.174Z"),
              externalId: "13000000001",
              itemId: ITEM,
              status: "active",
              subStatus: null,
              buyerId: "700000099",
            },
          ],
        },
      ],
      guests: [
        {
          itemId: ITEM,
          leads: [
            {
              id: "g1",
              contactType: "whatsapp",
              channel: null,
              createdAt: new Date("2026-06-13T10:00:00Z"),
              externalId: null,
              itemId: ITEM,
              status: "active",
              subStatus: null,
              buyerId: null,
            },
          ],
        },
      ],
      summary: [{ itemId: ITEM, total: 2, user: 1, guest: 1 }],
      next: null,
      total: 1,
      from: "2026-06-10",
      to: "2026-06-17",
      unreadable: 0,
    });
  });

  it("keeps a row for each listing of the same person", async () => {
    const { meli } = client([
      { body: wirePage({ results: [wireBuyer(), wireBuyer({ item_id: "MLC2", leads: [] })] }) },
    ]);
    const { buyers } = await listLeads(meli, june);
    expect(buyers.map(({ buyerId, itemId }) => [buyerId, itemId])).toEqual([
      ["700000099", ITEM],
      ["700000099", "MLC2"],
    ]);
  });

  it("reads people of whom nothing is told", async () => {
    const results = [{ id: 5, item_id: ITEM, name: null, email: "", leads: [wireLead()] }];
    const { meli } = client([{ body: wirePage({ results }) }]);
    expect((await listLeads(meli, june)).buyers[0]?.person).toEqual({
      name: null,
      email: null,
      phone: null,
      identification: null,
    });
  });

  it.each([
    ["an empty external id", { external_id: "" }, { externalId: null }],
    ["an external id as a number", { external_id: 13000000001 }, { externalId: "13000000001" }],
    ["a state below the state", { sub_status: "answered" }, { subStatus: "answered" }],
    ["a buyer of its own", { buyer_id: 7 }, { buyerId: "7" }],
    ["an unknown kind", { contact_type: "Fax" }, { contactType: "fax" }],
    ["a kind of two words", { contact_type: "visit request" }, { contactType: "visit_request" }],
    ["a kind that only the channel names", { contact_type: undefined }, { contactType: "question" }],
    ["no kind at all", { contact_type: null, channel: "" }, { contactType: "unknown", channel: null }],
    ["no date", { created_at: "ayer" }, { createdAt: null }],
    ["an id under its other name", { id: undefined }, { id: LEAD }],
  ])("reads a lead with %s", async (_name, more, expected) => {
    const { meli } = client([{ body: wirePage({ results: [wireBuyer({ leads: [wireLead(more)] })] }) }]);
    const page = await listLeads(meli, june);
    expect(page.buyers[0]?.leads).toMatchObject([expected]);
    expect(page.unreadable).toBe(0);
  });

  it("reads counts written as text, and those that are not told", async () => {
    const summary = [{ item_id: ITEM, total: "2", user: "1" }];
    const { meli } = client([{ body: wirePage({ summary }) }]);
    expect((await listLeads(meli, june)).summary).toEqual([{ itemId: ITEM, total: 2, user: 1, guest: null }]);
  });

  it("reads an answer without guests and counts", async () => {
    const { meli } = client([{ body: wirePage({ guest: undefined, summary: null }) }]);
    expect(await listLeads(meli, june)).toMatchObject({ guests: [], summary: [] });
  });

  it("counts what made no sense, and says so in the log without its content", async () => {
    const results = [wireBuyer({ leads: [wireLead(), { status: "active" }] }), null, "Ana Secreta"];
    const { meli, lines } = client([{ body: wirePage({ results }) }]);
    const page = await listLeads(meli, june);
    expect([page.buyers.length, page.buyers[0]?.leads.length, page.unreadable]).toEqual([1, 1, 3]);
    expect(lines.join("\n")).toContain('"droppedLeads":3');
    expect(lines.join("\n")).not.toContain("Secreta");
  });

  it("takes nothing without a list of results for a page", async () => {
    const { meli } = client([{ body: { paging: {}, guest: [] } }]);
    expect((await failureOf(listLeads(meli, june))).code).toBe("meli_unreadable");
  });

  const rows = (count: number) => Array.from({ length: count }, (_, index) => wireBuyer({ id: index + 1 }));
  it.each([
    ["by the limit that is answered", 10, { limit: 10, total: 25 }, 10],
    ["by what came where that is less", 10, { limit: 50, total: 25 }, 10],
    ["by the limit where a person counts once for two listings", 12, { limit: 10, total: 25 }, 10],
    ["not after the last", 5, { limit: 10, total: 5 }, null],
    ["not after an empty page", 0, { limit: 10, total: 25 }, null],
    ["after a full page that names no total", 10, { limit: 10 }, 10],
    ["not after a short page that names no total", 9, { limit: 10 }, null],
    ["by what came where no limit is answered", 50, { total: 60 }, 50],
    ["by what came where the limit is zero", 3, { limit: 0, total: 4 }, 3],
    ["by numbers written as text", 10, { limit: "10", total: "25" }, 10],
  ])("goes on %s", async (_name, count, paging, next) => {
    const { meli } = client([{ body: wirePage({ results: rows(count), paging }) }]);
    expect((await listLeads(meli, june)).next).toBe(next);
  });

  it("reads every row once over all pages, whatever the size of a page", async () => {
    const all = rows(23);
    for (const size of [1, 7, 10, 50]) {
      const { meli } = client(({ url }) => {
        const offset = Number(url.searchParams.get("offset"));
        const paging = { offset, limit: size, total: all.length };
        return { body: wirePage({ results: all.slice(offset, offset + size), paging }) };
      });
      const seen: (string | null)[] = [];
      for (let offset: number | null = 0; offset !== null; ) {
        const page = await listLeads(meli, { ...june, offset });
        seen.push(...page.buyers.map(({ buyerId }) => buyerId));
        offset = page.next;
      }
      expect(seen).toEqual(all.map(({ id }) => String(id)));
    }
  });
});

describe("what leads are refused with", () => {
  it("renews an expired token once after 403 `invalid token`", async () => {
    const { meli, sent, refused } = client([
      { status: 403, body: { code: "forbidden", message: "invalid token" } },
      { body: wirePage() },
    ]);
    expect((await listLeads(meli, june)).total).toBe(1);
    expect(refused).toEqual([TOKEN]);
    expect(sent[1]?.headers.get("authorization")).toBe(`Bearer ${OTHER_TOKEN}`);
  });

  it.each([409, 429])("slows down after a quota that comes as %i, and asks again", async (status) => {
    const { meli, pushed } = client([
      { status, body: { code: "too_many_requests", message: "quota exceeded" } },
      { body: wirePage() },
    ]);
    expect((await listLeads(meli, june)).total).toBe(1);
    expect(pushed).toMatchObject([{ family: "leads" }]);
  });
});
