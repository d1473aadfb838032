import { beforeEach, describe, expect, it } from "vitest";
import { PROFILES } from "@/lib/server/mercadolibre/testing/lab";
import {
  QUESTION_SPELLINGS,
  type QuestionShop,
  questionShop,
} from "@/lib/server/mercadolibre/testing/question-lab";
import { createSandbox } from "@/sandbox/create-sandbox";
import { readInfractions } from "./infractions";
import { listItemIds, readListings } from "./listings";
import { readQuestion, scanQuestions, searchQuestions } from "./questions";
import { readResponseTime } from "./response-time";

/** What the sandbox answers parses with our wire schemas, for every read of questions-and-contacts.md 1 and 3 and in every
 *  spelling. The writes are in question-acts.contract.test.ts. */

const MINUTE = 60_000;
const HUNDREDS = Array.from({ length: 1_070 }, (_, n) => ({ text: `¿${n}?`, askedMinutesAgo: n + 1 }));

describe.each(PROFILES)("questions in %s", (profile) => {
  const isGlobal = profile === "GLOBAL";

  describe.each(QUESTION_SPELLINGS)("spelt %j", (settings) => {
    let shop: QuestionShop;

    beforeEach(async () => {
      shop = await questionShop(createSandbox(), profile, {
        settings,
        listing: {
          price: 1_000,
          stock: 7,
          subStatus: ["waiting_for_patch"],
          buyingMode: "classified",
          attributes: [{ id: "BRAND", name: "Marca", value: "Sony" }],
        },
      });
    });

    const search = (o: object = {}) =>
      searchQuestions(shop.meli, { sellerId: shop.sellerId, offset: 0, ...o });
    const idsOf = async (o: object = {}) => (await search(o)).questions.map(({ id }) => id);

    it("searches the newest first, by state, by item and as one chain", async () => {
      const first = await shop.ask({ askedMinutesAgo: 30, answer: { text: "Sí" } });
      const { buyerId } = first;
      const second = await shop.ask({ askedMinutesAgo: 20, buyerId });
      const third = await shop.ask({ askedMinutesAgo: 10 });
      const other = await shop.newListing({ title: "Cargador" });
      const fourth = await shop.ask({ askedMinutesAgo: 5, itemId: other.id, buyerId });
      expect(await idsOf()).toEqual([fourth, third, second, first].map(({ id }) => id));
      expect(await idsOf({ status: "unanswered" })).toEqual([fourth.id, third.id, second.id]);
      expect(await idsOf({ itemId: shop.itemId })).toEqual([third.id, second.id, first.id]);
      expect(await idsOf({ itemId: shop.itemId, buyerId })).toEqual([second.id, first.id]);
      expect(await search({ status: "ANSWERED" })).toMatchObject({ total: 1, unreadable: 0 });
    });

    it("reads a question with all that a search tells", async () => {
      const asked = await shop.ask({
        askedMinutesAgo: 10,
        translated: "Is it in stock?",
        suspectedSpam: true,
        hold: true,
        answer: { text: "Sí", translated: "Yes", minutesAgo: 4 },
      });
      const [question] = (await search()).questions;
      expect(question).toMatchObject({
        id: asked.id,
        itemId: shop.itemId,
        marketplaceItemId: isGlobal ? shop.localItemId : null,
        siteId: asked.siteId,
        status: "ANSWERED",
        text: "¿Hay stock?",
        textTranslated: isGlobal ? "Is it in stock?" : null,
        answer: { text: "Sí", textTranslated: isGlobal ? "Yes" : null, status: "ACTIVE" },
        buyerId: asked.buyerId,
        buyer: null,
        isOnHold: true,
        isDeletedFromListing: false,
      });
      expect(question?.sellerId).toMatch(/^\d+$/);
      near(question?.createdAt, 10);
      near(question?.answer?.createdAt, 4);
    });

    it("reads the same question by id, with who asks and how to reach them", async () => {
      const asked = await shop.ask({
        askedMinutesAgo: 10,
        appId: "7092",
        buyerName: "Ana Prueba",
        contact: { email: "ana@example.test", phone: { areaCode: "11", number: "40000000" } },
      });
      const byId = await readQuestion(shop.meli, asked.id);
      const [searched] = (await search()).questions;
      expect(byId).toEqual({
        ...searched,
        updatedAt: byId.updatedAt,
        appId: "7092",
        buyer: { name: "Ana Prueba", email: "ana@example.test", phone: "11 40000000" },
      });
      near(byId.updatedAt, 10);
    });

    it("reads what was banned, with an empty text, and why it was", async () => {
      const banned = await shop.ask({ status: "BANNED", bannedFor: "LINKS" });
      const answer = { text: "Escribime", status: "BANNED" };
      const answered = await shop.ask({ askedMinutesAgo: 5, answer, bannedFor: "CONTACT_DATA" });
      expect(await readQuestion(shop.meli, banned.id)).toMatchObject({ status: "BANNED", text: "" });
      expect(await readQuestion(shop.meli, answered.id)).toMatchObject({
        status: "ANSWERED",
        answer: { text: "", status: "BANNED" },
      });
      const of = { userId: shop.sellerId, elementType: "QUE", language: "ES" } as const;
      const [why] = await readInfractions(shop.meli, { ...of, elementId: banned.id });
      expect(why).toMatchObject({
        userId: banned.localSellerId,
        elementId: banned.id,
        elementType: "QUE",
        relatedItemId: shop.localItemId,
        siteId: banned.siteId,
        subgroup: "LINKS",
        reason: expect.stringMatching(/<\w+/),
        remedy: expect.stringMatching(/\w/),
      });
      near(why?.createdAt, 0);
      expect((await readInfractions(shop.meli, of)).map(({ subgroup }) => subgroup).toSorted()).toEqual([
        "CONTACT_DATA",
        "LINKS",
      ]);
      const [english] = await readInfractions(shop.meli, { ...of, elementId: banned.id, language: null });
      expect(english?.reason).not.toBe(why?.reason);
    });

    it("reads the response time, and that nothing was asked", async () => {
      expect(await readResponseTime(shop.meli, shop.sellerId)).toBeNull();
      await shop.control("/settings", { responseTimeAsOf: "now" });
      await shop.ask({ askedMinutesAgo: 3 * 1_440, answer: { text: "Sí", minutesAgo: 3 * 1_440 - 90 } });
      const time = await readResponseTime(shop.meli, shop.sellerId);
      expect(time?.total).toEqual({ minutes: 90 });
      const segments = [time?.weekend, time?.weekdaysWorking, time?.weekdaysExtra];
      for (const one of segments) {
        expect([
          { minutes: 90, salesIncrease: 10 },
          { minutes: null, salesIncrease: null },
        ]).toContainEqual(one);
      }
    });

    it("reads the listing that is asked about, and what else is sold", async () => {
      const other = await shop.newListing({ title: "Cargador", stock: 0 });
      const otherId = other.cbtId ?? other.id;
      const found = await readListings(shop.meli, [shop.itemId, otherId, "MLA99999999"]);
      expect([...found.keys()]).toEqual([shop.itemId, otherId]);
      expect(found.get(shop.itemId)).toMatchObject({
        title: "Auriculares",
        price: { minor: 100_000, currency: isGlobal ? "MXN" : "ARS" },
        status: "active",
        subStatus: ["waiting_for_patch"],
        stock: 7,
        attributes: [{ name: "Marca", value: "Sony" }],
        buyingMode: "classified",
        categoryId: expect.stringMatching(/\d/),
      });
      expect(found.get(otherId)?.stock).toBe(0);
      const { ids, total } = await listItemIds(shop.meli, shop.sellerId, { offset: 0 });
      expect(ids.toSorted()).toEqual([shop.itemId, otherId].toSorted());
      expect(total).toBe(2);
      expect((await listItemIds(shop.meli, shop.sellerId, { offset: 1 })).ids).toHaveLength(1);
    });

    it("finds nothing odd in any answer", async () => {
      await shop.ask({ suspectedSpam: null });
      await shop.ask({ status: "BANNED" });
      await shop.ask({ status: "UNDER_REVIEW", answer: { text: "Sí", status: "DISABLED" } });
      expect(await search()).toMatchObject({ total: 3, unreadable: 0 });
      await scanAll(shop);
      expect(shop.one.warnings.filter((line) => /dropped/.test(line))).toEqual([]);
    });
  });
});

describe("questions of which there are more than offsets reach", () => {
  const crowdedShop = async (profile: (typeof PROFILES)[number]) => {
    const shop = await questionShop(createSandbox(), profile);
    for (const seed of HUNDREDS) await shop.ask({ ...seed, notify: false });
    return shop;
  };

  it.each(PROFILES)("are each given once in %s, where it is said whether they are all", async (profile) => {
    const shop = await crowdedShop(profile);
    const { texts, given, isComplete } = await scanAll(shop);
    const reached = profile === "GLOBAL" ? 1_050 : 1_070;
    expect([texts.size, given, isComplete]).toEqual([reached, reached, profile === "LOCAL"]);
    expect(shop.one.calls.every(({ status }) => status === 200)).toBe(true);
  });

  it("are each given once by a scan whose five minutes were over, which begins again", async () => {
    const shop = await crowdedShop("LOCAL");
    let pages = 0;
    const { texts, given, isComplete } = await scanAll(shop, async () => {
      pages += 1;
      if (pages === 2) await shop.control("/clock", { advanceMs: 5 * MINUTE });
    });
    expect([texts.size, given, isComplete]).toEqual([1_070, 1_070, true]);
    expect(shop.one.calls.filter(({ status }) => status === 400)).toHaveLength(1);
  });
});

/** Every question of a shop, by scan. */
async function scanAll(shop: QuestionShop, onPage: () => Promise<void> = async () => {}) {
  const scan = scanQuestions(shop.meli, { sellerId: shop.sellerId });
  const texts = new Set<string>();
  let given = 0;
  for (;;) {
    const step = await scan.next();
    if (step.done === true) return { texts, given, ...step.value };
    given += step.value.length;
    for (const { text } of step.value) texts.add(text);
    await onPage();
  }
}

function near(at: Date | null | undefined, minutesAgo: number): void {
  expect(Math.abs((at?.getTime() ?? 0) - (Date.now() - minutesAgo * MINUTE))).toBeLessThan(MINUTE);
}
