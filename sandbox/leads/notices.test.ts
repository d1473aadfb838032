import { describe, expect, it } from "vitest";
import { startTold } from "@/sandbox/notifications/testing";
import { at, textAt } from "@/sandbox/testing";

/** A seller whose application hears everything, with one classified listing. */
async function startDealer() {
  const told = await startTold({ siteId: "MLC" });
  const listing = {
    sellerId: told.seller,
    listing: { title: "Suzuki Swift 2021", buyingMode: "classified" },
  };
  const car = textAt((await told.api.control("/items", listing)).body, "id");
  return {
    ...told,
    car,
    lead: async (seed: object) => (await told.api.control("/leads", { itemId: car, ...seed })).body,
    /** The newest notices first: topic, resource, actions, whose. */
    said: async () =>
      (await told.notices())
        .map((one) => [at(one, "topic"), at(one, "resource"), at(one, "actions"), textAt(one, "userId")])
        .filter(([topic]) => /leads|questions/.test(String(topic))),
  };
}

describe("notices of leads", () => {
  it("point at the lead and name its type", async () => {
    const { lead, said, seller } = await startDealer();
    for (const type of ["whatsapp", "call", "contact_request", "reservation", "visit_request", "quotation"]) {
      const id = textAt(await lead({ type }), "id");
      expect(await said()).toContainEqual(["vis_leads", `/vis/leads/${id}`, [type], seller]);
    }
    const guest = textAt(await lead({ type: "call", buyer: null }), "id");
    expect(await said()).toContainEqual(["vis_leads", `/vis/leads/${guest}`, ["call"], seller]);
    const visit = textAt(await lead({ type: "schedule" }), "id");
    expect(await said()).toContainEqual(["vis_leads", `/vis/leads/${visit}`, ["visit_request"], seller]);
  });

  it("are spelled the other way when told to", async () => {
    const { lead, said, change, seller } = await startDealer();
    await change({ leadNoticePath: "/vis_leads", leadQuotationAction: "quotations" });
    const id = textAt(await lead({ type: "quotation" }), "id");
    expect(await said()).toEqual([["vis_leads", `/vis_leads/${id}`, ["quotations"], seller]]);
  });

  it("of credit have a topic of their own and no actions", async () => {
    const { lead, said, seller } = await startDealer();
    const id = textAt(await lead({ type: "credit" }), "id");
    expect(await said()).toEqual([["leads-credits", `/vis/loan/${id}`, null, seller]]);
  });

  it("come twice for a question, once per topic that is ticked, when it is asked and when it is answered", async () => {
    const { api, access, lead, said, seller } = await startDealer();
    const made = await lead({ type: "question", text: "¿Precio final?" });
    const [id, question] = [textAt(made, "id"), textAt(made, "externalId")];
    const both = [
      ["questions", `/questions/${question}`, null, seller],
      ["vis_leads", `/vis/leads/${id}`, ["question"], seller],
    ];
    const sorted = async () => (await said()).toSorted((a, b) => String(a[0]).localeCompare(String(b[0])));
    expect(await sorted()).toEqual(both);
    await api.post("/answers", access, { question_id: Number(question), text: "Sí, es el precio final." });
    expect(await said()).toHaveLength(4);
    await api.control("/notifications/clear", {});
    await api.control("/notifications/topics", { topic: "questions", on: false });
    await lead({ type: "question" });
    expect((await said()).map(([topic]) => topic)).toEqual(["vis_leads"]);
  });

  it("do not come for a question at an ordinary listing, nor for contacts that leave no lead", async () => {
    const { api, car, seller, said } = await startDealer();
    await api.control("/leads/contacts", { itemId: car, kind: "whatsapp", count: 3 });
    expect(await said()).toEqual([]);
    const body = { sellerId: seller, listing: { title: "Polera" } };
    const shirt = textAt((await api.control("/items", body)).body, "id");
    const asked = await api.control("/questions/ask", { sellerId: seller, itemId: shirt, text: "¿Talla M?" });
    expect(asked.status).toBe(201);
    expect((await said()).map(([topic]) => topic)).toEqual(["questions"]);
  });
});
