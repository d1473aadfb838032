import { describe, expect, it } from "vitest";
import { startQuestion } from "@/sandbox/questions/testing";
import { at, listAt, textAt } from "@/sandbox/testing";

const start = (seller: object = {}) =>
  startQuestion({ text: "¿Hay stock?", translated: "Is it in stock?" }, { siteId: "CBT", seller });

describe("questions of Global Selling (questions-and-contacts.md 3)", () => {
  it("have the CBT id, the local id, the site and the translation", async () => {
    const q = await start();
    const { body } = await q.search(`seller_id=${q.seller}`);
    expect(at(body, "questions", 0)).toMatchObject({
      id: Number(q.id),
      item_id: `CBT${q.item.slice(3)}`,
      marketplace_item_id: q.item,
      site_id: "MLM",
      seller_id: Number(q.seller),
      text: "¿Hay stock?",
      text_translated: "Is it in stock?",
      from: { id: Number(q.buyer) },
    });
    expect((await q.get()).body).toMatchObject({
      item_id: `CBT${q.item.slice(3)}`,
      text_translated: "Is it in stock?",
      buyer_id: Number(q.buyer),
    });
  });

  it("show is_admin as a text and the seller as 0, or as it is", async () => {
    const q = await start();
    const filters = async () => at((await q.search(`seller_id=${q.seller}`)).body, "filters");
    expect(await filters()).toMatchObject({ is_admin: "false", seller: 0, caller: Number(q.seller) });
    await q.change({ questionGlobalSellerZero: false, questionGlobalSeller: "local" });
    expect(await filters()).toMatchObject({ seller: Number(q.seller) });
    expect(at((await q.get()).body, "seller_id")).toBe(Number(q.local));
  });

  it("are found by the account, by one of its selling users, and by either id of the listing", async () => {
    const q = await start();
    const brazilian = await q.ask({ itemId: undefined, listing: { title: "Fone", siteId: "MLB" } });
    expect(await q.found(`seller_id=${q.seller}`)).toHaveLength(2);
    expect(await q.found(`seller_id=${q.local}`)).toEqual([q.id]);
    expect(await q.found(`item=CBT${q.item.slice(3)}`)).toEqual([q.id]);
    expect(await q.found(`item=${q.item}&from=${q.buyer}`)).toEqual([q.id]);
    expect(await q.found(`item=${q.item}&from=${brazilian.buyer}`)).toEqual([]);
  });

  it("end at offset 1000: there is no scan", async () => {
    const q = await start();
    const { body } = await q.search(`seller_id=${q.seller}&search_type=scan`);
    expect(body).not.toHaveProperty("scroll_id");
    expect((await q.search(`seller_id=${q.seller}&search_type=scan&offset=1001`)).status).toBe(400);
  });

  it("take an answer with its translation, of 2000 characters each", async () => {
    const q = await start();
    const long = await q.answer("Sí", Number(q.id), { text_translated: "a".repeat(2001) });
    expect(long.status).toBe(400);
    const { status, body } = await q.answer("Yes", Number(q.id), { text_translated: "Sí" });
    expect(status).toBe(201);
    expect(at(body, "answer")).toMatchObject({ text: "Yes", text_translated: "Sí", status: "ACTIVE" });
    const other = await q.ask();
    const plain = await q.answer("Yes", Number(other.id));
    expect(at(plain.body, "answer", "text_translated")).toBeNull();
    await q.set({ answerStatus: "BANNED" });
    expect(at((await q.get()).body, "answer")).toMatchObject({ text: "", text_translated: "" });
  });

  it("are deleted under their own address", async () => {
    const q = await start();
    expect((await q.remove(q.path)).body).toEqual(["Question deleted."]);
  });

  it("are closed to Model 6 sellers", async () => {
    const q = await start({ isModel6: true });
    const forbidden = { message: "Forbidden", error: "Forbidden", status: 403, cause: [] };
    expect((await q.search(`seller_id=${q.seller}`)).body).toEqual(forbidden);
    expect((await q.get()).body).toEqual(forbidden);
    expect((await q.answer("Yes")).body).toEqual(forbidden);
  });

  it("keep to their own addresses, as those of one country do", async () => {
    const q = await start();
    expect((await q.api.get(`/questions/${q.id}?api_version=4`, q.access)).status).toBe(403);
    expect((await q.api.post("/answers", q.access, { question_id: Number(q.id), text: "Yes" })).status).toBe(
      403,
    );
    const local = await startQuestion();
    expect((await local.api.get(`/marketplace/questions/${local.id}`, local.access)).status).toBe(403);
  });

  it("have block lists, infractions and a response time of the account and of each selling user", async () => {
    const q = await start();
    await q.api.post(`/users/${q.local}/questions_blacklist`, q.access, { user_id: Number(q.buyer) });
    const users = async (id: string) =>
      listAt((await q.api.get(`/users/${id}/questions_blacklist`, q.access)).body, "users").length;
    expect([await users(q.seller), await users(q.local)]).toEqual([1, 1]);
    await q.change({ responseTimeAsOf: "now" });
    const time = await q.api.get(`/users/${q.local}/questions/response_time`, q.access);
    expect(textAt(time.body, "user_id")).toBe(q.local);
    await q.set({ status: "BANNED" });
    const infractions = await q.api.get(`/moderations/infractions/${q.seller}?element_type=QUE`, q.access);
    expect(at(infractions.body, "infractions", 0, "site_id")).toBe("MLM");
  });
});
