import { describe, expect, it } from "vitest";
import { MINUTE, startQuestion } from "@/sandbox/questions/testing";
import { at, listAt, textAt } from "@/sandbox/testing";

describe("steering questions", () => {
  it("lists a seller's questions newest first, by listing, buyer, status and words", async () => {
    const q = await startQuestion();
    const further = await q.ask({ buyerId: q.buyer, askedMinutesAgo: 5, text: "¿Y el color?" });
    const other = await q.ask({
      itemId: undefined,
      listing: { title: "Mate" },
      answer: { text: "Sí" },
      askedMinutesAgo: 9,
    });
    const ids = async (query: string) => {
      const { body } = await q.api.control(`/questions?sellerId=${q.seller}${query}`);
      return listAt(body, "questions").map((one) => textAt(one, "id"));
    };
    expect(await ids("")).toEqual([q.id, further.id, other.id]);
    expect(await ids(`&itemId=${q.item}&buyerId=${q.buyer}`)).toEqual([q.id, further.id]);
    expect(await ids("&status=answered")).toEqual([other.id]);
    expect(await ids("&q=color")).toEqual([further.id]);
    expect(await ids("&q=mate")).toEqual([other.id]);
    const stranger = await q.api.control("/sellers", { siteId: "MLA" });
    const none = await q.api.control(`/questions?sellerId=${textAt(stranger.body, "id")}`);
    expect(listAt(none.body, "questions")).toEqual([]);
  });

  it("seeds a seller with questions, as they are held", async () => {
    const { api } = await startQuestion();
    const seeded = await api.control("/sellers", {
      siteId: "MLB",
      questions: [
        { text: "Tem estoque?", askedMinutesAgo: 20, listing: { title: "Fone", stock: 0 }, hold: true },
      ],
    });
    expect(at(seeded.body, "questions", 0)).toMatchObject({
      itemTitle: "Fone",
      status: "UNANSWERED",
      text: "Tem estoque?",
      isOnHold: true,
      createdAt: "2026-03-02T13:40:00.000Z",
    });
    const named = textAt(seeded.body, "questions", 0, "buyerName");
    expect(named).toMatch(/^\p{Lu}\p{L}+ \p{Lu}\p{L}+$/u);
  });

  it("lets nobody ask on a paused listing, or who is blocked; the past is laid down anyway", async () => {
    const q = await startQuestion();
    const ask = (more: object) =>
      q.api.control("/questions/ask", { sellerId: q.seller, itemId: q.item, text: "¿Hay?", ...more });
    await q.api.post(`/users/${q.seller}/questions_blacklist`, q.access, { user_id: Number(q.buyer) });
    expect((await ask({ buyerId: q.buyer })).status).toBe(409);
    expect((await ask({ buyerId: q.buyer, askedMinutesAgo: 60 })).status).toBe(201);
    const { body } = await q.api.control(`/questions/blocked-buyers?sellerId=${q.seller}`);
    expect(listAt(body, "blocked")).toEqual([
      {
        sellerId: q.seller,
        localSellerId: q.seller,
        buyerId: q.buyer,
        blockedAt: "2026-03-02T14:00:00.000Z",
      },
    ]);
    await q.listing({ status: "paused" });
    expect((await ask({})).status).toBe(409);
    expect((await ask({ askedMinutesAgo: 60 })).status).toBe(201);
  });

  it("names what is not there, and refuses what it does not know", async () => {
    const q = await startQuestion();
    const status = async (path: string, body?: object) => (await q.api.control(path, body)).status;
    const ask = { sellerId: q.seller, text: "¿Hay?" };
    expect(await status("/questions/1")).toBe(404);
    expect(await status("/items/MLA1", { status: "paused" })).toBe(404);
    expect(await status("/questions/ask", { ...ask, itemId: "MLA1" })).toBe(404);
    expect(await status("/questions/ask", { ...ask, buyerId: "1" })).toBe(404);
    expect(await status("/questions/ask", { ...ask, sellerId: "1" })).toBe(404);
    expect(await status("/questions/ask", { ...ask, wen: 1 })).toBe(422);
    expect(await status(`/questions/${q.id}/set`, { answerStatus: "BANNED" })).toBe(409);
    expect(await status(`/items/${q.item}`, { status: "gone" })).toBe(422);
  });

  it("frees a banned answer, and releases a question from hold when it is time", async () => {
    const q = await startQuestion({ hold: true });
    await q.set({ hold: false, afterMs: MINUTE });
    expect(at(await q.held(), "isOnHold")).toBe(true);
    await q.pass(MINUTE);
    expect(at(await q.held(), "isOnHold")).toBe(false);
    await q.answer("Sí");
    await q.set({ answerStatus: "BANNED", subgroup: "OFFENSIVE_LANGUAGE" });
    await q.set({ answerStatus: "ACTIVE" });
    expect(at((await q.get()).body, "answer")).toMatchObject({ text: "Sí", status: "ACTIVE" });
  });

  it("changes a listing's stock and price, and finds listings by their words", async () => {
    const q = await startQuestion();
    await q.listing({ stock: 2, price: 999 });
    const { body } = await q.api.control(`/items?sellerId=${q.seller}&q=pava`);
    expect(listAt(body, "items")).toMatchObject([{ id: q.item, stock: 2, price: 999, status: "active" }]);
  });
});
