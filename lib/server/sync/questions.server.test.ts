import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { changedOf } from "@/lib/server/channels/question-search";
import { readQuestion } from "@/lib/server/mercadolibre/questions";
import { createRuntime } from "@/lib/server/runtime";
import { saveFound } from "@/lib/server/sync/save-found";
import { StatusSchema } from "@/lib/shared/api/account";
import { InboxPageSchema } from "@/lib/shared/api/inbox";
import { DUE_BELOW } from "@/lib/shared/rank";
import { createQuestionHouse, QUESTION_PROFILES, type QuestionHouse } from "@/scripts/testing/question-house";
import { pullInto } from "./pull-thread";
import { findUnanswered, purgeOld } from "./reconcile/find-questions";
import { syncAccount } from "./sync-account";

let home: QuestionHouse;
beforeAll(async () => {
  home = await createQuestionHouse();
});
afterEach(async () => {
  await home.house.control("/faults/clear", {});
  await home.house.control("/settings", {
    questionByIdBuyer: "buyer_id",
    questionHiddenLeaves: true,
    questionNotices: "all",
  });
});
afterAll(() => home.house.close());

const query = async (text: string, values: unknown[] = []) =>
  (await home.house.rt.database.pool.query(text, values)).rows;
const count = (path: string[], pattern: RegExp) => path.filter((one) => pattern.test(one)).length;

describe.each(QUESTION_PROFILES)("questions in $profile", (where) => {
  it("are rows from the search alone: words, waiting time and place, at one call for a page", async () => {
    const shop = await home.open({ in: where });
    const old = await shop.ask({ text: "¿Hay stock?", askedMinutesAgo: 90, listing: { title: "Lámpara" } });
    const young = await shop.ask({ text: "¿Envían hoy?", askedMinutesAgo: 5, itemId: old.itemId });
    await shop.asked();
    expect(await shop.find()).toEqual({ found: 2 });
    const asked = await shop.asked();
    expect(asked).toHaveLength(where.profile === "LOCAL" ? 1 : 2);
    expect(asked[0]).toContain("status=UNANSWERED");
    const rows = await shop.rows();
    expect(rows.map(({ brief }) => brief.address)).toEqual([old.id, young.id]);
    expect(rows.every(({ rank, is_todo, status }) => rank < DUE_BELOW && is_todo && status === "open")).toBe(
      true,
    );
    const { rows: listed } = await home.house.read(InboxPageSchema, "/api/inbox?channel=questions", {
      as: shop.owner,
    });
    expect(listed.map(({ snippet, newCount, isWaiting }) => [snippet, newCount, isWaiting])).toEqual([
      ["¿Hay stock?", 1, true],
      ["¿Envían hoy?", 1, true],
    ]);
    // A second look finds nothing new, and moves nothing.
    expect(await shop.find()).toEqual({ found: 0 });
  });

  it("are opened by any id of their chain, also one that nobody has stored", async () => {
    const shop = await home.open({ in: where });
    const first = await shop.ask({ text: "Uno", askedMinutesAgo: 60, answer: { text: "Sí" } });
    const more = { itemId: first.itemId, buyerId: first.buyerId };
    const second = await shop.ask({ text: "Dos", askedMinutesAgo: 30, ...more });
    const third = await shop.ask({ text: "Tres", askedMinutesAgo: 10, ...more });
    for (const one of [third, first, second]) {
      const view = await shop.view(one.id);
      expect(view.question).toMatchObject({ asked: one.id, chain: { questions: { length: 3 } } });
      expect(view.messages.map(({ text }) => text)).toEqual(["Uno", "Sí", "Dos", "Tres"]);
      expect(view.row.question?.address).toBe(second.id);
    }
    expect((await shop.view(second.id)).question?.next).toBe(third.id);
    expect((await shop.view(first.id)).composer).toMatchObject({ allowed: false, because: "answered" });
    expect((await shop.view(third.id)).composer).toMatchObject({ allowed: true });
    expect(await shop.rows()).toHaveLength(1);
  });

  it("of another seller, and what the account itself has asked, are nobody's", async () => {
    const [mine, theirs] = [await home.open({ in: where }), await home.open({ in: where })];
    const foreign = await theirs.ask({ text: "¿Hay stock?" });
    // What an account asks others it may read: then it is the buyer of it.
    const body = {
      id: 13_777_777_777,
      seller_id: Number(theirs.sellerId),
      item_id: foreign.itemId,
      status: "UNANSWERED",
      text: "¿Hay stock?",
      date_created: "2026-10-08T18:50:27.938441729Z",
      buyer_id: Number(mine.sellerId),
    };
    await home.house.control("/faults", { path: `${where.root}/13777777777$`, status: 200, body });
    for (const id of [foreign.id, "13999999999", "13777777777"]) {
      const answer = await home.house.call(`/api/threads/questions/${id}`, { as: mine.owner });
      expect([id, answer.status]).toEqual([id, 404]);
    }
    expect(await mine.rows()).toEqual([]);
  });

  it("say who asks although the question by its id does not", async () => {
    const shop = await home.open({ in: where, settings: { questionByIdBuyer: "none" } });
    const first = await shop.ask({ text: "Uno", askedMinutesAgo: 60 });
    const second = await shop.ask({ text: "Dos", itemId: first.itemId, buyerId: first.buyerId });
    expect((await shop.view(second.id)).messages.map(({ text }) => text)).toEqual(["Uno", "Dos"]);
    expect((await shop.rows())[0]?.chain_key).toMatch(new RegExp(`:${first.buyerId}$`));
  });

  it("whose buyer was not told at first join the chain when they are, with what hangs on them", async () => {
    const shop = await home.open({ in: where });
    const question = await shop.ask({ text: "Uno", askedMinutesAgo: 60 });
    const other = await shop.ask({ text: "Dos", itemId: question.itemId, buyerId: question.buyerId });
    const readFrom = new Date();
    const told = await shop.as("open", async (ctx) => {
      const read = await readQuestion(ctx.meli, question.id);
      await saveFound(home.house.rt, ctx, [changedOf(ctx, { ...read, buyerId: null })], readFrom);
      const draft = { method: "PUT", as: shop.owner, body: { text: "Borrador", files: [] } };
      await home.house.call(`/api/threads/questions/${question.id}/draft`, draft);
      const second = await readQuestion(ctx.meli, other.id);
      await saveFound(home.house.rt, ctx, [changedOf(ctx, second)], readFrom);
      expect(await shop.rows()).toHaveLength(2);
      return changedOf(ctx, read);
    });
    await shop.as("open", (ctx) => saveFound(home.house.rt, ctx, [told], readFrom));
    expect(await shop.rows()).toHaveLength(1);
    const view = await shop.view(question.id);
    expect(view.messages.map(({ text }) => text)).toEqual(["Uno", "Dos"]);
    expect(view.draft.text).toBe("Borrador");
  });

  it("of one chain, found by several processes in any order, are one thread", async () => {
    const shop = await home.open({ in: where });
    const first = await shop.ask({ text: "0", askedMinutesAgo: 50, listing: { title: "Lámpara" } });
    const asked = [first];
    for (let n = 1; n < 6; n += 1) {
      const isSame = n % 2 === 0;
      const buyer = isSame ? { buyerId: first.buyerId } : {};
      asked.push(await shop.ask({ text: `${n}`, askedMinutesAgo: 50 - n, itemId: first.itemId, ...buyer }));
    }
    const others = [1, 2, 3].map(() => createRuntime(home.house.rt.env, "worker"));
    const ref = (externalId: string) => ({ externalId, sellerId: null, siteId: null });
    await shop.as("reconcile", async (ctx) => {
      await Promise.all([
        ...others.map((rt) => findUnanswered(rt, ctx)),
        ...asked.map((one, n) => pullInto(others[n % 3] ?? home.house.rt, ctx, "questions", ref(one.id))),
      ]);
    });
    await Promise.all(others.map((rt) => rt.close()));
    const rows = await shop.rows();
    expect(rows).toHaveLength(4);
    expect(rows.map(({ brief }) => brief.unanswered).toSorted()).toEqual([1, 1, 1, 3]);
    const held = await query("select id, thread_id from questions where account_id = $1", [
      shop.owner.accountId,
    ]);
    expect(held.map(({ id }) => id).toSorted()).toEqual(asked.map(({ id }) => id).toSorted());
  });

  it("that were answered, deleted or closed elsewhere are found by a whole list that lacks them", async () => {
    const shop = await home.open({ in: where });
    const [answered, deleted, closed, stays] = [
      await shop.ask({ text: "Uno" }),
      await shop.ask({ text: "Dos" }),
      await shop.ask({ text: "Tres", listing: { title: "Otra" } }),
      await shop.ask({ text: "Cuatro" }),
    ];
    await shop.find();
    await shop.answerElsewhere(answered.id, "Listo");
    await shop.set(deleted.id, { status: "DELETED", deletedFromListing: true });
    await shop.set(closed.id, { status: "CLOSED_UNANSWERED" });
    expect(await shop.find()).toEqual({ found: 3 });
    await shop.chores();
    const rows = new Map((await shop.rows()).map((row) => [row.brief.address, row]));
    expect(rows.get(answered.id)).toMatchObject({ status: "closed", substatus: "ANSWERED", is_todo: false });
    expect(rows.get(deleted.id)).toMatchObject({ status: "closed", substatus: "DELETED" });
    expect(rows.get(closed.id)).toMatchObject({ status: "closed", substatus: "CLOSED_UNANSWERED" });
    expect(rows.get(stays.id)).toMatchObject({ status: "open", is_todo: true });
    expect((await shop.view(answered.id)).messages.at(-1)?.text).toBe("Listo");
    expect((await shop.view(deleted.id)).messages[0]?.text).toBe("Dos");
  });

  it("that somebody hid elsewhere are read again by themselves, and not at every look", async () => {
    const shop = await home.open({ in: where });
    const hidden = await shop.ask({ text: "Uno" });
    await shop.find();
    await shop.set(hidden.id, { hidden: true });
    await shop.chores();
    expect((await shop.rows())[0]).toMatchObject({ status: "open", is_todo: true });
    await shop.asked();
    await shop.chores();
    expect(count(await shop.asked(), new RegExp(`questions/${hidden.id}|from=`))).toBe(0);
  });

  it("stand behind what is the seller's while something holds them, or their listing is paused", async () => {
    const shop = await home.open({ in: where });
    const held = await shop.ask({ text: "Uno", hold: true });
    const paused = await shop.ask({ text: "Dos", listing: { title: "Otra" } });
    const open = await shop.ask({ text: "Tres", listing: { title: "Tercera" } });
    await shop.changeItem(paused.itemId, { status: "paused" });
    await shop.chores();
    const rows = await shop.rows();
    expect(rows.map(({ status, substatus }) => [status, substatus])).toEqual([
      ["open", null],
      ["blocked", "paused"],
      ["blocked", "hold"],
    ]);
    expect(rows[0]?.brief.address).toBe(open.id);
    expect((await shop.view(held.id)).composer).toMatchObject({ because: "blocked", substatus: "hold" });
    // And back, as the chores find it when nobody tells.
    await shop.set(held.id, { hold: false });
    await shop.changeItem(paused.itemId, { status: "active" });
    await query("update listings set read_at = now() - interval '1 hour' where account_id = $1", [
      shop.owner.accountId,
    ]);
    await shop.chores();
    expect((await shop.rows()).map(({ status }) => status)).toEqual(["open", "open", "open"]);
  });

  it("that were banned have no words and say so; those in moderation wait; suspected spam stays in its chain", async () => {
    const shop = await home.open({ in: where });
    const banned = await shop.ask({ text: "Mi número es 11 5555", status: "BANNED", askedMinutesAgo: 9 });
    const more = { itemId: banned.itemId, buyerId: banned.buyerId };
    await shop.ask({ text: "¿Sigue?", ...more, askedMinutesAgo: 8, status: "UNDER_REVIEW" });
    await shop.ask({ text: "Gane dinero", ...more, askedMinutesAgo: 7, suspectedSpam: true });
    await shop.ask({
      text: "¿Precio?",
      ...more,
      askedMinutesAgo: 6,
      answer: { text: "Escribime al 11 4444", status: "BANNED" },
    });
    const view = await shop.view(banned.id);
    expect(view.messages.map(({ text, visibility, reason }) => [text, visibility, reason])).toEqual([
      ["", "rejected", "BANNED"],
      ["¿Sigue?", "moderation", "UNDER_REVIEW"],
      ["Gane dinero", "visible", null],
      ["¿Precio?", "visible", null],
      ["", "rejected", "BANNED"],
    ]);
    expect(view.question?.chain.questions.map(({ isSuspectedSpam }) => isSuspectedSpam)).toEqual([
      false,
      false,
      true,
      false,
    ]);
    expect(view.composer).toMatchObject({ allowed: false, because: "closed" });
  });

  it("still tell their chain when the search by buyer is refused: what waits is read by its id", async () => {
    const shop = await home.open({ in: where });
    const first = await shop.ask({ text: "Uno", askedMinutesAgo: 60 });
    const second = await shop.ask({ text: "Dos", itemId: first.itemId, buyerId: first.buyerId });
    await shop.find();
    await shop.answerElsewhere(first.id, "Listo");
    await home.house.control("/faults", {
      method: "GET",
      path: `${where.root}/search`,
      times: 5,
      status: 400,
      body: { message: "Invalid filters", error: "bad_request", status: 400, cause: [] },
    });
    const ref = { externalId: second.id, sellerId: null, siteId: null };
    await shop.as("notice", (ctx) => pullInto(home.house.rt, ctx, "questions", ref));
    expect((await shop.view(first.id)).messages.map(({ text }) => text)).toEqual(["Uno", "Dos", "Listo"]);
    expect((await shop.rows())[0]).toMatchObject({ is_complete: false, brief: { unanswered: 1 } });
  });

  it("that are gone by their id keep their words and wait no more", async () => {
    const shop = await home.open({ in: where });
    const question = await shop.ask({ text: "¿Hay stock?" });
    await shop.find();
    await home.house.control("/faults", {
      method: "GET",
      path: `${where.root}/search`,
      status: 400,
      body: { error: "bad_request", status: 400 },
    });
    await home.house.control("/faults", {
      method: "GET",
      path: `${where.root}/${question.id}$`,
      status: 404,
      body: { error: "not_found", status: 404 },
    });
    const ref = { externalId: question.id, sellerId: null, siteId: null };
    await shop.as("notice", (ctx) => pullInto(home.house.rt, ctx, "questions", ref));
    const view = await shop.view(question.id);
    expect(view.messages.map(({ text }) => text)).toEqual(["¿Hay stock?"]);
    expect(view.row).toMatchObject({ status: "closed", substatus: "DELETED", isWaiting: false });
  });

  it("that have waited seven months are ended here, at no call of their own", async () => {
    const shop = await home.open({ in: where });
    const old = await shop.ask({ text: "Viejo", askedMinutesAgo: 205 * 1_440 });
    const young = await shop.ask({ text: "Joven", askedMinutesAgo: 10 });
    await shop.find();
    // Told then, seven months ago: the simulator would not show it now.
    const askedAt = new Date(Date.now() - 215 * 86_400_000).toISOString();
    await query("update questions set created_at = $2 where id = $1", [old.id, askedAt]);
    await query(
      `update threads set chain = jsonb_set(chain, '{questions,0,createdAt}', to_jsonb($3::text))
       where account_id = $1 and external_id = $2`,
      [shop.owner.accountId, old.id, askedAt],
    );
    await shop.asked();
    const ctx = { accountId: shop.owner.accountId };
    expect(await purgeOld(home.house.rt, ctx, { now: new Date(), listed: new Set() })).toBe(1);
    expect(await shop.asked()).toEqual([]);
    const rows = new Map((await shop.rows()).map((row) => [row.external_id, row]));
    expect(rows.get(old.id)).toMatchObject({ status: "closed", substatus: "DELETED", is_todo: false });
    expect(rows.get(young.id)).toMatchObject({ is_todo: true });
    expect((await query("select text from messages where id = $1", [old.id]))[0]?.text).toBe("Viejo");
  });

  it("come in with the first sync: what waits, and what was answered in the last thirty days", async () => {
    const shop = await home.open({ in: where, isSynced: false });
    const waits = await shop.ask({ text: "Uno", askedMinutesAgo: 40 * 1_440 });
    const lately = await shop.ask({ text: "Dos", askedMinutesAgo: 20 * 1_440, answer: { text: "Sí" } });
    const long = await shop.ask({ text: "Tres", askedMinutesAgo: 40 * 1_440, answer: { text: "No" } });
    await syncAccount(home.house.rt, shop.owner.accountId, new AbortController().signal);
    expect((await shop.rows()).map(({ external_id }) => external_id)).toEqual([waits.id]);
    expect((await shop.rows())[0]?.product).not.toBeNull();
    await shop.chores();
    const ids = (await shop.rows()).map(({ external_id }) => external_id);
    expect(ids).toContain(lately.id);
    expect(ids).not.toContain(long.id);
    const { rows } = await home.house.read(InboxPageSchema, "/api/inbox?channel=questions", {
      as: shop.owner,
    });
    expect(rows.map(({ newCount }) => newCount)).toEqual([1, 0]);
    expect((await shop.view(lately.id)).composer).toMatchObject({ because: "answered" });
  });

  it("keep neither messages nor claims from coming in when they are refused", async () => {
    const shop = await home.open({ in: where, isSynced: false });
    const site = where.profile === "LOCAL" ? {} : { siteId: "MLM" };
    await home.house.newThread(shop.sellerId, { ...site, messages: [{ from: "buyer", text: "Hola" }] });
    await home.house.control("/faults", {
      path: `${where.root}/search`,
      times: 50,
      status: 403,
      body: { error: "forbidden", status: 403 },
    });
    await syncAccount(home.house.rt, shop.owner.accountId, new AbortController().signal);
    const { rows } = await home.house.read(InboxPageSchema, "/api/inbox", { as: shop.owner });
    expect(rows.map(({ channel, snippet }) => [channel, snippet])).toEqual([["messages", "Hola"]]);
    const { accounts } = await home.house.read(StatusSchema, "/api/status", { as: shop.owner });
    expect(accounts).toMatchObject([{ problem: "questions_refused" }]);
  });
});

describe("a classified listing", () => {
  it("has its buyer's name and telephone in the newest question by its id, read when somebody opens it", async () => {
    const shop = await home.open();
    const listing = { title: "Ford Ka", buyingMode: "classified" };
    const contact = { email: "ana@example.test", phone: { areaCode: "11", number: "55501234" } };
    const question = await shop.ask({ text: "¿Sigue en venta?", listing, contact, buyerName: "Ana Prueba" });
    await shop.chores();
    expect((await shop.rows())[0]).toMatchObject({ buyer_name: null, product: "Ford Ka" });
    const ref = { externalId: question.id, sellerId: null, siteId: null };
    await shop.as("open", (ctx) => pullInto(home.house.rt, ctx, "questions", ref));
    const view = await shop.view(question.id);
    expect(view.question?.chain.contact).toEqual({
      name: "Ana Prueba",
      email: "ana@example.test",
      phone: "11 55501234",
    });
    expect(view.row.buyer).toBe("Ana Prueba");
    expect(view.question?.listing).toMatchObject({ title: "Ford Ka", buyingMode: "classified" });
  });
});

describe("three thousand questions that wait", () => {
  it("are all found by a scan, each once, and a second look stores nothing", async () => {
    const shop = await home.open();
    const { itemId, buyerId } = await shop.ask({ text: "0", askedMinutesAgo: 4_000 });
    for (let n = 1; n < 3_000; n += 100) {
      await Promise.all(
        Array.from({ length: Math.min(100, 3_000 - n) }, (_, k) =>
          shop.ask({
            text: `${n + k}`,
            askedMinutesAgo: 4_000 - n - k,
            itemId,
            ...((n + k) % 10 === 0 ? { buyerId } : {}),
          }),
        ),
      );
    }
    await shop.asked();
    expect(await shop.find()).toEqual({ found: expect.any(Number) });
    const asked = await shop.asked();
    expect(count(asked, /search_type=scan/)).toBeGreaterThanOrEqual(60);
    expect(asked.length).toBeLessThan(64);
    const [held] = await query(
      "select count(*)::int as n, count(distinct thread_id)::int as chains from questions where account_id = $1 and status = 'UNANSWERED'",
      [shop.owner.accountId],
    );
    expect(held).toEqual({ n: 3_000, chains: 2_701 });
    expect(await shop.find()).toEqual({ found: 0 });
  }, 240_000);
});
