import { describe, expect, it } from "vitest";
import { HOUR, startQuestion } from "@/sandbox/questions/testing";
import { at, listAt, textAt } from "@/sandbox/testing";

async function start() {
  const q = await startQuestion();
  const blacklist = `/users/${q.seller}/questions_blacklist`;
  const blockApi = `/block-api/search/users/${q.seller}?type=blocked_by_questions`;
  return {
    ...q,
    blacklist,
    blockApi,
    block: (buyer = q.buyer) => q.api.post(blacklist, q.access, { user_id: Number(buyer) }),
    older: async () =>
      listAt((await q.api.get(blacklist, q.access)).body, "users").map((one) => textAt(one, "id")),
    newer: async (paging = "") => (await q.api.get(`${blockApi}${paging}`, q.access)).body,
  };
}

describe("blocked buyers (questions-and-contacts.md 1.5, 8)", () => {
  it("are in both lists, the newer one with the moment and paging", async () => {
    const q = await start();
    const { status, body } = await q.block();
    expect([status, body]).toEqual([200, { user_id: Number(q.buyer) }]);
    expect(await q.older()).toEqual([q.buyer]);
    expect(await q.newer()).toEqual({
      users: [{ id: Number(q.buyer), blocked_at: "2026-03-02T14:00:00Z" }],
      paging: { offset: 0, limit: 10, total: 1 },
    });
  });

  it("keep their moment when they are blocked again, and are paged latest first", async () => {
    const q = await start();
    const other = await q.ask();
    await q.block();
    await q.pass(HOUR);
    await q.block(other.buyer);
    await q.block();
    const first = await q.newer("&limit=1");
    expect(at(first, "users", 0, "id")).toBe(Number(other.buyer));
    expect(await q.newer("&limit=1&offset=1")).toMatchObject({
      users: [{ id: Number(q.buyer), blocked_at: "2026-03-02T14:00:00Z" }],
      paging: { offset: 1, limit: 1, total: 2 },
    });
  });

  it("can ask no more until they are unblocked, with 200 or 204", async () => {
    const q = await start();
    const asker = await q.api.control("/sellers", { siteId: "MLA" });
    const { access } = await q.api.connect(textAt(asker.body, "id"));
    const ask = () => q.api.post("/questions", access, { text: "¿Hay?", item_id: q.item });
    expect((await ask()).status).toBe(201);
    const buyer = textAt(asker.body, "id");
    await q.block(buyer);
    expect((await ask()).status).toBe(403);
    expect((await q.remove(`${q.blacklist}/${buyer}`)).status).toBe(200);
    expect((await ask()).status).toBe(201);
    await q.change({ unblockStatus: 204 });
    expect((await q.remove(`${q.blacklist}/${buyer}`)).status).toBe(204);
    expect(await q.older()).toEqual([]);
  });

  it("are in one list alone if the settings say so", async () => {
    const q = await start();
    await q.block();
    await q.change({ blockedBuyersAt: "blacklist" });
    expect((await q.api.get(q.blockApi, q.access)).status).toBe(404);
    expect(await q.older()).toEqual([q.buyer]);
    await q.change({ blockedBuyersAt: "block_api", blockedBuyersElse: 403 });
    expect((await q.api.get(q.blacklist, q.access)).status).toBe(403);
    expect(at(await q.newer(), "paging", "total")).toBe(1);
  });

  it("are the seller's own affair, of users that exist, and of one type", async () => {
    const q = await start();
    const stranger = await q.stranger();
    expect((await q.api.post(q.blacklist, stranger, { user_id: Number(q.buyer) })).status).toBe(403);
    expect((await q.api.get(q.blockApi, stranger)).status).toBe(403);
    expect((await q.block("1")).status).toBe(404);
    expect((await q.api.get(q.blockApi.replace("questions", "orders"), q.access)).status).toBe(400);
    expect((await q.api.post(q.blacklist, q.access, { buyer: 1 })).status).toBe(400);
  });
});
