import { beforeEach, describe, expect, it } from "vitest";
import { failureOf } from "@/lib/server/mercadolibre/testing/edge";
import { PROFILES } from "@/lib/server/mercadolibre/testing/lab";
import {
  type Asked,
  QUESTION_SPELLINGS,
  type QuestionShop,
  questionShop,
} from "@/lib/server/mercadolibre/testing/question-lab";
import { createSandbox } from "@/sandbox/create-sandbox";
import { blockBuyer, listBlockedBuyers, unblockBuyer } from "./blocked-buyers";
import { questionRefusalOf } from "./question-refusal";
import { answerQuestion, deleteQuestion, hideQuestions, readQuestion, searchQuestions } from "./questions";

/** What our client sends is taken by the sandbox, and what that answers parses with our wire schemas, for every write of
 *  questions-and-contacts.md 1 and 3 and in every spelling. The reads are in questions.contract.test.ts. */

describe.each(PROFILES)("acting on questions in %s", (profile) => {
  describe.each(QUESTION_SPELLINGS)("spelt %j", (settings) => {
    let shop: QuestionShop;

    beforeEach(async () => {
      shop = await questionShop(createSandbox(), profile, { settings });
    });

    it("answers once and for good", async () => {
      const { id, buyerId } = await shop.ask();
      const text = "Sí, hay stock. ¡Gracias! 😀";
      expect(await answerQuestion(shop.meli, { questionId: id, text })).toMatchObject({
        id,
        buyerId,
        status: "ANSWERED",
        answer: { text, status: "ACTIVE" },
      });
      expect(await readQuestion(shop.meli, id)).toMatchObject({
        buyerId,
        status: "ANSWERED",
        answer: { text },
      });
      const again = await failureOf(answerQuestion(shop.meli, { questionId: id, text }));
      expect([questionRefusalOf(again), again.failure.mayHaveApplied]).toEqual(["already_answered", false]);
    });

    it("knows every refusal of an answer", async () => {
      const refusalOf = async (asked: Pick<Asked, "id">, text = "Sí") =>
        questionRefusalOf(await failureOf(answerQuestion(shop.meli, { questionId: asked.id, text })));
      expect(await refusalOf(await shop.ask(), "x".repeat(2_001))).toBe("too_long");
      expect(await refusalOf(await shop.ask({ hold: true }))).toBe("already_answered");
      expect(await refusalOf({ id: "13999999999999" })).toBe("unknown_question");
      const foreign = await askedOfAnother(shop, profile);
      expect(await refusalOf(foreign)).toBe("not_yours");
      const late = await shop.ask();
      await shop.control(`/items/${shop.localItemId}`, { status: "paused" });
      expect(await refusalOf(late)).toBe("item_not_active");
    });

    it("deletes what is unanswered, and knows why another is not deleted", async () => {
      const waiting = await shop.ask();
      await deleteQuestion(shop.meli, waiting.id);
      expect(await readQuestion(shop.meli, waiting.id)).toMatchObject({
        status: "DELETED",
        isDeletedFromListing: true,
      });
      const answered = await shop.ask({ answer: { text: "Sí" } });
      expect(questionRefusalOf(await failureOf(deleteQuestion(shop.meli, answered.id)))).toBe(
        "already_answered",
      );
      expect(questionRefusalOf(await failureOf(deleteQuestion(shop.meli, "13999999999999")))).toBe("gone");
    });

    it("hides questions under whichever name they have in the body", async () => {
      const [first, second, third] = [await shop.ask(), await shop.ask(), await shop.ask()];
      await hideQuestions(shop.meli, [first.id, second.id]);
      await hideQuestions(shop.meli, [first.id]);
      expect([
        await shop.held(first.id),
        await shop.held(second.id),
        await shop.held(third.id),
      ]).toMatchObject([{ isHidden: true }, { isHidden: true }, { isHidden: false }]);
      const { questions } = await searchQuestions(shop.meli, { sellerId: shop.sellerId, offset: 0 });
      expect(questions.map(({ id }) => id)).toEqual([third.id]);
    });

    it("blocks, lists and unblocks a buyer on whichever list there is", async () => {
      const { meli, sellerId } = shop;
      const [one, two] = [await shop.ask(), await shop.ask()];
      expect(await listBlockedBuyers(meli, { sellerId })).toEqual({ buyers: [], isComplete: true });
      for (const { buyerId } of [one, two, one]) await blockBuyer(meli, { sellerId, buyerId });
      const { buyers, isComplete } = await listBlockedBuyers(meli, { sellerId });
      expect(buyers.map(({ id }) => id).toSorted()).toEqual([one.buyerId, two.buyerId].toSorted());
      expect(isComplete).toBe(true);
      const isOlder = "blockedBuyersAt" in settings && settings.blockedBuyersAt === "blacklist";
      for (const { blockedAt } of buyers) {
        if (isOlder) expect(blockedAt).toBeNull();
        else expect(Math.abs((blockedAt?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
      }
      await unblockBuyer(meli, { sellerId, buyerId: one.buyerId });
      await unblockBuyer(meli, { sellerId, buyerId: one.buyerId });
      expect((await listBlockedBuyers(meli, { sellerId })).buyers.map(({ id }) => id)).toEqual([two.buyerId]);
    });
  });
});

/** A question of another seller in the same sandbox. */
async function askedOfAnother(
  shop: QuestionShop,
  profile: (typeof PROFILES)[number],
): Promise<{ id: string }> {
  const made = await shop.control("/sellers", {
    siteId: profile === "LOCAL" ? "MLA" : "CBT",
    ...(profile === "GLOBAL" ? { marketplaces: ["MLM"] } : {}),
    nickname: "OTRA TIENDA",
    questions: [{ text: "¿Ajena?" }],
  });
  const questions = typeof made === "object" && made !== null && "questions" in made ? made.questions : null;
  const [first]: unknown[] = Array.isArray(questions) ? questions : [];
  if (typeof first === "object" && first !== null && "id" in first) return { id: String(first.id) };
  throw new Error("nothing was asked of the other seller");
}
