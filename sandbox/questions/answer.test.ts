import { describe, expect, it } from "vitest";
import { startQuestion } from "@/sandbox/questions/testing";
import { at, textAt } from "@/sandbox/testing";

describe("answering (questions-and-contacts.md 1.4)", () => {
  it("gives back the answered question, with 201 or 200", async () => {
    const q = await startQuestion();
    const { status, body } = await q.answer("Sí, hay stock 👍");
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: Number(q.id),
      status: "ANSWERED",
      answer: { text: "Sí, hay stock 👍", status: "ACTIVE", date_created: "2026-03-02T10:00:00.000-04:00" },
      from: { id: Number(q.buyer), answered_questions: 1 },
    });
    const other = await q.ask();
    await q.change({ answerStatus: 200 });
    expect((await q.answer("Sí", Number(other.id))).status).toBe(200);
  });

  it("takes one answer and no second", async () => {
    const q = await startQuestion();
    await q.answer("Sí");
    const again = await q.answer("No");
    expect(again.body).toEqual({
      message: `Question ${q.id} is not unanswered`,
      error: "not_unanswered_question",
      status: 400,
      cause: [],
    });
    expect(at((await q.get()).body, "answer", "text")).toBe("Sí");
  });

  it("takes 1 to 2000 characters, counted as the settings say", async () => {
    const q = await startQuestion();
    expect(q.errorOf((await q.answer("")).body)).toEqual([400, "invalid_post_body"]);
    expect(q.errorOf((await q.answer("ñ".repeat(2001))).body)).toEqual([400, "invalid_post_body"]);
    await q.change({ answerLengthIn: "bytes", answerTextError: "bad_request" });
    expect(q.errorOf((await q.answer("ñ".repeat(2000))).body)).toEqual([400, "bad_request"]);
    await q.change({ answerLengthIn: "points" });
    expect((await q.answer("😀".repeat(2000))).status).toBe(201);
  });

  it("refuses an id that is no integer, or that nobody knows", async () => {
    const q = await startQuestion();
    expect(q.errorOf((await q.answer("Sí", q.id)).body)).toEqual([400, "invalid_question"]);
    expect(q.errorOf((await q.answer("Sí", 13999999999)).body)).toEqual([400, "invalid_question"]);
    expect(q.errorOf((await q.answer("Sí", 1.5)).body)).toEqual([400, "invalid_question"]);
  });

  it("refuses wrong keys and what is no JSON", async () => {
    const q = await startQuestion();
    const wrong = await q.answer("Sí", Number(q.id), { message: "Sí" });
    expect(q.errorOf(wrong.body)).toEqual([400, "invalid_post_body"]);
    expect(textAt(wrong.body, "message")).toContain("valid attributes are");
    // a key of Global Selling is none here
    expect((await q.answer("Sí", Number(q.id), { text_translated: "Yes" })).status).toBe(400);
    expect((await q.api.post("/answers", q.access, ["Sí"])).status).toBe(400);
    expect(textAt(await q.held(), "status")).toBe("UNANSWERED");
  });

  it("is for the owner alone", async () => {
    const q = await startQuestion();
    const stranger = await q.stranger();
    const reply = await q.api.post("/answers", stranger, { question_id: Number(q.id), text: "Sí" });
    expect(q.errorOf(reply.body)).toEqual([403, "forbidden"]);
  });

  it("needs an active listing, and never touches it", async () => {
    const q = await startQuestion();
    await q.listing({ status: "paused" });
    expect(await q.status()).toBe("UNANSWERED");
    expect(q.errorOf((await q.answer("Sí")).body)).toEqual([400, "not_active_item"]);
    await q.listing({ status: "active" });
    expect((await q.answer("Sí")).status).toBe(201);
  });

  it("waits while the question is on hold", async () => {
    const q = await startQuestion({ hold: true });
    expect(q.errorOf((await q.answer("Sí")).body)).toEqual([400, "not_unanswered_question"]);
    await q.set({ hold: false, afterMs: 60_000 });
    await q.pass(60_000);
    expect((await q.answer("Sí")).status).toBe(201);
  });

  it.each(["BANNED", "DELETED", "DISABLED", "UNDER_REVIEW", "CLOSED_UNANSWERED"] as const)(
    "is not possible when the question is %s",
    async (status) => {
      const q = await startQuestion({ status });
      expect(q.errorOf((await q.answer("Sí")).body)).toEqual([400, "not_unanswered_question"]);
    },
  );

  it("may be applied though the caller sees a 504, and late", async () => {
    const q = await startQuestion();
    await q.api.control("/faults", { method: "POST", path: "^/answers$", status: 504, applied: "yes" });
    expect((await q.answer("Sí")).status).toBe(504);
    expect(await q.status()).toBe("ANSWERED");
    const other = await q.ask();
    const late = { method: "POST", path: "^/answers$", status: 504, applied: "late", lateMs: 30_000 };
    await q.api.control("/faults", late);
    expect((await q.answer("Sí", Number(other.id))).status).toBe(504);
    expect(textAt(await q.held(other.id), "status")).toBe("UNANSWERED");
    await q.pass(30_000);
    expect(textAt(await q.held(other.id), "status")).toBe("ANSWERED");
  });

  it("is taken before this one's, when the seller answers elsewhere", async () => {
    const q = await startQuestion();
    const elsewhere = () => q.api.control(`/questions/${q.id}/answer-elsewhere`, { text: "Sí, por la app" });
    expect((await elsewhere()).status).toBe(200);
    expect((await elsewhere()).status).toBe(409);
    expect((await q.answer("Sí")).status).toBe(400);
    expect(at((await q.get()).body, "answer", "text")).toBe("Sí, por la app");
  });
});

describe("moderation (questions-and-contacts.md 1.3, 1.4, 9)", () => {
  it.each([
    ["a link", "Mire en https://otra.example/pava", "LINKS"],
    ["a telephone number", "Llámeme al +54 11 5550 0001", "CONTACT_DATA"],
    ["an e-mail address", "Escriba a ana@example.test", "CONTACT_DATA"],
  ])("accepts an answer with %s, and bans it a little later", async (_, text, subgroup) => {
    const q = await startQuestion();
    expect(at((await q.answer(text)).body, "answer", "status")).toBe("ACTIVE");
    await q.pass(19_000);
    expect(at((await q.get()).body, "answer", "text")).toBe(text);
    await q.pass(1_000);
    expect((await q.get()).body).toMatchObject({
      status: "ANSWERED",
      answer: { text: "", status: "BANNED" },
    });
    const { body } = await q.api.get(`/moderations/infractions/${q.seller}?element_type=QUE`, q.access);
    expect(at(body, "infractions", 0)).toMatchObject({ element_id: q.id, filter_subgroup: subgroup });
  });

  it("lets ordinary answers be, and everything when it is off", async () => {
    const q = await startQuestion();
    const other = await q.ask();
    await q.answer("Sí, quedan 2. Sale $ 1500");
    await q.change({ answerModerationMs: null });
    await q.answer("Mire www.otra.example", Number(other.id));
    await q.pass(86_400_000);
    expect(at((await q.get()).body, "answer", "status")).toBe("ACTIVE");
    expect(at(await q.held(other.id), "answer", "status")).toBe("ACTIVE");
  });

  it("bans a buyer's question later, and brings one back from review", async () => {
    const q = await startQuestion({ text: "Mi mail: ana@example.test", judged: true });
    const review = await q.ask({ status: "UNDER_REVIEW" });
    await q.set({ status: "UNANSWERED", afterMs: 60_000 }, review.id);
    expect(await q.status()).toBe("UNANSWERED");
    await q.pass(20_000);
    expect(await q.status()).toBe("BANNED");
    expect(textAt(await q.held(review.id), "status")).toBe("UNDER_REVIEW");
    await q.pass(40_000);
    expect(textAt(await q.held(review.id), "status")).toBe("UNANSWERED");
  });
});

describe("the listing's state (questions-and-contacts.md 1.3)", () => {
  it("closes unanswered questions with it, and leaves answered ones", async () => {
    const q = await startQuestion();
    const answered = await q.ask({ answer: { text: "Sí" } });
    await q.listing({ status: "closed" });
    expect(await q.status()).toBe("CLOSED_UNANSWERED");
    expect(textAt(await q.held(answered.id), "status")).toBe("ANSWERED");
    expect(q.errorOf((await q.answer("Sí")).body)).toEqual([400, "not_unanswered_question"]);
  });

  it("puts them under review and brings them back", async () => {
    const q = await startQuestion();
    await q.listing({ status: "under_review" });
    expect(await q.status()).toBe("UNDER_REVIEW");
    await q.listing({ status: "active" });
    expect(await q.status()).toBe("UNANSWERED");
  });

  it("closes them when it is paused only if the settings say so", async () => {
    const q = await startQuestion();
    await q.change({ questionPauseCloses: true });
    await q.listing({ status: "paused", subStatus: ["out_of_stock"] });
    expect(await q.status()).toBe("CLOSED_UNANSWERED");
  });
});
