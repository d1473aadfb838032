import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { readNotificationStatus } from "@/lib/server/store/gaps";
import { claimNotices, insertNotices } from "@/lib/server/store/notices";
import {
  createQuestionHouse,
  QUESTION_PROFILES,
  type QuestionHouse,
  type QuestionProfile,
  type Shop,
} from "@/scripts/testing/question-house";
import { workNotices } from "./work-notices";

let home: QuestionHouse;
beforeAll(async () => {
  home = await createQuestionHouse();
});
afterEach(async () => {
  await home.house.control("/faults/clear", {});
  await home.house.control("/settings", { questionByIdBuyer: "buyer_id" });
});
afterAll(() => home.house.close());

const Ended = z.array(z.object({ state: z.string(), outcome: z.string().nullable() }));

/** What is told of a question or a listing arrives, and is worked off once. Answers what became of it. */
async function told(
  shop: Shop,
  where: QuestionProfile,
  subject: string,
  kind: "questions" | "items" = "questions",
): Promise<z.infer<typeof Ended>> {
  const { rt } = home.house;
  const isGlobal = where.profile === "GLOBAL";
  const noticeId = randomUUID();
  await insertNotices(rt.db, [
    {
      userId: shop.sellerId,
      topic: isGlobal ? `marketplace_${kind}` : kind,
      resource: `${isGlobal ? "/marketplace" : ""}/${kind}/${subject}`,
      subject,
      actions: [],
      noticeId,
      attempts: 1,
      sentAt: new Date(),
      receivedAt: new Date(),
      source: "push",
      dedupe: noticeId,
    },
  ]);
  await rt.db.execute(
    `insert into workers (id, seen_at) values ('${rt.worker}', now()) on conflict do nothing`,
  );
  const claimed = await claimNotices(rt.db, rt.worker, { limit: 50, perUser: 50, exceptUsers: [] });
  await workNotices(rt, shop.owner.accountId, claimed);
  const { rows } = await rt.database.pool.query("select state, outcome from notices where notice_id = $1", [
    noticeId,
  ]);
  return Ended.parse(rows);
}

describe.each(QUESTION_PROFILES)("a notice of a question in $profile", (where) => {
  it("brings a new question in with two calls, and what its buyer asked before with it", async () => {
    const shop = await home.open({ in: where });
    const before = await shop.ask({ text: "Uno", askedMinutesAgo: 60, answer: { text: "Sí" } });
    const question = await shop.ask({ text: "Dos", itemId: before.itemId, buyerId: before.buyerId });
    await shop.asked();
    expect(await told(shop, where, question.id)).toEqual([{ state: "done", outcome: "followed" }]);
    expect(await shop.asked()).toHaveLength(2);
    const view = await shop.view(question.id);
    expect(view.messages.map(({ text }) => text)).toEqual(["Uno", "Sí", "Dos"]);
    expect(view.row).toMatchObject({ newCount: 1, isWaiting: true });
  });

  it("costs one call for a question that we know, whatever became of it", async () => {
    const shop = await home.open({ in: where });
    const question = await shop.ask({ text: "Uno" });
    await shop.find();
    for (const change of [
      () => shop.set(question.id, { hold: true }),
      () => shop.set(question.id, { hold: false }),
      () => shop.answerElsewhere(question.id, "Sí"),
      () => shop.set(question.id, { answerStatus: "BANNED" }),
    ]) {
      await change();
      await shop.asked();
      expect(await told(shop, where, question.id)).toEqual([{ state: "done", outcome: "followed" }]);
      expect(await shop.asked()).toHaveLength(1);
    }
    const view = await shop.view(question.id);
    expect(view.messages.at(-1)).toMatchObject({ visibility: "rejected", reason: "BANNED" });
  });

  it("costs one call for a follow-up of a chain that we hold, and one for the chain", async () => {
    const shop = await home.open({ in: where });
    const first = await shop.ask({ text: "Uno", askedMinutesAgo: 30, answer: { text: "Sí" } });
    await shop.view(first.id);
    const next = await shop.ask({ text: "Dos", itemId: first.itemId, buyerId: first.buyerId });
    await shop.asked();
    await told(shop, where, next.id);
    expect((await shop.asked()).length).toBeLessThanOrEqual(2);
    expect(await shop.rows()).toMatchObject([{ status: "open", brief: { address: next.id, unanswered: 1 } }]);
  });

  it("says who asks with two calls although the question by its id does not", async () => {
    const shop = await home.open({ in: where, settings: { questionByIdBuyer: "none" } });
    const first = await shop.ask({ text: "Uno", askedMinutesAgo: 60 });
    const second = await shop.ask({ text: "Dos", itemId: first.itemId, buyerId: first.buyerId });
    await shop.asked();
    await told(shop, where, second.id);
    expect(await shop.asked()).toHaveLength(2);
    const [row] = await shop.rows();
    expect(row).toMatchObject({ brief: { unanswered: 2 } });
    expect(row?.chain_key).toMatch(new RegExp(`:${first.buyerId}$`));
  });

  it("of an id that nobody has, or of another seller's question, keeps nothing and costs one call", async () => {
    const [mine, theirs] = [await home.open({ in: where }), await home.open({ in: where })];
    const foreign = await theirs.ask({ text: "Uno" });
    await mine.asked();
    expect(await told(mine, where, "13999999999")).toEqual([{ state: "pending", outcome: "too_fresh" }]);
    expect(await told(mine, where, foreign.id)).toEqual([{ state: "dropped", outcome: "refused" }]);
    expect(await mine.asked()).toHaveLength(2);
    expect(await mine.rows()).toEqual([]);
  });

  it("of a question that is gone leaves its words and waits no more", async () => {
    const shop = await home.open({ in: where });
    const question = await shop.ask({ text: "Uno" });
    await shop.find();
    const body = { error: "not_found", status: 404 };
    await home.house.control("/faults", {
      ...{ path: `${where.root}/${question.id}$`, status: 404, body },
      times: 2,
    });
    // It may be too fresh to be read by itself: only what stays gone is.
    expect(await told(shop, where, question.id)).toEqual([{ state: "pending", outcome: "too_fresh" }]);
    expect((await shop.rows())[0]).toMatchObject({ status: "open", is_waiting: true });
    await home.house.rt.database.pool.query(
      "update notices set not_before = now() - interval '1 second' where subject = $1",
      [question.id],
    );
    expect(await told(shop, where, question.id)).toEqual([{ state: "done", outcome: "followed" }]);
    const [row] = await shop.rows();
    expect(row).toMatchObject({ status: "closed", substatus: "DELETED", is_waiting: false });
  });

  it("that never came is counted, of that question and of no other", async () => {
    const shop = await home.open({ in: where });
    await home.house.rt.database.pool.query(
      "update syncs set unread_at = now() - interval '1 hour' where account_id = $1",
      [shop.owner.accountId],
    );
    const found = await shop.ask({ text: "Uno" });
    const notified = await shop.ask({ text: "Dos", listing: { title: "Otra" } });
    await told(shop, where, notified.id);
    await shop.find();
    const status = async () => {
      const { topics } = await readNotificationStatus(home.house.rt.db, [shop.owner.accountId], new Date());
      const topic = topics.find((one) => one.topic.endsWith("questions"));
      const sum = (of: "found" | "received") => topic?.hours.reduce((all, hour) => all + hour[of], 0);
      return { topic: topic?.topic, found: sum("found"), received: sum("received") };
    };
    const topic = where.profile === "GLOBAL" ? "marketplace_questions" : "questions";
    expect(await status()).toEqual({ topic, found: 1, received: 1 });
    // One that comes late takes it off again.
    await told(shop, where, found.id);
    expect(await status()).toEqual({ topic, found: 0, received: 2 });
  });

  it("of its listing moves where its questions stand, with one call", async () => {
    const shop = await home.open({ in: where });
    const question = await shop.ask({ text: "Uno", listing: { title: "Lámpara", stock: 3 } });
    await shop.find();
    for (const [status, stands] of [
      ["paused", "blocked"],
      ["active", "open"],
    ] as const) {
      await shop.changeItem(question.itemId, { status, stock: 2 });
      await shop.asked();
      expect(await told(shop, where, question.itemId, "items")).toEqual([
        { state: "done", outcome: "looked_up" },
      ]);
      expect(await shop.asked()).toHaveLength(1);
      expect((await shop.rows())[0]).toMatchObject({ status: stands, is_todo: stands === "open" });
    }
    expect((await shop.view(question.id)).question?.listing).toMatchObject({ stock: 2, status: "active" });
  });
});
