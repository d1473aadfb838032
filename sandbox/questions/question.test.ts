import { describe, expect, it } from "vitest";
import { startQuestion } from "@/sandbox/questions/testing";
import { at, textAt } from "@/sandbox/testing";

describe("a question by id (questions-and-contacts.md 1.2)", () => {
  it("has buyer_id and app_id instead of from, and last_updated", async () => {
    const q = await startQuestion();
    const { body } = await q.get();
    expect(body).toMatchObject({
      id: Number(q.id),
      seller_id: Number(q.seller),
      item_id: q.item,
      status: "UNANSWERED",
      text: "¿Hay stock?",
      answer: null,
      buyer_id: Number(q.buyer),
      app_id: null,
      hold: false,
      deleted_from_listing: false,
      suspected_spam: false,
    });
    expect(body).not.toHaveProperty("from");
    expect(textAt(body, "last_updated")).not.toBe("");
  });

  it("has dates in Z with three to nine fractional digits, of the same moment as the search's", async () => {
    const q = await startQuestion();
    for (let n = 0; n < 12; n += 1) {
      const { id } = await q.ask({ askedMinutesAgo: n * 7 });
      const { body } = await q.api.get(`/questions/${id}?api_version=4`, q.access);
      const date = textAt(body, "date_created");
      expect(date).toMatch(/^2026-03-02T1\d:\d\d:00\.000\d{0,6}Z$/);
      expect(date).toHaveLength("2026-03-02T14:00:00.000Z".length + (Number(id.slice(-1)) % 7));
      expect(new Date(date).getTime()).toBe(new Date(textAt(await q.held(id), "createdAt")).getTime());
    }
  });

  it("names the buyer as from, both ways, or not at all, as the settings say", async () => {
    const q = await startQuestion();
    const keys = async (questionByIdBuyer: string) => {
      await q.change({ questionByIdBuyer });
      const { body } = await q.get();
      return ["from", "buyer_id"].filter((name) => at(body, name) !== undefined);
    };
    expect(await keys("from")).toEqual(["from"]);
    expect(await keys("both")).toEqual(["from", "buyer_id"]);
    expect(await keys("none")).toEqual([]);
  });

  it("tells how to reach a buyer of a classified listing, by id alone", async () => {
    const q = await startQuestion({
      itemId: undefined,
      listing: { title: "Auto usado 2019", buyingMode: "classified" },
      buyerName: "Ana Prueba",
      contact: { email: "ana@example.test", phone: { areaCode: "11", number: "55500001" } },
    });
    expect(at((await q.get()).body, "from")).toEqual({
      id: Number(q.buyer),
      first_name: "Ana",
      last_name: "Prueba",
      email: "ana@example.test",
      phone: { area_code: "11", number: "55500001" },
    });
    const { body } = await q.search(`seller_id=${q.seller}`);
    expect(at(body, "questions", 0, "from")).toEqual({ id: Number(q.buyer) });
  });

  it("empties the text of a banned question, and of a banned answer", async () => {
    const q = await startQuestion();
    await q.answer("Sí");
    await q.set({ answerStatus: "BANNED" });
    expect((await q.get()).body).toMatchObject({
      status: "ANSWERED",
      text: "¿Hay stock?",
      answer: { text: "", status: "BANNED" },
    });
    await q.set({ status: "BANNED" });
    expect((await q.get()).body).toMatchObject({ status: "BANNED", text: "" });
    expect(at((await q.search(`seller_id=${q.seller}`)).body, "questions", 0, "text")).toBe("");
  });

  it("may lack suspected_spam, one by one or everywhere", async () => {
    const q = await startQuestion({ suspectedSpam: null });
    expect((await q.get()).body).not.toHaveProperty("suspected_spam");
    await q.set({ suspectedSpam: true });
    expect(at((await q.get()).body, "suspected_spam")).toBe(true);
    await q.change({ questionSpamField: "absent" });
    expect((await q.get()).body).not.toHaveProperty("suspected_spam");
  });

  it("has lower-case statuses if the settings say so", async () => {
    const q = await startQuestion({ answer: { text: "Sí" } });
    await q.change({ questionStatusCase: "lower" });
    expect((await q.get()).body).toMatchObject({ status: "answered", answer: { status: "active" } });
  });

  it("is another's: 403 in the form of the settings; is nobody's: 404", async () => {
    const q = await startQuestion();
    const stranger = await q.stranger();
    const plain = await q.api.get(q.path, stranger);
    expect(q.errorOf(plain.body)).toEqual([403, "forbidden"]);
    await q.change({ questionForeignForm: "policy" });
    expect(at((await q.api.get(q.path, stranger)).body, "blocked_by")).toBe("PolicyAgent");
    expect(q.errorOf((await q.api.get("/questions/13999999999", q.access)).body)).toEqual([404, "not_found"]);
  });

  it("needs a token and the communication permission", async () => {
    const q = await startQuestion();
    expect((await q.api.get(q.path)).status).toBe(401);
    await q.change({ missingPermissions: ["questions"] });
    expect(at((await q.get()).body, "blocked_by")).toBe("PolicyAgent");
    const usersPath = await q.api.get(`/users/${q.seller}/questions_blacklist`, q.access);
    expect(at(usersPath.body, "blocked_by")).toBe("PolicyAgent");
  });

  it("is counted by a limiter of its own", async () => {
    const q = await startQuestion();
    await q.change({ questionsPerMinute: 2 });
    expect([(await q.get()).status, (await q.get()).status, (await q.get()).status]).toEqual([200, 200, 429]);
    expect((await q.answer("Sí")).status).toBe(201);
  });
});

describe("asking (questions-and-contacts.md 1.5)", () => {
  it("makes an unanswered question of the caller, with its application", async () => {
    const q = await startQuestion();
    const stranger = await q.stranger();
    const body = { text: "¿Es nuevo?", item_id: q.item };
    const asked = await q.api.post("/questions", stranger, body);
    expect(asked.status).toBe(201);
    expect(asked.body).toMatchObject({
      status: "UNANSWERED",
      answer: null,
      item_id: q.item,
      text: "¿Es nuevo?",
    });
    const id = textAt(asked.body, "id");
    const { body: mine } = await q.api.get(`/questions/${id}?api_version=4`, q.access);
    expect(at(mine, "app_id")).toBe(1000000000000001);
  });

  it("is refused on an own listing, a paused one, an unknown one, and with other keys", async () => {
    const q = await startQuestion();
    const stranger = await q.stranger();
    const post = async (token: string, body: object) => {
      const reply = await q.api.post("/questions", token, body);
      return q.errorOf(reply.body);
    };
    expect(await post(q.access, { text: "a", item_id: q.item })).toEqual([400, "bad_request"]);
    expect(await post(stranger, { text: "a", item_id: "MLA1" })).toEqual([404, "not_found"]);
    expect(await post(stranger, { text: "a", item: q.item })).toEqual([400, "invalid_post_body"]);
    expect(await post(stranger, { text: "a".repeat(2001), item_id: q.item })).toEqual([
      400,
      "invalid_post_body",
    ]);
    await q.listing({ status: "paused" });
    expect(await post(stranger, { text: "a", item_id: q.item })).toEqual([400, "not_active_item"]);
  });
});

describe("deleting (questions-and-contacts.md 1.3, 1.5)", () => {
  it("takes an unanswered question away and says so in a list", async () => {
    const q = await startQuestion();
    const { status, body } = await q.remove(q.path);
    expect([status, body]).toEqual([200, ["Question deleted."]]);
    expect((await q.get()).body).toMatchObject({ status: "DELETED", deleted_from_listing: true });
    expect(await q.found(`seller_id=${q.seller}&status=UNANSWERED`)).toEqual([]);
  });

  it("refuses an answered question, one deleted before, and another's", async () => {
    const q = await startQuestion();
    expect((await q.remove(q.path, await q.stranger())).status).toBe(403);
    await q.answer("Sí");
    const refused = await q.remove(q.path);
    expect(refused.body).toMatchObject({
      error: "not_unanswered_question",
      message: `Question ${q.id} must be unanswered`,
    });
    const other = await q.ask();
    await q.remove(`/questions/${other.id}`);
    expect((await q.remove(`/questions/${other.id}`)).status).toBe(400);
  });

  it.each(["BANNED", "CLOSED_UNANSWERED", "DISABLED"] as const)("refuses one that is %s", async (status) => {
    const q = await startQuestion({ status });
    expect(q.errorOf((await q.remove(q.path)).body)).toEqual([400, "not_unanswered_question"]);
    expect(await q.status()).toBe(status);
  });

  it("takes one under review only if the settings let it", async () => {
    const q = await startQuestion({ status: "UNDER_REVIEW" });
    expect((await q.remove(q.path)).status).toBe(400);
    await q.change({ questionReviewDeletable: true });
    expect((await q.remove(q.path)).status).toBe(200);
  });
});
