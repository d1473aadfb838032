import { describe, expect, it } from "vitest";
import { client, errorOf, failureOf } from "@/lib/server/mercadolibre/testing/edge";
import { LEAD_ITEM as ITEM, LEAD, wireLead } from "@/lib/server/mercadolibre/testing/wire-leads";
import { readCreditLead, readLead } from "./leads";

describe("a lead by id", () => {
  it.each([
    ["whatsapp", `/vis/leads/${LEAD}`],
    ["call", `/vis/leads/${LEAD}`],
    ["question", `/vis/leads/${LEAD}`],
    ["visit_request", `/vis/leads/${LEAD}`],
    ["schedule", `/vis/leads/${LEAD}`],
    ["something_new", `/vis/leads/${LEAD}`],
    ["contact_request", `/leads/${LEAD}/details`],
    ["reservation", `/leads/${LEAD}/details`],
  ])("of the kind %s is read at %s", async (contactType, path) => {
    const { meli, sent } = client([{ body: { ...wireLead(), contact_type: undefined, channel: undefined } }]);
    expect((await readLead(meli, LEAD, contactType)).contactType).toBe(contactType);
    expect([sent[0]?.url.pathname, sent[0]?.url.search]).toEqual([path, ""]);
  });

  it("tells who it was, under either name of the identification", async () => {
    const body = {
      ...wireLead({ contact_type: "schedule", external_id: "", buyer_id: 700000099 }),
      name: "Ana Prueba",
      email: "ana@example.test",
      phone: "+56 2 0000 0000",
    };
    const { meli } = client([
      { body: { ...body, identification_type: "RUT", identification_number: "1-9" } },
      { body: { ...body, identification_type: "RUT", identification_value: "2-7" } },
    ]);
    const first = await readLead(meli, LEAD, "visit_request");
    expect(first).toMatchObject({
      contactType: "schedule",
      externalId: null,
      buyerId: "700000099",
      person: { name: "Ana Prueba", identification: { type: "RUT", number: "1-9" } },
      details: null,
    });
    expect((await readLead(meli, LEAD, "call")).person.identification?.number).toBe("2-7");
  });

  it("tells what a reservation is about", async () => {
    const details = { color: "Rojo", zip_code: 8320000, dealership: "Andes Centro" };
    const { meli } = client([{ body: { ...wireLead({ status: "created" }), details } }]);
    expect(await readLead(meli, LEAD, "reservation")).toMatchObject({
      status: "created",
      details: { color: "Rojo", zipCode: "8320000", dealership: "Andes Centro" },
    });
  });

  it("of the kind credit is read among the seller's loans", async () => {
    const { meli, sent } = client([{ body: { id: 77, item_id: ITEM, created_at: "2026-06-12T20:56:45Z" } }]);
    expect(await readCreditLead(meli, { id: "77", sellerId: "700000009" })).toMatchObject({
      id: "77",
      contactType: "credit",
    });
    expect((await readLead(meli, "77", "credit")).contactType).toBe("credit");
    expect(sent.map(({ url }) => url.pathname + url.search)).toEqual([
      "/vis/loans/77?seller_id=700000009",
      "/vis/loans/77?seller_id=700000001",
    ]);
  });

  it("that is not there is not found, and one without an id is no answer", async () => {
    const { meli } = client([
      { status: 404, body: { code: "not_found", message: "lead not found" } },
      { body: { status: "active" } },
    ]);
    expect((await failureOf(readLead(meli, LEAD, "call"))).code).toBe("not_found");
    expect((await failureOf(readLead(meli, LEAD, "call"))).code).toBe("meli_unreadable");
  });

  it.each(["", "a/b", "..", "a?b"])("refuses the id %j before any call", async (id) => {
    const { meli, sent } = client([{ body: wireLead() }]);
    expect(await errorOf(readLead(meli, id, "call"))).toMatchObject({ code: "invalid_input" });
    expect(sent).toEqual([]);
  });
});
