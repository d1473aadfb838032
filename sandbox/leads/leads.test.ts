import { describe, expect, it } from "vitest";
import { DAY, startLeads } from "@/sandbox/leads/testing";
import { at, listAt, textAt } from "@/sandbox/testing";

const ANA = { name: "Ana Prueba", email: "ana@example.test", phone: "+56 2 0000 0000" };

describe("the list of leads", () => {
  it("has one row per buyer and listing, and the same buyer again for another listing", async () => {
    const { car, flat, lead, leads } = await startLeads();
    const first = await lead({ type: "whatsapp", buyer: ANA, minutesAgo: 30 });
    const ana = textAt(first, "buyer", "id");
    const call = await lead({ type: "call", buyer: { id: ana }, minutesAgo: 20 });
    await lead({ type: "whatsapp", itemId: flat, buyer: { id: ana }, minutesAgo: 10 });
    await lead({ type: "call", minutesAgo: 5 });
    const body = await leads();
    expect(at(body, "paging")).toEqual({ offset: 0, limit: 10, total: 3 });
    const rows = listAt(body, "results").filter((row) => textAt(row, "id") === ana);
    expect(rows.map((row) => at(row, "item_id"))).toEqual([flat, car]);
    expect(rows[1]).toEqual({
      id: Number(ana),
      item_id: car,
      ...ANA,
      identification_number: expect.any(String),
      identification_type: "RUT",
      leads: [
        {
          id: textAt(call, "id"),
          uuid: textAt(call, "id"),
          channel: "call",
          contact_type: "call",
          created_at: "2026-08-12T15:20:20.500Z",
          external_id: "",
          item_id: car,
          status: "active",
          buyer_id: Number(ana),
        },
        expect.objectContaining({ contact_type: "whatsapp", created_at: "2026-08-12T15:10:20.500Z" }),
      ],
    });
    expect(Object.keys(Object(body))).toEqual(["results", "paging", "date_from", "date_to"]);
  });

  it("gives the question's id in external_id, and says when it was answered", async () => {
    const { api, access, lead, leads, change } = await startLeads();
    const asked = await lead({ type: "question", text: "¿Acepta crédito?" });
    const id = textAt(asked, "externalId");
    expect(at(await leads(), "results", 0, "leads", 0)).toMatchObject({
      id: textAt(asked, "id"),
      contact_type: "question",
      external_id: id,
    });
    expect(at(await leads(), "results", 0, "leads", 0, "sub_status")).toBeUndefined();
    expect(textAt((await api.get(`/questions/${id}?api_version=4`, access)).body, "text")).toBe(
      "¿Acepta crédito?",
    );
    await api.post("/answers", access, { question_id: Number(id), text: "Sí, hasta 48 cuotas." });
    expect(at(await leads(), "results", 0, "leads", 0, "sub_status")).toBe("answered");
    await change({ leadExtraFields: false });
    const plain = at(await leads(), "results", 0, "leads", 0);
    expect([at(plain, "sub_status"), at(plain, "buyer_id")]).toEqual([undefined, undefined]);
  });

  it("covers the last seven days and today unless dates say otherwise, both days in full", async () => {
    const { lead, leads, change } = await startLeads();
    const minutesAgo = (date: string) => (Date.parse("2026-08-12T15:40:20.500Z") - Date.parse(date)) / 60_000;
    await lead({ type: "call", minutesAgo: minutesAgo("2026-08-04T23:59:59.999Z") });
    await lead({ type: "call", minutesAgo: minutesAgo("2026-08-05T00:00:00Z") });
    await lead({ type: "call", minutesAgo: minutesAgo("2026-08-06T23:59:59.999Z") });
    await lead({ type: "call", minutesAgo: minutesAgo("2026-08-07T00:00:00Z") });
    const count = async (query: string) => Number(at(await leads(query), "paging", "total"));
    expect(await leads()).toMatchObject({
      date_from: "2026-08-05",
      date_to: "2026-08-12",
      paging: { total: 3 },
    });
    expect(await count("date_from=2026-08-04&date_to=2026-08-06")).toBe(3);
    expect(await count("date_from=2026-08-06&date_to=2026-08-06")).toBe(1);
    await change({ leadDaysIn: "site" });
    expect(await count("date_from=2026-08-06&date_to=2026-08-06")).toBe(2);
  });

  it("reads dates strictly, and refuses them as printed", async () => {
    const { seller, get } = await startLeads();
    const ask = async (query: string) => {
      const { status, body } = await get(`/vis/users/${seller}/leads/buyers?${query}`);
      return [status, at(body, "message"), at(body, "error"), at(body, "status"), textAt(body, "cause", 0)];
    };
    expect(await ask("date_from=2026-08-12&date_to=2026-08-11")).toEqual([
      400,
      "invalid date range",
      "bad_request",
      400,
      "start date is greater than end date",
    ]);
    const rest = (date: string) => ["bad_request", 400, expect.stringContaining(`parsing time "${date}"`)];
    for (const date of ["2026-8-1", "01-08-2026", "2026-08-01T00:00:00Z", "2026-02-30", "20260801", "x"]) {
      expect(await ask(`date_from=${date}`)).toEqual([400, "invalid start date", ...rest(date)]);
      expect(await ask(`date_to=${date}`)).toEqual([400, "invalid end date", ...rest(date)]);
    }
  });

  it("refuses a query key it does not know, and a type it does not know", async () => {
    const { seller, get } = await startLeads();
    const ask = async (query: string) => (await get(`/vis/users/${seller}/leads/buyers?${query}`)).body;
    expect(await ask("contac_types=call")).toEqual({
      message: "error decoding search params",
      error: "bad_request",
      status: 400,
      cause: ['schema: invalid path "contac_types"'],
    });
    for (const key of ["api_version", "sort", "page", "date_to%20"]) {
      expect(await ask(`${key}=1`)).toMatchObject({ message: "error decoding search params" });
    }
    expect(await ask("limit=ten")).toMatchObject({ message: "error decoding search params" });
    expect(await ask("include_guest=1")).toMatchObject({ message: "error decoding search params" });
    const wrong = await ask("contact_types=call,fax");
    expect(wrong).toMatchObject({ message: "invalid lead type", error: "bad_request", status: 400 });
    expect(textAt(wrong, "cause", 0)).toContain("fax");
    const all =
      "offset=0&limit=5&date_from=2026-08-01&date_to=2026-08-12&contact_types=call&item_id=MLC1&buyer_ids=1,2";
    expect(await ask(`${all}&include_guest=true&channels=call`)).toMatchObject({ results: [] });
  });

  it("filters by type, the old name too, by listing and by buyers", async () => {
    const { flat, lead, leads } = await startLeads();
    const call = await lead({ type: "call" });
    const visit = await lead({ type: "visit_request", itemId: flat });
    await lead({ type: "whatsapp" });
    const types = async (query: string) =>
      listAt(await leads(query), "results")
        .flatMap((row) => listAt(row, "leads"))
        .map((one) => textAt(one, "contact_type"))
        .toSorted();
    expect(await types("contact_types=call,visit_request")).toEqual(["call", "visit_request"]);
    expect(await types("channels=call")).toEqual(["call"]);
    expect(await types(`item_id=${flat}`)).toEqual(["visit_request"]);
    const ids = [call, visit].map((one) => textAt(one, "buyer", "id")).join(",");
    expect(await types(`buyer_ids=${ids}`)).toEqual(["call", "visit_request"]);
    expect(await types(`buyer_ids=${ids}&contact_types=whatsapp`)).toEqual([]);
  });

  it("gives ten rows a page, newest first, and as many as asked for up to the greatest limit there is", async () => {
    const { lead, leads, change } = await startLeads();
    for (let minutesAgo = 0; minutesAgo < 13; minutesAgo += 1) await lead({ type: "call", minutesAgo });
    const ids = async (query: string) =>
      listAt(await leads(query), "results").map((row) => textAt(row, "id"));
    const all = await ids("limit=50");
    expect(all).toHaveLength(13);
    expect(await ids("")).toEqual(all.slice(0, 10));
    expect(await ids("offset=10")).toEqual(all.slice(10));
    expect(await ids("offset=3&limit=4")).toEqual(all.slice(3, 7));
    await change({ leadMaxLimit: 5 });
    const body = await leads("limit=50&offset=2");
    expect(at(body, "paging")).toEqual({ offset: 2, limit: 5, total: 13 });
    expect(listAt(body, "results").map((row) => textAt(row, "id"))).toEqual(all.slice(2, 7));
  });

  it("adds guests and a summary when asked to, which paging does not touch", async () => {
    const { car, flat, lead, leads, change } = await startLeads();
    await lead({ type: "call" });
    const guest = await lead({ type: "whatsapp", buyer: null, minutesAgo: 1 });
    await lead({ type: "call", buyer: null, itemId: flat, minutesAgo: 2 });
    const body = await leads("include_guest=true&limit=1&offset=5");
    expect(listAt(body, "results")).toEqual([]);
    expect(listAt(body, "guest")).toEqual([
      {
        item_id: car,
        leads: [
          {
            id: textAt(guest, "id"),
            contact_type: "whatsapp",
            status: "active",
            created_at: "2026-08-12T15:39:20.500Z",
          },
        ],
      },
      { item_id: flat, leads: [expect.objectContaining({ contact_type: "call" })] },
    ]);
    expect(listAt(body, "summary")).toEqual([
      { item_id: car, total: 2, user: 1, guest: 1 },
      { item_id: flat, total: 1, user: 0, guest: 1 },
    ]);
    await change({ leadSummaryAs: "string" });
    expect(at(await leads("include_guest=true"), "summary", 0)).toEqual({
      item_id: car,
      total: "2",
      user: "1",
      guest: "1",
    });
    const plain = await leads("include_guest=false");
    expect([at(plain, "guest"), at(plain, "summary"), at(plain, "paging", "total")]).toEqual([
      undefined,
      undefined,
      1,
    ]);
  });

  it("shows of a person what they told, or nulls, or nothing", async () => {
    const { lead, leads, change } = await startLeads();
    await lead({
      type: "call",
      buyer: { name: "Rosa", email: null, phone: null, identificationNumber: null },
    });
    const row = async () => at(await leads(), "results", 0);
    expect(await row()).toMatchObject({
      name: "Rosa",
      email: null,
      phone: null,
      identification_number: null,
    });
    await change({ leadPersonalData: "null" });
    expect(await row()).toMatchObject({ id: expect.any(Number), name: null, identification_type: null });
    await change({ leadPersonalData: "absent" });
    expect(Object.keys(Object(await row()))).toEqual(["id", "item_id", "leads"]);
  });
});

describe("one lead", () => {
  it("is read at the address of its type, and nowhere else", async () => {
    const { lead, get, seller } = await startLeads();
    const addresses = (id: string) => [
      `/vis/leads/${id}`,
      `/leads/${id}/details`,
      `/vis/loans/${id}?seller_id=${seller}`,
    ];
    const expected = {
      whatsapp: [200, 404, 404],
      call: [200, 404, 404],
      question: [200, 404, 404],
      visit_request: [200, 404, 404],
      schedule: [200, 404, 404],
      quotation: [200, 404, 404],
      contact_request: [404, 200, 404],
      reservation: [404, 200, 404],
      credit: [404, 404, 200],
    };
    for (const [type, statuses] of Object.entries(expected)) {
      const id = textAt(await lead({ type }), "id");
      const replies = await Promise.all(addresses(id).map((path) => get(path)));
      expect([type, replies.map((reply) => reply.status)]).toEqual([type, statuses]);
    }
    expect((await get("/vis/leads/0")).body).toEqual({ code: "not_found", message: "lead not found" });
  });

  it("has its fields, and calls a visit a schedule", async () => {
    const { car, lead, get } = await startLeads();
    const made = await lead({ type: "visit_request", buyer: ANA, externalId: "77" });
    expect((await get(`/vis/leads/${textAt(made, "id")}`)).body).toEqual({
      id: textAt(made, "id"),
      item_id: car,
      created_at: "2026-08-12T15:40:20.500Z",
      contact_type: "schedule",
      external_id: "77",
      status: "active",
      buyer_id: Number(textAt(made, "buyer", "id")),
      ...ANA,
    });
    const guest = await lead({ type: "whatsapp", buyer: null });
    expect((await get(`/vis/leads/${textAt(guest, "id")}`)).body).toMatchObject({
      buyer_id: null,
      name: null,
      phone: null,
    });
  });

  it("has details when it is a contact request or a reservation, its document's number under either name", async () => {
    const { lead, get, change } = await startLeads();
    const details = { color: "Rojo", zipCode: "7500000", dealership: "Sucursal Vitacura" };
    const made = await lead({ type: "reservation", details, buyer: { identificationNumber: "11111111-1" } });
    const path = `/leads/${textAt(made, "id")}/details`;
    expect((await get(path)).body).toMatchObject({
      contact_type: "reservation",
      status: "created",
      identification_type: "RUT",
      identification_number: "11111111-1",
      details: { color: "Rojo", zip_code: "7500000", dealership: "Sucursal Vitacura" },
    });
    await change({ leadIdentificationKey: "identification_value" });
    const { body } = await get(path);
    expect([at(body, "identification_value"), at(body, "identification_number")]).toEqual([
      "11111111-1",
      undefined,
    ]);
  });

  it("of credit wants the seller's id", async () => {
    const { lead, get, seller } = await startLeads();
    const path = `/vis/loans/${textAt(await lead({ type: "credit" }), "id")}`;
    expect([(await get(path)).status, (await get(`${path}?seller_id=700000999`)).status]).toEqual([400, 403]);
    expect((await get(`${path}?seller_id=${seller}`)).body).toMatchObject({ seller_id: Number(seller) });
  });
});

describe("leads", () => {
  it("refuse in this family's words: a wrong id, no id, another's, a bad token with 403, no token with its path", async () => {
    const { api, access, seller, lead, get, stranger, change } = await startLeads();
    const id = textAt(await lead({ type: "call" }), "id");
    const list = `/vis/users/${seller}/leads/buyers`;
    const bodyOf = async (path: string, token?: string) => {
      const { status, body } = await api.get(path, token);
      return { status, body };
    };
    const vis = (status: number, code: string, message: string) => ({ status, body: { code, message } });
    expect(await bodyOf("/vis/users/me/leads/buyers", access)).toEqual(
      vis(400, "bad_request", "invalid format USER_ID"),
    );
    expect(await bodyOf("/vis/leads/", access)).toEqual(vis(400, "bad_request", "missing lead_id"));
    const token = await stranger();
    for (const path of [list, `/vis/leads/${id}`]) {
      expect(await bodyOf(path, token)).toEqual(vis(403, "forbidden", "invalid token caller"));
      expect(await bodyOf(path, "APP_USR-bad")).toEqual(vis(403, "forbidden", "invalid token"));
      expect(await bodyOf(path)).toMatchObject({ status: 403, body: { blocked_by: "PolicyAgent", path } });
    }
    await api.control("/tokens/expire", { sellerId: seller });
    expect(await bodyOf(list, access)).toEqual(vis(403, "forbidden", "invalid token"));
    expect((await get(`/users/${seller}`)).status).toBe(401);
    await change({ leadBadToken: 401 });
    expect((await bodyOf(list, access)).status).toBe(401);
  });

  it.each([429, 409])("are refused over their quota with %i", async (leadQuotaStatus) => {
    const { seller, get, change, pass } = await startLeads();
    await change({ leadsPerMinute: 2, leadQuotaStatus });
    const list = `/vis/users/${seller}/leads/buyers`;
    const replies = [await get(list), await get(list), await get(list)];
    expect(replies.map((reply) => reply.status)).toEqual([200, 200, leadQuotaStatus]);
    expect(replies[2]?.body).toEqual({ code: "too_many_requests", message: "quota exceeded" });
    pass(61_000);
    expect((await get(list)).status).toBe(200);
  });

  it("ask for visits in Chile only, and come from classified listings and buyers", async () => {
    const { api, shoe } = await startLeads();
    const chile = await startLeads();
    const argentina = await startLeads({ siteId: "MLA" });
    const status = async (there: typeof argentina, seed: object) =>
      (await there.api.control("/leads", { itemId: there.car, ...seed })).status;
    expect(await status(chile, { type: "visit_request" })).toBe(201);
    for (const type of ["visit_request", "schedule"]) expect(await status(argentina, { type })).toBe(409);
    expect(await status(argentina, { type: "reservation" })).toBe(201);
    expect((await api.control("/leads", { itemId: shoe, type: "call" })).status).toBe(409);
    expect(await status(chile, { type: "question", buyer: null })).toBe(409);
    expect(await status(chile, { type: "fax" })).toBe(422);
  });

  it("are shown and changed by hand, a question's with its question only", async () => {
    const { api, car, lead, leads } = await startLeads();
    const id = textAt(await lead({ type: "call" }), "id");
    const asked = textAt(await lead({ type: "question", minutesAgo: 2 }), "id");
    const ids = listAt((await api.control(`/leads?itemId=${car}`)).body, "leads").map((one) =>
      textAt(one, "id"),
    );
    expect(ids).toEqual([id, asked]);
    expect(listAt((await api.control("/leads?type=question")).body, "leads")).toHaveLength(1);
    await api.control(`/leads/${id}`, { status: "inactive", subStatus: "contacted" });
    expect(at(await leads("contact_types=call"), "results", 0, "leads", 0)).toMatchObject({
      status: "inactive",
      sub_status: "contacted",
    });
    expect((await api.control(`/leads/${asked}`, { status: "inactive" })).status).toBe(409);
    expect((await api.control("/leads/none")).status).toBe(404);
  });

  it("do not exist before their time, nor after a reset", async () => {
    const { api, lead, leads, pass, series, car, get } = await startLeads();
    const id = textAt(await lead({ type: "call" }), "id");
    pass(-DAY);
    expect((await get(`/vis/leads/${id}`)).status).toBe(404);
    expect(at(await leads("date_to=2026-08-20"), "paging", "total")).toBe(0);
    expect(
      at(
        await series(
          `/items/${car}/contacts/phone_views/time_window?last=9&unit=day&ending=2026-08-15T00:00:00Z`,
        ),
        "total",
      ),
    ).toBe(0);
    pass(DAY);
    expect(at(await leads(), "paging", "total")).toBe(1);
    await api.control("/reset", { scenario: "empty" });
    expect(listAt((await api.control("/leads")).body, "leads")).toEqual([]);
    expect((await api.control(`/leads/${id}`)).status).toBe(404);
  });
});
