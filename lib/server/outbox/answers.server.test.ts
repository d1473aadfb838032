import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { pullInto } from "@/lib/server/sync/pull-thread";
import { OutboxSchema, type Seen } from "@/lib/shared/api/thread";
import { letTimePass, repliesOn, runOnce, send, workOff } from "@/scripts/testing/outbox";
import {
  type AskedQuestion,
  createQuestionHouse,
  QUESTION_PROFILES,
  type QuestionHouse,
  type QuestionProfile,
  type Shop,
} from "@/scripts/testing/question-house";
import { wishLaterLooks } from "./later-looks";

let home: QuestionHouse;
beforeAll(async () => {
  home = await createQuestionHouse();
});
afterEach(() => home.house.control("/faults/clear", {}));
afterAll(() => home.house.close());

const TEXT = "Sí, hay tres.";

interface Open {
  shop: Shop;
  question: AskedQuestion;
  thread: string;
  /** Answers as the screen would, and works until nothing moves. */
  answer(text?: string): Promise<{ state: string; reason: string | null }>;
  /** What reached Mercado Libre as an answer to it. */
  posts(): Promise<unknown[]>;
  onPost(order: object): Promise<unknown>;
}

/** A question that waits, opened by its seller. */
async function open(where: QuestionProfile, seed: object = {}): Promise<Open> {
  const shop = await home.open({ in: where });
  const question = await shop.ask({ text: "¿Hay stock?", askedMinutesAgo: 20, ...seed });
  await shop.view(question.id);
  const thread = `/api/threads/questions/${question.id}`;
  return {
    shop,
    question,
    thread,
    async answer(text = TEXT) {
      await send(home.house, shop.owner, thread, { text });
      const rows = await workOff(home.house, question.id);
      return rows.at(-1) ?? { state: "none", reason: null };
    },
    posts: async () =>
      (await home.house.calls({ method: "POST", path: where.answers })).filter(({ body }) =>
        JSON.stringify(body).includes(question.id),
      ),
    onPost: (order) =>
      home.house.control("/faults", { method: "POST", path: where.answers, times: 1, ...order }),
  };
}

describe.each(QUESTION_PROFILES)("an answer in $profile", (where) => {
  it("is sent once, whether Mercado Libre says 200 or 201", async () => {
    for (const answerStatus of [200, 201]) {
      await home.house.control("/settings", { answerStatus });
      const { shop, question, answer, posts } = await open(where);
      expect(await answer()).toMatchObject({ state: "sent" });
      expect(await posts()).toHaveLength(1);
      expect((await shop.held(question.id)).answer).toMatchObject({ text: TEXT });
    }
  });

  it("goes to the question in the address, whichever waits longest", async () => {
    const { shop, question } = await open(where);
    const later = await shop.ask({ text: "¿Y envíos?", itemId: question.itemId, buyerId: question.buyerId });
    const thread = `/api/threads/questions/${later.id}`;
    await shop.view(later.id);
    await send(home.house, shop.owner, thread, { text: "A todo el país." });
    await workOff(home.house, question.id);
    expect((await shop.held(later.id)).answer).toMatchObject({ text: "A todo el país." });
    expect((await shop.held(question.id)).status).toBe("UNANSWERED");
  });

  it("that was given elsewhere in the same words is sent, and posted no second time", async () => {
    const { shop, question, answer, posts } = await open(where);
    await shop.answerElsewhere(question.id, ` ${TEXT} `);
    expect(await answer()).toMatchObject({ state: "sent", reason: null });
    expect(await posts()).toHaveLength(0);
  });

  it("after another's ends as answered elsewhere, its text kept and not offered again", async () => {
    const { shop, question, thread, answer, posts } = await open(where);
    await shop.answerElsewhere(question.id, "Quedan dos.");
    expect(await answer()).toMatchObject({ state: "failed", reason: "answered_elsewhere" });
    expect(await posts()).toHaveLength(0);
    const view = await shop.view(question.id);
    expect(view.outbox).toMatchObject([{ text: TEXT, canRetry: false, questionId: question.id }]);
    expect(view.messages.map(({ text }) => text)).toContain("Quedan dos.");
    expect(thread).toContain(question.id);
  });

  const notUnanswered = (questionId: string) => ({
    status: 400,
    body: {
      message: `Question ${questionId} is not unanswered`,
      error: "not_unanswered_question",
      status: 400,
      cause: [],
    },
  });

  it("refused as not unanswered is reconciled: ours is sent, another's is answered elsewhere", async () => {
    for (const [words, state] of [
      [TEXT, "sent"],
      ["Otra cosa", "failed"],
    ] as const) {
      const { shop, question, answer, onPost } = await open(where);
      // Answered between our last look and our post.
      await onPost({ ...notUnanswered(question.id), delayMs: 150 });
      const elsewhere = async () => {
        const state = async () => (await repliesOn(home.house, question.id)).at(-1)?.state;
        await expect.poll(state, { interval: 5 }).toBe("sending");
        await shop.answerElsewhere(question.id, words);
      };
      const [reply] = await Promise.all([answer(), elsewhere()]);
      expect([words, reply.state]).toEqual([words, state]);
      expect(reply.reason).toBe(state === "sent" ? null : "answered_elsewhere");
      expect((await shop.held(question.id)).answer).toMatchObject({ text: words });
    }
  });

  it("refused as not unanswered although the question waits is given again", async () => {
    const { shop, question, answer, onPost, posts } = await open(where);
    await onPost(notUnanswered(question.id));
    expect(await answer()).toMatchObject({ state: "sent" });
    expect(await posts()).toHaveLength(2);
    expect((await shop.held(question.id)).answer).toMatchObject({ text: TEXT });
  });

  it("to a question on hold is refused at the press, and kept when the hold comes in between", async () => {
    const held = await open(where, { hold: true });
    expect(await refusalOf(held, TEXT)).toMatchObject({ status: 422, reason: "hold" });
    const { shop, question, answer, posts } = await open(where);
    await shop.set(question.id, { hold: true });
    expect(await answer()).toMatchObject({ state: "failed", reason: "hold" });
    expect(await posts()).toHaveLength(0);
  });

  it("on a paused listing is explained; the listing is never touched, and shows as paused", async () => {
    const { shop, question, answer } = await open(where);
    await shop.changeItem(question.itemId, { status: "paused" });
    expect(await answer()).toMatchObject({ state: "failed", reason: "item_not_active" });
    const [row] = await shop.rows();
    expect(row).toMatchObject({ status: "blocked", substatus: "paused", is_todo: false });
    const writes = (await home.house.calls({ sellerId: shop.sellerId })).filter(
      ({ method, path }) => method !== "GET" && path.includes("items"),
    );
    expect(writes).toEqual([]);
    // Active again, and told by nobody: the same answer may be tried again.
    await shop.changeItem(question.itemId, { status: "active" });
    const [failed] = (await shop.view(question.id)).outbox;
    expect(failed).toMatchObject({ canRetry: true });
    await home.house.read(OutboxSchema, `/api/outbox/${failed?.id}`, {
      as: shop.owner,
      method: "POST",
      body: { act: "retry" },
    });
    const rows = await workOff(home.house, question.id);
    expect(rows.at(-1)).toMatchObject({ state: "sent" });
  });

  it("to a question that was deleted or banned meanwhile does not leave", async () => {
    for (const status of ["DELETED", "BANNED"]) {
      const { shop, question, answer, posts } = await open(where);
      await shop.set(question.id, { status });
      expect([status, await answer()]).toMatchObject([
        status,
        { state: "failed", reason: "question_closed" },
      ]);
      expect(await posts()).toHaveLength(0);
    }
  });

  it.each([
    ["500 that was applied", { status: 500, applied: "yes" }],
    ["500 that was not", { status: 500, applied: "no" }],
    ["a cut answer", { cutBody: true, applied: "yes" }],
    ["503, applied late", { status: 503, applied: "late", lateMs: 40 }],
    ["429 twice", { status: 429, times: 2, headers: { "retry-after": "0" } }],
    ["an answer that nobody understands", { status: 200, body: "<html>ok</html>", applied: "yes" }],
  ])("after %s is there once, and sent", async (_name, order) => {
    const { shop, question, answer, onPost } = await open(where);
    await onPost(order);
    expect(await answer()).toMatchObject({ state: "sent" });
    expect(await shop.held(question.id)).toMatchObject({ status: "ANSWERED", answer: { text: TEXT } });
    const view = await shop.view(question.id);
    expect(view.messages.map(({ text }) => text)).toEqual(["¿Hay stock?", TEXT]);
  });

  it("that applies after it was posted again is there once: the second is refused and ours is found", async () => {
    const { shop, question, thread, onPost, posts } = await open(where);
    await onPost({ status: 504, applied: "late", lateMs: 400 });
    await send(home.house, shop.owner, thread, { text: TEXT });
    await runOnce(home.house, question.id);
    expect((await repliesOn(home.house, question.id)).at(-1)).toMatchObject({ state: "uncertain" });
    await letTimePass(home.house, question.id);
    // The look finds it absent, and it waits to be posted again; meanwhile it applies.
    await runOnce(home.house, question.id);
    expect((await repliesOn(home.house, question.id)).at(-1)).toMatchObject({ state: "queued" });
    await expect.poll(async () => (await shop.held(question.id)).status).toBe("ANSWERED");
    const [reply] = await workOff(home.house, question.id);
    expect(reply).toMatchObject({ state: "sent" });
    expect(await posts()).toHaveLength(1);
  });

  it("of a worker that died in the middle is found, or given again where it is not there", async () => {
    for (const isApplied of [true, false]) {
      const { shop, question, thread, posts } = await open(where);
      await send(home.house, shop.owner, thread, { text: TEXT });
      if (isApplied) await shop.answerElsewhere(question.id, TEXT);
      await home.house.rt.database.pool.query(
        `update outbox set state = 'sending', baseline = '[]', lease_owner = gen_random_uuid() || ':x', lease_until = now()
         where thread_id = (select id from threads where external_id = $1)`,
        [question.id],
      );
      const [reply] = await workOff(home.house, question.id);
      expect([isApplied, reply]).toMatchObject([isApplied, { state: "sent" }]);
      expect(await posts()).toHaveLength(isApplied ? 0 : 1);
    }
  });

  it("is banned later: rejected with the reason, its words still on the row", async () => {
    const { shop, question, answer } = await open(where);
    await answer();
    await shop.set(question.id, { answerStatus: "BANNED" });
    await home.house.rt.database.pool.query(
      "update outbox set settled_at = settled_at - interval '1 minute', check_at = now() - interval '1 second' where id = $1",
      [(await repliesOn(home.house, question.id)).at(-1)?.id],
    );
    await wishLaterLooks(home.house.rt);
    // Others may be due on a slow machine: this one is.
    const { rows } = await home.house.rt.database.pool.query(
      "select pull_wanted_at from threads where external_id = $1",
      [question.id],
    );
    expect(rows).toEqual([{ pull_wanted_at: expect.any(Date) }]);
    const ref = { externalId: question.id, sellerId: null, siteId: null };
    await shop.as("notice", (ctx) => pullInto(home.house.rt, ctx, "questions", ref));
    const [reply] = (await shop.view(question.id)).outbox;
    expect(reply).toMatchObject({ state: "rejected", reason: "BANNED", text: TEXT });
    const answered = (await shop.view(question.id)).messages.at(-1);
    expect(answered).toMatchObject({ text: "", visibility: "rejected", reason: "BANNED" });
  });

  it("takes 2,000 characters and no more, counted as a person counts them", async () => {
    const { answer, shop, question } = await open(where);
    expect(await answer("😀".repeat(2_000))).toMatchObject({ state: "sent" });
    expect([...((await shop.held(question.id)).answer?.text ?? "")]).toHaveLength(2_000);
    const other = await open(where);
    expect(await refusalOf(other, "a".repeat(2_001))).toMatchObject({
      status: 422,
      fields: { text: "too_long" },
    });
    expect(await refusalOf(other, " ")).toMatchObject({ status: 422, fields: { text: "empty" } });
  });

  it("has no files", async () => {
    const { thread, shop } = await open(where);
    const body = new TextEncoder().encode("hola");
    const answer = await home.house.call(`${thread}/files?name=a.txt`, {
      as: shop.owner,
      method: "POST",
      body,
    });
    expect(answer.status).toBe(422);
  });
});

async function refusalOf({ shop, thread }: Open, text: string, more: object = {}): Promise<object> {
  const body = { key: crypto.randomUUID(), text, files: [], ...more };
  const answer = await home.house.call(`${thread}/replies`, { as: shop.owner, method: "POST", body });
  return { status: answer.status, ...(await answer.json()) };
}

describe("two answers to one question", () => {
  const post = (at: Open, text: string, seen?: Seen) =>
    refusalOf(at, text, seen === undefined ? {} : { seen });

  it("the second is refused while the first is on its way; the same words are the same answer", async () => {
    const at = await open(QUESTION_PROFILES[0]);
    const { id } = await send(home.house, at.shop.owner, at.thread, { text: TEXT, undo: 10 });
    expect(await post(at, "Otras palabras")).toMatchObject({ status: 409, reason: "answer_pending" });
    await home.house.rt.database.pool.query(
      "update outbox set created_at = created_at - interval '5 minutes' where id = $1",
      [id],
    );
    expect(await post(at, TEXT)).toMatchObject({ status: 200, id });
    await letTimePass(home.house, at.question.id);
    await workOff(home.house, at.question.id);
    expect(await at.posts()).toHaveLength(1);
    expect(await post(at, "Otras palabras")).toMatchObject({ status: 422, reason: "answered" });
  });

  it("another question of the same chain takes its own meanwhile", async () => {
    const at = await open(QUESTION_PROFILES[0]);
    const { itemId, buyerId } = at.question;
    const second = await at.shop.ask({ text: "¿Y la talle 42?", itemId, buyerId });
    await at.shop.find();
    await send(home.house, at.shop.owner, at.thread, { text: TEXT });
    await send(home.house, at.shop.owner, `/api/threads/questions/${second.id}`, { text: "También." });
    await workOff(home.house, at.question.id);
    expect((await at.shop.held(at.question.id)).answer?.text).toBe(TEXT);
    expect((await at.shop.held(second.id)).answer?.text).toBe("También.");
  });

  it("one that failed is not tried again while another is on its way", async () => {
    const at = await open(QUESTION_PROFILES[0]);
    await at.onPost({ status: 400, body: { error: "invalid_post_body", status: 400, cause: [] } });
    expect(await at.answer()).toMatchObject({ state: "failed" });
    const [failed] = (await at.shop.view(at.question.id)).outbox;
    await send(home.house, at.shop.owner, at.thread, { text: "Otras palabras", undo: 10 });
    const again = await home.house.call(`/api/outbox/${failed?.id}`, {
      as: at.shop.owner,
      method: "POST",
      body: { act: "retry" },
    });
    expect([again.status, await again.json()]).toMatchObject([409, { reason: "answer_pending" }]);
  });

  it("is held when the buyer has asked more than its sender saw, and leaves when they say so", async () => {
    const at = await open(QUESTION_PROFILES[0]);
    const { itemId, buyerId } = at.question;
    const seen = { messages: [at.question.id], replies: [] };
    await send(home.house, at.shop.owner, at.thread, { text: TEXT, seen });
    const more = await at.shop.ask({ text: "Perdón, ¿en azul?", itemId, buyerId });
    const [held] = await workOff(home.house, at.question.id);
    expect(held).toMatchObject({ state: "held" });
    const [row] = (await at.shop.view(at.question.id)).outbox;
    expect(row).toMatchObject({ heldFor: [more.id] });
    await home.house.read(OutboxSchema, `/api/outbox/${row?.id}`, {
      as: at.shop.owner,
      method: "POST",
      body: { act: "send_anyway", seen: { messages: [at.question.id, more.id], replies: [] } },
    });
    expect(await workOff(home.house, at.question.id)).toMatchObject([{ state: "sent" }]);
  });
});
