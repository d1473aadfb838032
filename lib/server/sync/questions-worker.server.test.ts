import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { OutboxSchema } from "@/lib/shared/api/thread";
import { type Callback, openCallback } from "@/scripts/testing/callback";
import { createQuestionHouse, QUESTION_PROFILES, type QuestionHouse } from "@/scripts/testing/question-house";
import { startWorker } from "@/scripts/testing/worker";

let home: QuestionHouse;
let callback: Callback;
let stop: (() => Promise<void>) | null = null;

beforeAll(async () => {
  home = await createQuestionHouse();
  callback = await openCallback(home.house);
});
afterEach(async () => {
  await stop?.();
  stop = null;
  await home.house.control("/notifications/faults", {});
  await home.house.control("/settings", { answerModerationMs: 20_000 });
});
afterAll(async () => {
  await callback.close();
  await home.house.close();
});

const query = async (text: string, values: unknown[] = []) =>
  (await home.house.rt.database.pool.query(text, values)).rows;
const PATIENCE = { timeout: 30_000 };

it.each(QUESTION_PROFILES)(
  "shows a question as it is told, sends its answer, and shows that it was banned ($profile)",
  async (where) => {
    await home.house.control("/settings", { answerModerationMs: 1_500 });
    const shop = await home.open({ in: where });
    stop = await startWorker(home.house);
    const question = await shop.ask({ text: "¿Hay stock?", notify: true, listing: { title: "Lámpara" } });
    await expect
      .poll(() => shop.rows(), PATIENCE)
      .toMatchObject([{ product: "Lámpara", buyer_name: expect.any(String), is_todo: true }]);
    const reply = await home.house.read(OutboxSchema, `/api/threads/questions/${question.id}/replies`, {
      as: shop.owner,
      method: "POST",
      body: { key: crypto.randomUUID(), text: "Mirá www.otra-tienda.com", files: [] },
    });
    const state = async () => (await query("select state, reason from outbox where id = $1", [reply.id]))[0];
    await expect.poll(state, PATIENCE).toMatchObject({ state: "sent" });
    await expect.poll(state, PATIENCE).toMatchObject({ state: "rejected", reason: "BANNED" });
    expect(await shop.rows()).toMatchObject([{ status: "closed", is_todo: false }]);
  },
);

it("loses no question when notices are lost, repeated and out of order", async () => {
  const shop = await home.open();
  const { itemId } = await shop.ask({ text: "0", listing: { title: "Lámpara" } });
  await home.house.control("/notifications/faults", {
    seed: 5,
    drop: 0.4,
    duplicate: 0.4,
    copies: 3,
    reorder: { windowMs: 200 },
  });
  stop = await startWorker(home.house);
  const texts = Array.from({ length: 20 }, (_, n) => `Pregunta ${n}`);
  for (const text of texts) await shop.ask({ text, itemId, notify: true });
  await home.house.control("/notifications/flush", {});
  await expect
    .poll(async () => {
      await query("update chores set done_at = null where key like 'questions:%'");
      const rows = await query("select text from messages where account_id = $1", [shop.owner.accountId]);
      return rows.map(({ text }) => text).toSorted();
    }, PATIENCE)
    .toEqual(["0", ...texts].toSorted());
});
