import { describe, expect, it } from "vitest";
import { HOUR, MINUTE, MONDAY, startQuestion } from "@/sandbox/questions/testing";
import { at, listAt, textAt } from "@/sandbox/testing";

describe("searching questions (questions-and-contacts.md 1.1)", () => {
  it("answers total and limit at the root, the offset in filters, and no paging object", async () => {
    const q = await startQuestion();
    const { status, body } = await q.search(`seller_id=${q.seller}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      total: 1,
      limit: 50,
      filters: {
        limit: 50,
        offset: 0,
        api_version: "4",
        is_admin: false,
        sorts: [],
        caller: Number(q.seller),
        seller: Number(q.seller),
      },
      available_sorts: ["item_id", "from_id", "date_created", "seller_id"],
    });
    expect(body).not.toHaveProperty("paging");
    expect(listAt(body, "available_filters", 0, "values")).toEqual([
      "ANSWERED",
      "BANNED",
      "CLOSED_UNANSWERED",
      "DELETED",
      "DISABLED",
      "UNANSWERED",
      "UNDER_REVIEW",
    ]);
  });

  it("shows a question with from, and dates in milliseconds at -04:00", async () => {
    const q = await startQuestion();
    const { body } = await q.search(`seller_id=${q.seller}`);
    expect(at(body, "questions", 0)).toEqual({
      id: Number(q.id),
      seller_id: Number(q.seller),
      item_id: q.item,
      status: "UNANSWERED",
      text: "¿Hay stock?",
      date_created: "2026-03-02T10:00:00.000-04:00",
      answer: null,
      deleted_from_listing: false,
      hold: false,
      suspected_spam: false,
      from: { id: Number(q.buyer) },
    });
  });

  it("takes item and item_id, or only the one that the settings leave", async () => {
    const q = await startQuestion();
    const other = await q.ask({ itemId: undefined, listing: { title: "Otra" } });
    expect(await q.found(`seller_id=${q.seller}&item=${q.item}`)).toEqual([q.id]);
    expect(await q.found(`seller_id=${q.seller}&item_id=${q.item}`)).toEqual([q.id]);
    await q.change({ questionItemFilter: "item_id" });
    expect(await q.found(`seller_id=${q.seller}&item=${q.item}`)).toEqual(
      [other.id, q.id].toSorted().reverse(),
    );
    expect(await q.found(`item_id=${q.item}`)).toEqual([q.id]);
  });

  it("finds one buyer's chain by item and from; with seller_id that is a 400, unless the settings let it work", async () => {
    const q = await startQuestion();
    await q.ask();
    const further = await q.ask({ buyerId: q.buyer, askedMinutesAgo: 5 });
    expect(await q.found(`item=${q.item}&from=${q.buyer}`)).toEqual([q.id, further.id]);
    const both = await q.search(`seller_id=${q.seller}&from=${q.buyer}`);
    expect(q.errorOf(both.body)).toEqual([400, "bad_request"]);
    await q.change({ questionFromWithSeller: "works" });
    expect(await q.found(`seller_id=${q.seller}&from=${q.buyer}`)).toEqual([q.id, further.id]);
  });

  it("filters by status in either case, or in upper case alone", async () => {
    const q = await startQuestion();
    const answered = await q.ask({ answer: { text: "Sí" }, askedMinutesAgo: 10 });
    expect(await q.found(`seller_id=${q.seller}&status=UNANSWERED`)).toEqual([q.id]);
    expect(await q.found(`seller_id=${q.seller}&status=answered`)).toEqual([answered.id]);
    await q.change({ questionStatusFilter: "upper" });
    expect((await q.search(`seller_id=${q.seller}&status=answered`)).status).toBe(400);
    expect((await q.search(`seller_id=${q.seller}&status=NONE`)).status).toBe(400);
  });

  it("sorts by the fields and ways that are listed side by side; `sort` changes nothing", async () => {
    const q = await startQuestion();
    const old = await q.ask({ askedMinutesAgo: 90 });
    const middle = await q.ask({ askedMinutesAgo: 30, buyerId: q.buyer });
    const by = (query: string) => q.found(`seller_id=${q.seller}&${query}`);
    expect(await by("sort_fields=date_created&sort_types=ASC")).toEqual([old.id, middle.id, q.id]);
    expect(await by("sort_fields=date_created&sort_types=DESC")).toEqual([q.id, middle.id, old.id]);
    expect(await by("sort=date_asc")).toEqual([q.id, middle.id, old.id]);
    expect(await by("sort_fields=from_id,date_created&sort_types=DESC,ASC")).toEqual([
      old.id,
      middle.id,
      q.id,
    ]);
    expect((await q.search(`seller_id=${q.seller}&sort_fields=last_updated`)).status).toBe(400);
    const { body } = await q.search(`seller_id=${q.seller}&sort_fields=item_id&sort_types=DESC`);
    expect(at(body, "filters", "sorts")).toEqual(["item_id_desc"]);
  });

  it("gives pages of at most 50, or of 100, or refuses a greater one", async () => {
    const q = await startQuestion();
    for (let n = 1; n <= 60; n += 1) await q.ask({ askedMinutesAgo: n, notify: false });
    const sizes = async (query: string) => {
      const { body, status } = await q.search(`seller_id=${q.seller}&${query}`);
      return [status, at(body, "limit"), listAt(body, "questions").length, at(body, "total")];
    };
    expect(await sizes("")).toEqual([200, 50, 50, 61]);
    expect(await sizes("limit=100")).toEqual([200, 50, 50, 61]);
    expect(await sizes("limit=20&offset=50")).toEqual([200, 20, 11, 61]);
    await q.change({ questionMaxLimit: 100 });
    expect(await sizes("limit=100")).toEqual([200, 100, 61, 61]);
    await q.change({ questionLimitAbove: "refused" });
    expect((await sizes("limit=101"))[0]).toBe(400);
  });

  it("refuses an offset beyond 1000, and a search of nothing", async () => {
    const q = await startQuestion();
    expect((await q.search(`seller_id=${q.seller}&offset=1000`)).status).toBe(200);
    expect((await q.search(`seller_id=${q.seller}&offset=1001`)).status).toBe(400);
    expect((await q.search("status=UNANSWERED")).status).toBe(400);
  });

  it("is closed for another's seller_id and another's item", async () => {
    const q = await startQuestion();
    const stranger = await q.stranger();
    const bySeller = await q.api.get(`/questions/search?api_version=4&seller_id=${q.seller}`, stranger);
    expect([bySeller.status, at(bySeller.body, "error")]).toEqual([403, "forbidden"]);
    expect((await q.api.get(`/questions/search?api_version=4&item=${q.item}`, stranger)).status).toBe(403);
  });

  it("answers an older structure without api_version", async () => {
    const q = await startQuestion();
    const { body } = await q.api.get(`/questions/search?seller_id=${q.seller}`, q.access);
    const [one] = listAt(body, "questions");
    expect(one).not.toHaveProperty("hold");
    expect(one).not.toHaveProperty("suspected_spam");
    expect(at(one, "from")).toEqual({ id: Number(q.buyer), answered_questions: 0 });
    expect(at(body, "filters")).not.toHaveProperty("api_version");
  });

  it("has the caller's received questions in the same shape, without a scan", async () => {
    const q = await startQuestion();
    const path = "/my/received_questions/search?api_version=4";
    const { body } = await q.api.get(`${path}&item=${q.item}&search_type=scan`, q.access);
    expect(at(body, "questions", 0, "id")).toBe(Number(q.id));
    expect(at(body, "total")).toBe(1);
    expect(body).not.toHaveProperty("scroll_id");
    expect(at((await q.api.get(path, await q.stranger())).body, "total")).toBe(0);
  });
});

describe("scanning beyond 1000 questions (questions-and-contacts.md 1.1)", () => {
  async function startMany() {
    const q = await startQuestion();
    for (let n = 1; n < 5; n += 1) await q.ask({ askedMinutesAgo: n, notify: false });
    const scan = (scroll = "") =>
      q.search(`seller_id=${q.seller}&search_type=scan&limit=2${scroll && `&scroll_id=${scroll}`}`);
    return { ...q, scan };
  }

  it("goes on with a new scroll_id on every page until it is null, and shows everything once", async () => {
    const q = await startMany();
    const seen: string[] = [];
    let scroll = "";
    do {
      const { body } = await q.scan(scroll);
      seen.push(...listAt(body, "questions").map((one) => textAt(one, "id")));
      expect(at(body, "total")).toBe(5);
      scroll = textAt(body, "scroll_id");
    } while (scroll);
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
  });

  it("may end on an empty page", async () => {
    const q = await startMany();
    await q.change({ questionScanEnd: "empty_page" });
    let pages = 0;
    let body: unknown;
    let scroll = "";
    do {
      body = (await q.scan(scroll)).body;
      scroll = textAt(body, "scroll_id");
      pages += 1;
    } while (scroll);
    expect(pages).toBe(4);
    expect(listAt(body, "questions")).toEqual([]);
  });

  it("refuses a scroll_id after five minutes, one that was used, and one that is unknown", async () => {
    const q = await startMany();
    const first = textAt((await q.scan()).body, "scroll_id");
    await q.pass(4 * MINUTE);
    const second = textAt((await q.scan(first)).body, "scroll_id");
    expect((await q.scan(first)).status).toBe(400);
    await q.pass(5 * MINUTE);
    expect((await q.scan(second)).status).toBe(400);
    expect((await q.scan("nothing")).status).toBe(400);
  });

  it("is not stopped by an offset, and survives a question that goes in the middle", async () => {
    const q = await startMany();
    const first = await q.search(`seller_id=${q.seller}&search_type=scan&limit=2&offset=5000`);
    expect(first.status).toBe(200);
    const [, , third] = await q.found(`seller_id=${q.seller}`);
    await q.remove(`/questions/${third}`);
    const { body } = await q.scan(textAt(first.body, "scroll_id"));
    expect(listAt(body, "questions").map((one) => textAt(one, "status"))).toEqual(["DELETED", "UNANSWERED"]);
  });
});

describe("hidden questions (questions-and-contacts.md 1.5, 9)", () => {
  const hide = (q: Awaited<ReturnType<typeof startQuestion>>, body: object) =>
    q.api.post("/my/questions/hidden", q.access, body);

  it("leave the search and stay by id, under both spellings of the body", async () => {
    const q = await startQuestion();
    const other = await q.ask();
    expect((await hide(q, { question_ids: [Number(q.id)] })).status).toBe(200);
    expect((await hide(q, { questions_ids: [other.id] })).status).toBe(200);
    expect(await q.found(`seller_id=${q.seller}`)).toEqual([]);
    expect((await q.get()).status).toBe(200);
    await q.change({ questionHiddenLeaves: false });
    expect(await q.found(`seller_id=${q.seller}`)).toHaveLength(2);
  });

  it("take one spelling alone if the settings say so, and may answer nothing", async () => {
    const q = await startQuestion();
    await q.change({ questionHiddenBody: "questions_ids", questionHiddenStatus: 204 });
    const refused = await hide(q, { question_ids: [Number(q.id)] });
    expect(q.errorOf(refused.body)).toEqual([400, "invalid_post_body"]);
    const done = await hide(q, { questions_ids: [Number(q.id)] });
    expect([done.status, done.text]).toEqual([204, ""]);
    expect((await hide(q, { questions_ids: [Number(q.id)] })).status).toBe(204);
  });

  it("must be the caller's own", async () => {
    const q = await startQuestion();
    const stranger = await q.stranger();
    const body = { question_ids: [Number(q.id)] };
    expect((await q.api.post("/my/questions/hidden", stranger, body)).status).toBe(403);
    expect(at(await q.held(), "isHidden")).toBe(false);
    expect((await hide(q, { question_ids: [1] })).status).toBe(404);
    expect((await hide(q, { question_ids: [] })).status).toBe(400);
  });
});

describe("the seven months (questions-and-contacts.md 1.3)", () => {
  it("remove an unanswered question for good, by the sandbox's clock", async () => {
    const asked = new Date("2025-08-02T15:00:00Z");
    const askedMinutesAgo = (MONDAY.getTime() - asked.getTime()) / MINUTE;
    const q = await startQuestion({ askedMinutesAgo });
    const answered = await q.ask({ askedMinutesAgo, answer: { text: "Sí" } });
    await q.pass(HOUR - MINUTE);
    expect(await q.found(`seller_id=${q.seller}`)).toHaveLength(2);
    await q.pass(MINUTE);
    expect(await q.found(`seller_id=${q.seller}`)).toEqual([answered.id]);
    expect((await q.get()).status).toBe(404);
    const late = await q.answer("Sí");
    expect(q.errorOf(late.body)).toEqual([404, "not_found"]);
  });
});
