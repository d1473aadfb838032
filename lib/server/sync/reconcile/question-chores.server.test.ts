import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { syncAccount } from "@/lib/server/sync/sync-account";
import { createQuestionHouse, QUESTION_PROFILES, type QuestionHouse } from "@/scripts/testing/question-house";
import { questionsChores } from "./question-chores";

let home: QuestionHouse;
beforeAll(async () => {
  home = await createQuestionHouse();
});
afterEach(() => home.house.control("/settings", { questionHiddenLeaves: true }));
afterAll(() => home.house.close());

const query = async (text: string, values: unknown[] = []) =>
  (await home.house.rt.database.pool.query(text, values)).rows;
const look = (isStart = false) => questionsChores(home.house.rt, isStart);
const searches = (asked: string[]) => asked.filter((one) => /search\?.*status=UNANSWERED/.test(one)).length;

describe.each(QUESTION_PROFILES)("the questions of an account in $profile", (where) => {
  it("are listed every five minutes, every ten while notices come, and at a start at once", async () => {
    const shop = await home.open({ in: where });
    await shop.ask({ text: "¿Hay stock?" });
    const passed = (minutes: number) =>
      query(
        "update chores set done_at = done_at - $2 * interval '1 minute', claimed_at = claimed_at - $2 * interval '1 minute' where key = 'questions:' || $1",
        [shop.owner.accountId, minutes],
      );
    const looked = async (isStart = false) => {
      await shop.asked();
      await look(isStart);
      return searches(await shop.asked()) > 0;
    };
    expect([await looked(), await looked()]).toEqual([true, false]);
    await passed(4);
    expect(await looked()).toBe(false);
    expect(await looked(true)).toBe(true);
    await passed(6);
    expect(await looked()).toBe(true);
    await query(
      "insert into notices (user_id, topic, resource, subject, dedupe) values ($1, 'questions', 'x', 'x', $2)",
      [shop.owner.accountId, crypto.randomUUID()],
    );
    await passed(6);
    expect(await looked()).toBe(false);
    await passed(5);
    expect(await looked()).toBe(true);
  });

  it("are read and never answered, deleted or hidden by Buzón itself, however long they wait", async () => {
    const shop = await home.open({ in: where, isSynced: false });
    const asked = [
      await shop.ask({ text: "¿Hay stock?", askedMinutesAgo: 3 * 1_440, listing: { title: "Lámpara" } }),
      await shop.ask({ text: "Gane dinero", suspectedSpam: true }),
      await shop.ask({ text: "¿Precio?", askedMinutesAgo: 205 * 1_440 }),
    ];
    await shop.changeItem(asked[1]?.itemId ?? "", { status: "paused" });
    await syncAccount(home.house.rt, shop.owner.accountId, new AbortController().signal);
    for (let n = 0; n < 3; n += 1) {
      await shop.chores();
      await query("update listings set read_at = now() - interval '1 hour' where account_id = $1", [
        shop.owner.accountId,
      ]);
    }
    const calls = await shop.asked();
    expect(searches(calls)).toBeGreaterThan(2);
    expect(calls.filter((one) => !/^(?:GET |POST \/oauth\/token$)/.test(one))).toEqual([]);
    for (const { id } of asked)
      expect(await shop.held(id)).toMatchObject({ status: "UNANSWERED", answer: null });
  });

  it.each([true, false])(
    "that were hidden wait as before, and can be answered, whether they leave the search or not (%s)",
    async (questionHiddenLeaves) => {
      const shop = await home.open({ in: where, settings: { questionHiddenLeaves } });
      const { id } = await shop.ask({ text: "¿Hay stock?" });
      await shop.view(id);
      const address = `/api/threads/questions/${id}/question-acts`;
      const hide = { as: shop.owner, method: "POST", body: { act: "hide" } };
      expect((await home.house.call(address, hide)).status).toBe(200);
      const found = (await home.house.calls({ sellerId: shop.sellerId })).length;
      for (let n = 0; n < 2; n += 1) await shop.chores();
      expect((await home.house.calls({ sellerId: shop.sellerId })).length).toBeGreaterThan(found);
      expect(await shop.rows()).toMatchObject([{ status: "open", is_todo: true, brief: { unanswered: 1 } }]);
      const { question, composer } = await shop.view(id);
      expect([question?.hidden, composer.allowed]).toEqual([[id], true]);
    },
  );
});
