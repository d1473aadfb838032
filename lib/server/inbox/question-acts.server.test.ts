import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { BlockedBuyersSchema, ResponseTimesSchema, WhySchema } from "@/lib/shared/api/question";
import { ThreadViewSchema } from "@/lib/shared/api/thread";
import { send } from "@/scripts/testing/outbox";
import {
  createQuestionHouse,
  QUESTION_PROFILES,
  type QuestionHouse,
  type Shop,
} from "@/scripts/testing/question-house";

let home: QuestionHouse;
beforeAll(async () => {
  home = await createQuestionHouse();
});
afterEach(async () => {
  await home.house.control("/faults/clear", {});
  await home.house.control("/settings", {
    questionHiddenBody: "both",
    blockedBuyersAt: "both",
    unblockStatus: 200,
  });
});
afterAll(() => home.house.close());

const act = (shop: Shop, questionId: string, kind: string, as = shop.owner) =>
  home.house.call(`/api/threads/questions/${questionId}/question-acts`, {
    as,
    method: "POST",
    body: { act: kind },
  });
const viewOf = async (answer: Response) => {
  expect(answer.status).toBe(200);
  return ThreadViewSchema.parse(await answer.json());
};
const problemOf = async (answer: Response) => ({ status: answer.status, ...(await answer.json()) });

describe.each(QUESTION_PROFILES)("a question in $profile", (where) => {
  it("is deleted at once, keeps its words and waits no more; twice is the same", async () => {
    const shop = await home.open({ in: where });
    const question = await shop.ask({ text: "¿Hay stock?" });
    await shop.view(question.id);
    for (let times = 0; times < 2; times += 1) {
      const view = await viewOf(await act(shop, question.id, "delete"));
      expect(view.messages.map(({ text }) => text)).toEqual(["¿Hay stock?"]);
      expect(view.row).toMatchObject({ status: "closed", substatus: "DELETED", isWaiting: false });
    }
    expect((await shop.held(question.id)).status).toBe("DELETED");
  });

  it("that somebody else deleted meanwhile is deleted", async () => {
    const shop = await home.open({ in: where });
    const question = await shop.ask({ text: "¿Hay stock?" });
    await shop.view(question.id);
    await shop.set(question.id, { status: "DELETED" });
    expect((await viewOf(await act(shop, question.id, "delete"))).row.substatus).toBe("DELETED");
  });

  it("that was answered meanwhile is not deleted, and shows its answer", async () => {
    const shop = await home.open({ in: where });
    const question = await shop.ask({ text: "¿Hay stock?" });
    await shop.view(question.id);
    await shop.answerElsewhere(question.id, "Sí");
    const refused = await problemOf(await act(shop, question.id, "delete"));
    expect(refused).toMatchObject({ status: 422, code: "refused_by_meli", reason: "question_closed" });
    expect((await shop.view(question.id)).messages.at(-1)?.text).toBe("Sí");
  });

  it("is not deleted while an answer to it is on its way", async () => {
    const shop = await home.open({ in: where });
    const question = await shop.ask({ text: "¿Hay stock?" });
    await shop.view(question.id);
    await send(home.house, shop.owner, `/api/threads/questions/${question.id}`, { text: "Sí", undo: 10 });
    expect(await problemOf(await act(shop, question.id, "delete"))).toMatchObject({
      status: 409,
      reason: "answer_pending",
    });
    expect((await shop.held(question.id)).status).toBe("UNANSWERED");
  });

  it("is hidden, in whichever spelling Mercado Libre takes, and still opens", async () => {
    for (const questionHiddenBody of ["question_ids", "questions_ids"]) {
      const shop = await home.open({ in: where, settings: { questionHiddenBody } });
      const question = await shop.ask({ text: "¿Hay stock?" });
      await shop.view(question.id);
      expect((await viewOf(await act(shop, question.id, "hide"))).question?.hidden).toEqual([question.id]);
      expect((await shop.held(question.id)).isHidden).toBe(true);
      // No search shows it: that is no reason to take it for answered.
      expect(await shop.find()).toEqual({ found: 0 });
      expect((await shop.view(question.id)).composer).toMatchObject({ allowed: true });
    }
  });

  it("has a buyer who is blocked and let ask again; doing either twice changes nothing", async () => {
    for (const unblockStatus of [200, 204]) {
      const shop = await home.open({ in: where, settings: { unblockStatus } });
      const question = await shop.ask({ text: "¿Hay stock?" });
      expect((await shop.view(question.id)).question?.isBuyerBlocked).toBeNull();
      for (const kind of ["block", "block", "unblock", "unblock"]) {
        const view = await viewOf(await act(shop, question.id, kind));
        expect([kind, view.question?.isBuyerBlocked]).toEqual([kind, kind === "block"]);
        expect((await shop.held(question.id)).isBuyerBlocked).toBe(kind === "block");
      }
    }
  });

  it("says why it was taken away, as plain text in the user's language", async () => {
    const shop = await home.open({ in: where });
    const question = await shop.ask({ text: "www.otra.com", status: "BANNED", bannedFor: "LINKS" });
    await shop.view(question.id);
    const path = `/api/threads/questions/${question.id}/why`;
    const texts: string[] = [];
    for (const locale of ["es", "pt", "en"]) {
      await home.house.call("/api/me", { as: shop.owner, method: "PATCH", body: { locale } });
      const { infractions } = await home.house.read(WhySchema, path, { as: shop.owner });
      expect(infractions).toMatchObject([{ subgroup: "LINKS" }]);
      expect(`${infractions[0]?.reason} ${infractions[0]?.remedy}`).not.toMatch(/<\w|&\w+;/);
      texts.push(infractions[0]?.reason ?? "");
    }
    expect(new Set(texts).size).toBe(3);
  });

  it("refuses everything to who is not its seller's", async () => {
    const [mine, theirs] = [await home.open({ in: where }), await home.open({ in: where })];
    const question = await theirs.ask({ text: "¿Hay stock?" });
    await theirs.view(question.id);
    for (const kind of ["delete", "hide", "block", "unblock"]) {
      expect([kind, (await act(mine, question.id, kind, mine.owner)).status]).toEqual([kind, 404]);
    }
    const why = await home.house.call(`/api/threads/questions/${question.id}/why`, { as: mine.owner });
    expect(why.status).toBe(404);
    expect(await theirs.held(question.id)).toMatchObject({ status: "UNANSWERED", isHidden: false });
  });
});

describe("the buyers who may not ask", () => {
  const path = "/api/questions/blocked-buyers";

  it.each(["both", "block_api", "blacklist"])(
    "are listed with their names from what answers: %s",
    async (at) => {
      const shop = await home.open({ settings: { blockedBuyersAt: at } });
      const question = await shop.ask({ text: "¿Hay stock?" });
      await shop.view(question.id);
      await act(shop, question.id, "block");
      await home.house.rt.database.pool.query("update threads set buyer_name = 'Ana' where account_id = $1", [
        shop.owner.accountId,
      ]);
      const { accounts } = await home.house.read(BlockedBuyersSchema, path, { as: shop.owner });
      expect(accounts).toMatchObject([
        {
          accountId: shop.owner.accountId,
          isComplete: true,
          buyers: [{ id: question.buyerId, name: "Ana" }],
        },
      ]);
      const body = { accountId: shop.owner.accountId, buyerId: question.buyerId };
      const after = await home.house.read(BlockedBuyersSchema, path, {
        as: shop.owner,
        method: "POST",
        body,
      });
      expect(after.accounts[0]?.buyers).toEqual([]);
      expect((await shop.held(question.id)).isBuyerBlocked).toBe(false);
    },
  );

  it("are those listed last while Mercado Libre does not answer, and unknown before that", async () => {
    const shop = await home.open();
    const question = await shop.ask({ text: "¿Hay stock?" });
    await shop.view(question.id);
    const down = () =>
      home.house.control("/faults", {
        path: "block-api|questions_blacklist",
        method: "GET",
        times: 20,
        status: 500,
      });
    await down();
    const read = () => home.house.read(BlockedBuyersSchema, path, { as: shop.owner });
    expect((await read()).accounts).toMatchObject([{ buyers: null }]);
    await home.house.control("/faults/clear", {});
    await act(shop, question.id, "block");
    await read();
    await down();
    expect((await read()).accounts).toMatchObject([{ buyers: [{ id: question.buyerId }] }]);
  });

  it("are let ask again by nobody but their seller", async () => {
    const [mine, theirs] = [await home.open(), await home.open()];
    const body = { accountId: theirs.owner.accountId, buyerId: "700000099" };
    expect((await home.house.call(path, { as: mine.owner, method: "POST", body })).status).toBe(404);
  });
});

describe("the time that answers take", () => {
  const path = "/api/questions/response-time";

  it("is read once a day with its segments, and is nothing where nobody has asked", async () => {
    await home.house.control("/settings", { responseTimeAsOf: "now" });
    const shop = await home.open();
    const read = () => home.house.read(ResponseTimesSchema, path, { as: shop.owner });
    expect((await read()).accounts).toMatchObject([{ time: null }]);
    await home.house.rt.database.pool.query("delete from account_facts where account_id = $1", [
      shop.owner.accountId,
    ]);
    await shop.ask({ text: "Uno", askedMinutesAgo: 300, answer: { text: "Sí", minutesAgo: 180 } });
    const { accounts } = await read();
    expect(accounts[0]?.time?.totalMinutes).toBe(120);
    await shop.asked();
    expect((await read()).accounts).toEqual(accounts);
    expect(await shop.asked()).toEqual([]);
  });

  it("that was read before stands while Mercado Libre does not answer", async () => {
    const shop = await home.open();
    await shop.ask({ text: "Uno", askedMinutesAgo: 300, answer: { text: "Sí", minutesAgo: 180 } });
    const read = () => home.house.read(ResponseTimesSchema, path, { as: shop.owner });
    const before = await read();
    await home.house.rt.database.pool.query(
      "update account_facts set read_at = now() - interval '25 hours' where account_id = $1",
      [shop.owner.accountId],
    );
    await home.house.control("/faults", { path: "response_time", times: 20, status: 503 });
    expect((await read()).accounts[0]?.time).toEqual(before.accounts[0]?.time);
  });
});
