import { describe, expect, it } from "vitest";
import { client, errorOf, failureOf } from "@/lib/server/mercadolibre/testing/edge";
import {
  BUYER,
  globalQuestion,
  ITEM,
  notRows,
  questionById,
  questionPage,
  questionsFrom,
  refusal,
  SELLER,
  searchedQuestion,
} from "@/lib/server/mercadolibre/testing/wire-questions";
import { answerQuestion, deleteQuestion, hideQuestions, readQuestion, searchQuestions } from "./questions";

const asked = (url: URL | undefined) => Object.fromEntries(url?.searchParams ?? []);
const HUGE = "9007199254740993";

describe("a search of questions", () => {
  const mine = { sellerId: SELLER, offset: 0 };

  it("asks for the newest fifty in the fourth structure", async () => {
    const { meli, sent, taken } = client([{ body: questionPage([searchedQuestion], { total: 36 }) }]);
    const found = await searchQuestions(meli, { ...mine, status: "unanswered" });
    expect(sent[0]?.url.pathname).toBe("/questions/search");
    expect(asked(sent[0]?.url)).toEqual({
      seller_id: SELLER,
      status: "UNANSWERED",
      sort_fields: "date_created",
      sort_types: "DESC",
      limit: "50",
      offset: "0",
      api_version: "4",
    });
    expect(found).toMatchObject({ total: 36, unreadable: 0, questions: [{ id: "13000000001" }] });
    expect(taken).toMatchObject([{ family: "questions", kind: "read" }]);
  });

  it("asks for one item of the seller's by both names of the filter, beside the seller", async () => {
    const { meli, sent } = client([{ body: questionPage([]) }]);
    await searchQuestions(meli, { ...mine, itemId: ITEM });
    expect(asked(sent[0]?.url)).toMatchObject({ seller_id: SELLER, item: ITEM, item_id: ITEM });
  });

  it("asks for a chain by item and buyer, and never names the seller beside a buyer", async () => {
    const { meli, sent } = client([{ body: questionPage([]) }]);
    await searchQuestions(meli, { ...mine, itemId: ITEM, buyerId: BUYER, offset: 50 });
    expect(asked(sent[0]?.url)).toEqual({
      item: ITEM,
      item_id: ITEM,
      from: BUYER,
      sort_fields: "date_created",
      sort_types: "DESC",
      limit: "50",
      offset: "50",
      api_version: "4",
    });
  });

  it("asks in GLOBAL at its own address, and reads filters of other types", async () => {
    const filters = { limit: 50, offset: 0, api_version: "4", is_admin: "false", seller: 0 };
    const { meli, sent } = client([{ body: questionPage([globalQuestion], { filters }) }], {
      profile: "GLOBAL",
    });
    const found = await searchQuestions(meli, mine);
    expect(sent[0]?.url.pathname).toBe("/marketplace/questions/search");
    expect(sent[0]?.url.searchParams.get("api_version")).toBe("4");
    expect(found.questions[0]).toMatchObject({ itemId: "CBT1000000001", marketplaceItemId: "MLM1000000001" });
  });

  it("sends the last offset there is, and none beyond it", async () => {
    const { meli, sent } = client([{ body: questionPage([], { total: 5_000 }) }]);
    expect((await searchQuestions(meli, { ...mine, offset: 1_000 })).total).toBe(5_000);
    for (const offset of [1_001, 1_050, -1, 0.5, Number.NaN]) {
      expect(await errorOf(searchQuestions(meli, { ...mine, offset }))).toMatchObject({
        code: "invalid_input",
        detail: { reason: "offset" },
      });
    }
    expect(sent).toHaveLength(1);
  });

  it.each([
    { ...mine, buyerId: BUYER },
    { ...mine, itemId: "MLA1&from=2" },
    { ...mine, itemId: ITEM, buyerId: "1,2" },
    { ...mine, sellerId: "" },
  ])("does not leave with a filter that means nothing: %j", async (o) => {
    const { meli, sent } = client([{ body: questionPage([]) }]);
    expect(await errorOf(searchQuestions(meli, o))).toMatchObject({ code: "invalid_input" });
    expect(sent).toEqual([]);
  });

  it("leaves out what makes no sense, counts it, and says so in the log without its content", async () => {
    const { meli, lines } = client([
      { body: questionPage([...notRows, searchedQuestion, { ...searchedQuestion, date_created: "mañana" }]) },
    ]);
    const found = await searchQuestions(meli, mine);
    expect(found.questions.map(({ id }) => id)).toEqual(["13000000001"]);
    expect(found.unreadable).toBe(8);
    expect(lines.join("\n")).toContain('"droppedQuestions":8');
    expect(lines.join("\n")).not.toContain("secreto");
  });

  it("ends where a page without a total is not full, and goes on where it is", async () => {
    const { meli } = client([
      { body: { questions: questionsFrom(1, 50) } },
      { body: { questions: questionsFrom(51, 3) } },
    ]);
    expect((await searchQuestions(meli, mine)).total).toBe(51);
    expect((await searchQuestions(meli, { ...mine, offset: 50 })).total).toBe(53);
  });

  it("reads a total that is a text, and no list where there is none", async () => {
    const { meli } = client([{ body: { total: "7", questions: null } }]);
    expect(await searchQuestions(meli, mine)).toEqual({ questions: [], total: 7, unreadable: 0 });
  });

  it.each([{ results: [searchedQuestion] }, [searchedQuestion], "hola", { questions: {} }])(
    "does not take %j for a page",
    async (body) => {
      const { meli } = client([{ body }]);
      expect((await failureOf(searchQuestions(meli, mine))).code).toBe("meli_unreadable");
    },
  );
});

describe("a question by id", () => {
  it.each([
    ["LOCAL", "/questions/13000000001"],
    ["GLOBAL", "/marketplace/questions/13000000001"],
  ] as const)("is read in %s at %s, in the fourth structure", async (profile, path) => {
    const { meli, sent } = client([{ body: questionById }], { profile });
    const question = await readQuestion(meli, "13000000001");
    expect(question).toMatchObject({ buyerId: BUYER, updatedAt: new Date("2026-10-08T18:51:00Z") });
    expect(sent[0]?.url.pathname).toBe(path);
    expect(asked(sent[0]?.url)).toEqual({ api_version: "4" });
  });

  it("that is not there is an error", async () => {
    const { meli } = client([refusal(404, "not_found")]);
    expect((await failureOf(readQuestion(meli, "1"))).code).toBe("not_found");
  });
});

describe("an answer", () => {
  const reply = { questionId: "13000000001", text: 'Sí, "hay" stock.\n¡Gracias!' };
  const answered = {
    ...searchedQuestion,
    status: "ANSWERED",
    answer: { text: reply.text, status: "ACTIVE", date_created: "2026-10-08T15:00:00.000-04:00" },
    from: { id: 700000099, answered_questions: 3 },
  };

  it.each([
    ["LOCAL", "/answers", 200],
    ["LOCAL", "/answers", 201],
    ["GLOBAL", "/marketplace/answers", 201],
  ] as const)("leaves in %s to %s and may be taken with a %i", async (profile, path, status) => {
    const { meli, sent, taken } = client([{ status, body: answered }], { profile });
    expect(await answerQuestion(meli, reply)).toMatchObject({
      status: "ANSWERED",
      answer: { text: reply.text, status: "ACTIVE" },
    });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ method: "POST" });
    expect(sent[0]?.url.pathname).toBe(path);
    expect(sent[0]?.url.search).toBe("");
    expect(sent[0]?.headers.get("content-type")).toBe("application/json");
    expect(JSON.parse(sent[0]?.text ?? "")).toEqual({ question_id: 13000000001, text: reply.text });
    expect(taken).toMatchObject([{ family: "questions", kind: "write" }]);
  });

  it("names the question by an integer, whatever its size", async () => {
    const { meli, sent } = client([{ status: 201 }]);
    await answerQuestion(meli, { questionId: HUGE, text: "Sí" });
    expect(sent[0]?.text).toBe(`{"question_id":${HUGE},"text":"Sí"}`);
  });

  it.each<[string, unknown]>([
    ["an empty body", undefined],
    ["words", "ok"],
    ["a list", [answered]],
    ["half a question", { id: 13000000001, status: "ANSWERED" }],
    ["another question", { ...answered, id: 13000000002 }],
  ])("is accepted by any 2xx, also with %s", async (_name, body) => {
    const { meli } = client([{ status: 201, body }]);
    expect(await answerQuestion(meli, reply)).toBeNull();
  });

  it.each([
    [{ status: 500 }, true],
    [{ status: 502, body: "<html>" }, true],
    [{ fails: new TypeError("fetch failed") }, true],
    [refusal(400, "not_unanswered_question", "Question 1 is not unanswered"), false],
    [refusal(429, "too_many_requests"), false],
  ])("that ends with %j leaves once, and may have been applied: %s", async (end, mayHaveApplied) => {
    const { meli, sent } = client([end, { status: 201, body: answered }], { lane: "reply" });
    expect((await failureOf(answerQuestion(meli, reply))).failure.mayHaveApplied).toBe(mayHaveApplied);
    expect(sent).toHaveLength(1);
  });

  it("does not leave for what is no id", async () => {
    const { meli, sent } = client([{ status: 201 }]);
    for (const questionId of ["", "x", "1.5", '1,"text":"x"']) {
      expect(await errorOf(answerQuestion(meli, { ...reply, questionId }))).toMatchObject({
        code: "invalid_input",
      });
    }
    expect(sent).toEqual([]);
  });

  it("puts no word of its text in the log, the records or an error", async () => {
    const { meli, lines, calls } = client([refusal(400, "invalid_post_body", "secret words are too long")]);
    const error = await errorOf(answerQuestion(meli, { ...reply, text: "secret words" }));
    expect(JSON.stringify([lines, calls, String(error)])).not.toContain("secret words");
  });
});

describe("a question that is deleted", () => {
  it.each([
    ["LOCAL", "/questions/13000000001"],
    ["GLOBAL", "/marketplace/questions/13000000001"],
  ] as const)("is deleted in %s at %s, whatever the body of the success", async (profile, path) => {
    const { meli, sent, taken } = client([{ body: ["Question deleted."] }], { profile });
    await deleteQuestion(meli, "13000000001");
    expect(sent).toMatchObject([{ method: "DELETE", text: "" }]);
    expect(sent[0]?.url.pathname).toBe(path);
    expect(taken).toMatchObject([{ kind: "write" }]);
  });

  it("is refused when it was answered, and asked once", async () => {
    const { meli, sent } = client([refusal(400, "not_unanswered_question")]);
    expect((await failureOf(deleteQuestion(meli, "1"))).failure.code).toBe("not_unanswered_question");
    expect(sent).toHaveLength(1);
  });
});

describe("questions that are hidden", () => {
  it.each(["LOCAL", "GLOBAL"] as const)("are named in %s by integers, each once", async (profile) => {
    const { meli, sent } = client([{ status: 200 }], { profile });
    await hideQuestions(meli, ["1", HUGE, "1"]);
    expect(sent.map(({ method, url, text }) => [method, url.pathname, text])).toEqual([
      ["POST", "/my/questions/hidden", `{"question_ids":[1,${HUGE}]}`],
    ]);
  });

  it("are named in the other spelling where the first is refused", async () => {
    const { meli, sent } = client(({ text }) =>
      text.includes("question_ids") ? refusal(400, "invalid_post_body") : { status: 201 },
    );
    await hideQuestions(meli, ["1"]);
    expect(sent.map(({ text }) => text)).toEqual(['{"question_ids":[1]}', '{"questions_ids":[1]}']);
  });

  it("tell the first refusal where both spellings are refused", async () => {
    const { meli, sent } = client([refusal(400, "first_one"), refusal(400, "second_one")]);
    expect((await failureOf(hideQuestions(meli, ["1"]))).failure.code).toBe("first_one");
    expect(sent).toHaveLength(2);
  });

  it.each([403, 404, 500])("are not named again after a %i", async (status) => {
    const { meli, sent } = client([{ status }]);
    await failureOf(hideQuestions(meli, ["1"]));
    expect(sent).toHaveLength(1);
  });

  it("are asked for only when there are any", async () => {
    const { meli, sent } = client([{ status: 200 }]);
    await hideQuestions(meli, []);
    expect(sent).toEqual([]);
    expect(await errorOf(hideQuestions(meli, ["1", "x"]))).toMatchObject({ code: "invalid_input" });
    expect(sent).toEqual([]);
  });
});
