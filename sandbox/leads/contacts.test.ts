import { describe, expect, it } from "vitest";
import { countsOf, DAY, datesOf, HOUR, NOW, startLeads } from "@/sandbox/leads/testing";
import { at, listAt, textAt } from "@/sandbox/testing";

const KINDS = ["questions", "phone_views", "whatsapp"];

describe("totals of contacts", () => {
  it("count one listing or all of a seller's between two dates, of each kind", async () => {
    const { api, seller, car, flat, contact, get } = await startLeads();
    const other = textAt((await api.control("/sellers", { siteId: "MLC" })).body, "id");
    const theirs = { sellerId: other, listing: { title: "Otro", buyingMode: "classified" } };
    const foreign = textAt((await api.control("/items", theirs)).body, "id");
    for (const kind of KINDS) {
      await contact(kind, { itemId: foreign, at: "2026-08-10T12:00:00Z" });
      await contact(kind, { at: "2026-08-10T12:00:00Z", count: 3 });
      await contact(kind, { itemId: flat, at: "2026-08-10T13:00:00Z", count: 2 });
      await contact(kind, { at: "2026-08-11T12:00:00Z" });
      const range = "date_from=2026-08-10T00:00:00Z&date_to=2026-08-10T23:59:59.999Z";
      const item = await get(`/items/${car}/contacts/${kind}?${range}`);
      expect([item.status, item.body]).toEqual([
        200,
        {
          date_from: expect.any(String),
          date_to: expect.any(String),
          item_id: car,
          total: 3,
        },
      ]);
      const user = await get(`/users/${seller}/contacts/${kind}?${range}`);
      expect(user.body).toMatchObject({ user_id: seller, total: 5 });
      expect(typeof at(user.body, "user_id")).toBe("string");
    }
  });

  it("take dates with an offset, without one, and with milliseconds, in one call", async () => {
    const { car, contact, total, change } = await startLeads();
    await contact("phone_views", { at: "2026-08-01T02:59:59Z" });
    await contact("phone_views", { at: "2026-08-01T03:00:00Z", count: 10 });
    await contact("phone_views", { at: "2026-08-02T23:59:59.999Z", count: 100 });
    await contact("phone_views", { at: "2026-08-03T00:00:00Z", count: 1000 });
    const ask = (from: string, to: string) =>
      total(`/items/${car}/contacts/phone_views?${new URLSearchParams({ date_from: from, date_to: to })}`);
    expect(await ask("2026-08-01T00:00:00.000-03:00", "2026-08-02T23:59:59.999")).toBe(110);
    expect(await ask("2026-08-01T00:00:00", "2026-08-03T00:00:00")).toBe(111);
    expect(await ask("2026-08-01", "2026-08-02T23:59:59+00:00")).toBe(11);
    await change({ contactPlainDates: "site" });
    expect(await ask("2026-08-01T00:00:00", "2026-08-02T23:59:59.999")).toBe(1110);
  });

  it("do not understand a plus that was not encoded, nor a date that is none", async () => {
    const { car, get } = await startLeads();
    const ask = (range: string) => get(`/items/${car}/contacts/questions?${range}`);
    const refused = [
      "date_from=2026-08-01T00:00:00+03:00&date_to=2026-08-02T00:00:00Z",
      "date_from=2026-08-32&date_to=2026-09-02",
      "date_from=2026-06-31&date_to=2026-09-02",
      "date_from=yesterday&date_to=2026-08-02",
      "date_from=2026-08-03&date_to=2026-08-02",
      "date_from=2026-08-01",
      "",
    ];
    for (const range of refused) {
      const reply = await ask(range);
      expect([reply.status, at(reply.body, "code")]).toEqual([400, "bad_request"]);
    }
    expect((await ask("date_from=2026-08-01T00:00:00%2B03:00&date_to=2026-08-02T00:00:00Z")).status).toBe(
      200,
    );
  });

  it("say the dates back as they came, or in UTC as the WhatsApp samples do", async () => {
    const { car, get, change } = await startLeads();
    const range = "date_from=2026-08-01T00:00:00.000-03:00&date_to=2026-08-02T23:59:59.999";
    const dates = async (kind: string) => {
      const { body } = await get(`/items/${car}/contacts/${kind}?${range}`);
      return [at(body, "date_from"), at(body, "date_to")];
    };
    const verbatim = ["2026-08-01T00:00:00.000-03:00", "2026-08-02T23:59:59.999"];
    const normalised = ["2026-08-01T03:00:00Z", "2026-08-02T23:59:59.999Z"];
    expect(await dates("questions")).toEqual(verbatim);
    expect(await dates("phone_views")).toEqual(verbatim);
    expect(await dates("whatsapp")).toEqual(normalised);
    await change({ contactDates: "verbatim" });
    expect(await dates("whatsapp")).toEqual(verbatim);
    await change({ contactDates: "utc" });
    expect(await dates("questions")).toEqual(normalised);
  });
});

describe("series of contacts", () => {
  it("end with the bucket that contains ending, as in the printed example", async () => {
    const { car, series } = await startLeads();
    const body = await series(
      `/items/${car}/contacts/whatsapp/time_window?last=2&unit=hour&ending=2026-05-28T00:00:00-03:00`,
    );
    expect(body).toEqual({
      item_id: car,
      total: 0,
      date_from: "2026-05-28T02:00:00Z",
      date_to: "2026-05-28T04:00:00Z",
      last: 2,
      unit: "hour",
      results: [
        { date: "2026-05-28T02:00:00Z", total: 0 },
        { date: "2026-05-28T03:00:00Z", total: 0 },
      ],
    });
  });

  it("begin their days at four in the morning UTC, and fill empty ones with zero", async () => {
    const { car, contact, series, change } = await startLeads();
    await contact("phone_views", { at: "2026-08-10T03:59:59Z", count: 2 });
    await contact("phone_views", { at: "2026-08-10T04:00:00Z", count: 3 });
    const path = `/items/${car}/contacts/phone_views/time_window?last=4&unit=day`;
    const body = await series(`${path}&ending=2026-08-12T03:59:59.999Z`);
    expect(datesOf(body)).toEqual(
      [8, 9, 10, 11].map((day) => `2026-08-${String(day).padStart(2, "0")}T04:00:00Z`),
    );
    expect(countsOf(body)).toEqual([0, 2, 3, 0]);
    expect(body).toMatchObject({
      total: 5,
      date_from: "2026-08-08T04:00:00Z",
      date_to: "2026-08-12T04:00:00Z",
    });
    expect(datesOf(await series(`${path}&ending=2026-08-12T04:00:00Z`)).at(-1)).toBe("2026-08-12T04:00:00Z");
    await change({ contactDayStart: 3 });
    expect(datesOf(await series(path)).at(-1)).toBe("2026-08-12T03:00:00Z");
  });

  it("end now when nothing else is said, with the hour that has begun", async () => {
    const { car, contact, series, pass } = await startLeads();
    await contact("questions");
    const path = `/items/${car}/contacts/questions/time_window?last=1&unit=hour`;
    expect(await series(path)).toMatchObject({ date_from: "2026-08-12T15:00:00Z", total: 1 });
    pass(HOUR);
    expect(await series(path)).toMatchObject({ date_from: "2026-08-12T16:00:00Z", total: 0 });
  });

  it("are ordered, cut and skipped as asked, and total what they show", async () => {
    const { car, contact, series, change } = await startLeads();
    for (const hoursAgo of [0, 1, 2, 3]) {
      await contact("whatsapp", { minutesAgo: hoursAgo * 60, count: hoursAgo + 1 });
    }
    const ask = (more: string) =>
      series(`/items/${car}/contacts/whatsapp/time_window?last=4&unit=hour${more}`);
    expect(countsOf(await ask(""))).toEqual([4, 3, 2, 1]);
    expect(countsOf(await ask("&order=desc"))).toEqual([1, 2, 3, 4]);
    const cut = await ask("&order=desc&limit=2&offset=1");
    expect([countsOf(cut), at(cut, "total")]).toEqual([[2, 3], 5]);
    expect(cut).toMatchObject({ date_from: "2026-08-12T12:00:00Z", date_to: "2026-08-12T16:00:00Z" });
    await change({ contactTotalOf: "window" });
    expect(at(await ask("&limit=1"), "total")).toBe(10);
  });

  it("give last as a number or as a numeric text", async () => {
    const { car, seller, series, change } = await startLeads();
    const paths = [`/items/${car}`, `/users/${seller}`].map(
      (base) => `${base}/contacts/whatsapp/time_window?last=2&unit=day`,
    );
    for (const path of paths) expect(at(await series(path), "last")).toBe(2);
    await change({ contactLastAs: "string" });
    for (const path of paths) expect(at(await series(path), "last")).toBe("2");
  });

  it("name the seller with a text, though the path is numeric", async () => {
    const { seller, car, flat, contact, series } = await startLeads();
    await contact("phone_views", { count: 2 });
    await contact("phone_views", { itemId: flat, count: 5 });
    const body = await series(`/users/${seller}/contacts/phone_views/time_window?last=1&unit=day`);
    expect(body).toMatchObject({ user_id: seller, total: 7 });
    expect(at(body, "item_id")).toBeUndefined();
    expect(at(await series(`/items/${car}/contacts/phone_views/time_window?last=1&unit=day`), "total")).toBe(
      2,
    );
  });

  it("of several listings come as an array, by the collection path and by the printed one", async () => {
    const { api, car, flat, shoe, contact, series, get, change } = await startLeads();
    await contact("questions", { count: 2 });
    await contact("questions", { itemId: flat, count: 5 });
    const other = await api.control("/sellers", { siteId: "MLC" });
    const listing = {
      sellerId: textAt(other.body, "id"),
      listing: { title: "Otro", buyingMode: "classified" },
    };
    const foreign = textAt((await api.control("/items", listing)).body, "id");
    const query = `time_window?ids=${flat},${car},MLC404,${foreign},${flat}&last=1&unit=day`;
    const paths = [`/items/contacts/questions/${query}`, `/items/${shoe}/contacts/questions/${query}`];
    for (const path of paths) {
      const body = await series(path);
      const rows = Array.isArray(body) ? body : [];
      expect(rows.map((row) => [at(row, "item_id"), at(row, "total")])).toEqual([
        [flat, 5],
        [car, 2],
      ]);
      expect(rows[0]).toEqual(await series(`/items/${flat}/contacts/questions/time_window?last=1&unit=day`));
    }
    await change({ contactListPath: "item" });
    expect((await get(paths[0] ?? "")).status).toBe(404);
    await change({ contactListPath: "collection" });
    expect(at(await series(paths[1] ?? ""), "item_id")).toBe(shoe);
    const many = Array.from({ length: 21 }, (_, index) => `MLC${index}`).join(",");
    const asked = `/items/contacts/questions/time_window?ids=${many}&last=1&unit=day`;
    expect((await get(asked)).status).toBe(400);
    await change({ contactMaxIds: null });
    expect((await get(asked)).body).toEqual([]);
    expect((await get("/items/contacts/questions/time_window?last=1&unit=day")).status).toBe(400);
  });

  it("want last, in the WhatsApp section or everywhere, and the units in English", async () => {
    const { car, get, change } = await startLeads();
    const status = async (kind: string, query: string) =>
      (await get(`/items/${car}/contacts/${kind}/time_window?${query}`)).status;
    expect(await status("questions", "unit=hour")).toBe(200);
    expect(await status("whatsapp", "unit=hour")).toBe(400);
    await change({ contactLastNeeded: "always" });
    expect(await status("questions", "unit=hour")).toBe(400);
    for (const wrong of [
      "last=0&unit=hour",
      "last=two&unit=hour",
      "last=2",
      "last=2&unit=hora",
      "last=2&unit=día",
    ]) {
      expect([wrong, await status("phone_views", wrong)]).toEqual([wrong, 400]);
    }
    expect(await status("phone_views", "last=2&unit=hour&order=newest")).toBe(400);
    await change({ contactMaxLast: 90 });
    expect([
      await status("phone_views", "last=90&unit=day"),
      await status("phone_views", "last=91&unit=day"),
    ]).toEqual([200, 400]);
  });
});

describe("contacts", () => {
  it("refuse a user id that is none, another seller's, and what is not there", async () => {
    const { api, seller, car, get, stranger } = await startLeads();
    const wrong = await get("/users/me2/contacts/questions/time_window?last=1&unit=day");
    expect([wrong.status, wrong.body]).toEqual([
      400,
      { code: "bad_request", message: "error decoding 'user_id'. It must be string or number" },
    ]);
    const token = await stranger();
    for (const base of [`/users/${seller}`, `/items/${car}`]) {
      expect((await api.get(`${base}/contacts/questions/time_window?last=1&unit=day`, token)).status).toBe(
        403,
      );
    }
    expect((await get("/items/MLC1/contacts/questions?date_from=2026-08-01&date_to=2026-08-02")).status).toBe(
      404,
    );
    expect((await get(`/items/${car}/contacts/faxes/time_window?last=1&unit=day`)).status).toBe(404);
    expect((await api.get(`/items/${car}/contacts/questions`)).status).toBe(401);
    expect((await api.get(`/items/${car}/contacts/questions`, "APP_USR-gone")).status).toBe(401);
  });

  it("belong to classified listings alone, and leave items and users their addresses", async () => {
    const { seller, car, shoe, series, get, api } = await startLeads({ drawn: true });
    const path = (item: string) => `/items/${item}/contacts/phone_views/time_window?last=90&unit=day`;
    expect(at(await series(path(car)), "total")).not.toBe(0);
    expect(at(await series(path(shoe)), "total")).toBe(0);
    expect((await api.control("/leads/contacts", { itemId: shoe, kind: "questions" })).status).toBe(404);
    expect((await get(`/items/${car}`)).status).toBe(200);
    expect((await get(`/users/${seller}`)).status).toBe(200);
  });

  it("count leads and questions, and guests beyond them", async () => {
    const { car, lead, contact, total } = await startLeads();
    await lead({ type: "whatsapp" });
    await lead({ type: "whatsapp", buyer: null });
    await lead({ type: "call" });
    await lead({ type: "question", text: "¿Tiene papeles al día?" });
    await contact("questions", { count: 4 });
    await lead({ type: "quotation" });
    const range = "date_from=2026-08-12&date_to=2026-08-13";
    const totals = await Promise.all(KINDS.map((kind) => total(`/items/${car}/contacts/${kind}?${range}`)));
    expect(totals).toEqual([5, 1, 2]);
  });

  it("are kept for 120 days", async () => {
    const { car, contact, total, series, change } = await startLeads();
    await contact("phone_views", { minutesAgo: 119 * 24 * 60 });
    await contact("phone_views", { minutesAgo: 121 * 24 * 60, count: 10 });
    const path = `/items/${car}/contacts/phone_views`;
    const both = async () => [
      await total(`${path}?date_from=2026-01-01&date_to=2026-08-13`),
      Number(at(await series(`${path}/time_window?last=200&unit=day`), "total")),
    ];
    expect(await both()).toEqual([1, 1]);
    await change({ contactDaysKept: 150 });
    expect(await both()).toEqual([11, 11]);
  });

  it("have a quota of their own, in the body of this family", async () => {
    const { car, get, change } = await startLeads();
    await change({ contactsPerMinute: 2 });
    const path = `/items/${car}/contacts/questions/time_window?last=1&unit=day`;
    const replies = [await get(path), await get(path), await get(path)];
    expect(replies.map((reply) => reply.status)).toEqual([200, 200, 429]);
    expect(replies[2]?.body).toEqual({ code: "too_many_requests", message: "quota exceeded" });
    expect((await get(`/items/${car}`)).status).toBe(200);
  });

  it("are busy as laid down: exact counts by hour, a mean to draw from, or none", async () => {
    const { api, seller, car, flat, series } = await startLeads({ drawn: true });
    const laid = { itemId: car, kind: "phone_views", hours: [3, 0, 7], ending: "2026-08-12T15:10:00Z" };
    await api.control("/leads/series", laid);
    const path = (item: string, last: string) => `/items/${item}/contacts/phone_views/time_window?${last}`;
    expect(countsOf(await series(path(car, "last=4&unit=hour")))).toEqual([0, 3, 0, 7]);
    await api.control("/leads/series", { sellerId: seller, perDay: 0 });
    expect(at(await series(path(flat, "last=120&unit=day")), "total")).toBe(0);
    await api.control("/leads/series", { itemId: flat, perDay: 50, sinceDaysAgo: 30, untilDaysAgo: 10 });
    const days = countsOf(await series(path(flat, "last=40&unit=day")));
    expect(days.slice(0, 9).concat(days.slice(31))).toEqual(Array(18).fill(0));
    expect(Math.min(...days.slice(11, 29))).toBeGreaterThan(10);
    expect((await api.control("/leads/series", { perDay: 1 })).status).toBe(422);
    expect((await api.control("/leads/series", { itemId: "MLC1", perDay: 1 })).status).toBe(409);
  });

  it("are what the control address counts", async () => {
    const { api, car, flat, seller, lead, contact } = await startLeads();
    await lead({ type: "call" });
    await contact("whatsapp", { itemId: flat, count: 3, minutesAgo: 30 * 24 * 60 });
    const { body } = await api.control(`/leads/contacts?sellerId=${seller}`);
    expect(listAt(body, "items")).toMatchObject([
      { itemId: car, questions: 0, phone_views: 1, whatsapp: 0 },
      { itemId: flat, questions: 0, phone_views: 0, whatsapp: 0 },
    ]);
    const since = new Date(NOW.getTime() - 40 * DAY).toISOString();
    const older = await api.control(`/leads/contacts?itemId=${flat}&from=${since}`);
    expect(at(older.body, "items", 0, "whatsapp")).toBe(3);
    expect((await api.control("/leads/contacts?from=soon")).status).toBe(422);
  });
});
