import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { changedOf } from "@/lib/server/channels/question-search";
import { readQuestion } from "@/lib/server/mercadolibre/questions";
import { databaseNow } from "@/lib/server/store/wanted";
import { createQuestionHouse, QUESTION_PROFILES, type QuestionHouse } from "@/scripts/testing/question-house";
import { questionsChores } from "./reconcile/question-chores";
import { saveFound } from "./save-found";

let home: QuestionHouse;
beforeAll(async () => {
  home = await createQuestionHouse();
});
afterEach(() => home.house.control("/faults/clear", {}));
afterAll(() => home.house.close());

const query = async (text: string, values: unknown[] = []) =>
  (await home.house.rt.database.pool.query(text, values)).rows;
const look = () => questionsChores(home.house.rt, false);
const passed = (accountId: string, hours: number) =>
  query(
    "update chores set done_at = done_at - $2 * interval '1 hour', claimed_at = claimed_at - $2 * interval '1 hour' where key like '%:' || $1",
    [accountId, hours],
  );

describe.each(QUESTION_PROFILES)("what no notice told of questions in $profile", (where) => {
  it("is found although it was asked and answered between two looks", async () => {
    const shop = await home.open({ in: where });
    await look();
    const question = await shop.ask({ text: "¿Hay stock?", askedMinutesAgo: 20, answer: { text: "Sí" } });
    await look();
    expect(await shop.rows()).toEqual([]);
    await passed(shop.owner.accountId, 1);
    await shop.asked();
    await look();
    expect((await shop.rows()).map(({ external_id }) => external_id)).toEqual([question.id]);
    // One page of what was answered, of each seller.
    const answered = (await shop.asked()).filter((one) => one.includes("status=ANSWERED"));
    expect(answered).toHaveLength(where.profile === "LOCAL" ? 1 : 2);
  });

  it("waits as long as Mercado Libre lists it, however old it is", async () => {
    const shop = await home.open({ in: where });
    const old = await shop.ask({ text: "Viejo", askedMinutesAgo: 205 * 1_440 });
    const { accountId } = shop.owner;
    await look();
    // Told then, seven months ago, and still listed.
    const askedAt = new Date(Date.now() - 215 * 86_400_000).toISOString();
    await query("update questions set created_at = $2 where id = $1", [old.id, askedAt]);
    const state = async () => [
      await shop.rows(),
      await query("select change_no from accounts where id = $1", [accountId]),
    ];
    const before = await state();
    expect(await shop.find()).toEqual({ found: 0 });
    expect(await state()).toEqual(before);
  });
});

describe("a list of questions that was not given", () => {
  it("is asked for again within the minute while Mercado Libre is down, and where it refuses when it is due", async () => {
    for (const [status, isSoon] of [
      [503, true],
      [403, false],
    ] as const) {
      const shop = await home.open();
      const { accountId } = shop.owner;
      const body = { message: "Forbidden", error: "Forbidden", status, cause: [] };
      await home.house.control("/faults", { path: "/questions/search", times: 100, status, body });
      const looked = async () => {
        const asked = async () => (await home.house.calls({ path: "/questions/search" })).length;
        const before = await asked();
        await look();
        return (await asked()) > before;
      };
      const waited = (minutes: number) =>
        query(
          "update chores set claimed_at = claimed_at - $2 * interval '1 minute' where key like '%:' || $1",
          [accountId, minutes],
        );
      await query("update syncs set unread_at = null where account_id <> $1", [accountId]);
      expect([status, await looked()]).toEqual([status, true]);
      await waited(1);
      expect([status, await looked()]).toEqual([status, isSoon]);
      await waited(5);
      expect([status, await looked()]).toEqual([status, true]);
      await home.house.control("/faults/clear", {});
    }
  });
});

describe("a page of a search that says of some questions who asks", () => {
  it("leaves no question of a chain out of it, whichever of them says so", async () => {
    const shop = await home.open();
    const first = await shop.ask({ text: "Uno", askedMinutesAgo: 60 });
    await shop.find();
    await shop.answerElsewhere(first.id, "Sí");
    const second = await shop.ask({ text: "Dos", itemId: first.itemId, buyerId: first.buyerId });
    await shop.as("reconcile", async (ctx) => {
      const read = [await readQuestion(ctx.meli, second.id), await readQuestion(ctx.meli, first.id)];
      const found = read.map((one) => changedOf(ctx, one.id === first.id ? { ...one, buyerId: null } : one));
      await saveFound(home.house.rt, ctx, found, await databaseNow(home.house.rt.db));
    });
    expect(
      (await shop.view(first.id)).question?.chain.questions.map(({ id, status }) => [id, status]),
    ).toEqual([
      [first.id, "ANSWERED"],
      [second.id, "UNANSWERED"],
    ]);
  });
});
