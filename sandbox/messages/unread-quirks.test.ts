import { describe, expect, it } from "vitest";
import { createSandbox } from "@/sandbox/create-sandbox";
import { startSale } from "@/sandbox/messages/testing";
import { at, drive, listAt, textAt } from "@/sandbox/testing";

const LIST = "/messages/unread?role=seller&tag=post_sale";

describe("the unread list", () => {
  it("stops where told, and goes on when some are read (messages.md 2.6, 9)", async () => {
    const api = drive(createSandbox());
    const threads = Array.from({ length: 5 }, () => ({ messages: [{ from: "buyer", text: "a" }] }));
    const { body } = await api.control("/sellers", { siteId: "MLA", threads });
    const seller = textAt(body, "id");
    const { access } = await api.connect(seller);
    await api.control("/settings", { unreadCap: 2 });
    const packs = async () =>
      listAt((await api.get(LIST, access)).body, "results").map(
        (row) => textAt(row, "resource").split("/")[2],
      );
    const first = await packs();
    expect(first).toHaveLength(2);
    for (const pack of first)
      await api.get(`/messages/packs/${pack}/sellers/${seller}?tag=post_sale`, access);
    const next = await packs();
    expect(next).toHaveLength(2);
    expect(next).not.toEqual(first);
  });

  it("counts what nobody can see, for ever, or leaves it out (messages.md 2.1, 8)", async () => {
    const moderation = { status: "rejected" as const, reason: "PERSONAL_DATA" };
    const { api, access, read, change } = await startSale({
      messages: [{ from: "buyer", text: "a@b.com", moderation }],
    });
    expect(listAt((await read("")).body, "messages")).toEqual([]);
    expect(at((await api.get(LIST, access)).body, "results", 0, "count")).toBe(1);
    await change({ unreadCountsHidden: false });
    expect(listAt((await api.get(LIST, access)).body, "results")).toEqual([]);
  });

  it("may name a pack whose read is refused (messages.md 8)", async () => {
    const { api, access, read, change, pack, send } = await startSale();
    await change({ unreadRefuses: [pack] });
    expect(textAt((await api.get(LIST, access)).body, "results", 0, "resource")).toContain(pack);
    const { status, body } = await read();
    expect([status, textAt(body, "message")]).toEqual([
      403,
      expect.stringContaining("User access token invalid for resource"),
    ]);
    expect((await send("Hola")).status).toBe(201);
    await change({ unreadRefuses: [] });
    expect((await read()).status).toBe(200);
  });

  it("spells rows and owner in every way of the pages (messages.md 9)", async () => {
    const { api, access, change, pack, seller } = await startSale({
      isPack: false,
      messages: [{ from: "buyer", text: "a" }],
    });
    const body = async () => (await api.get(LIST, access)).body;
    await change({ unreadRows: "pack", unreadOwnerKey: "userId", unreadTotal: false });
    expect(await body()).toEqual({
      userId: Number(seller),
      results: [{ resource: `/packs/${pack}`, count: 1 }],
    });
    await change({ unreadRows: "order_id" });
    expect(listAt(await body(), "results")).toEqual([{ order_id: Number(pack), count: 1 }]);
    await change({ unreadRows: "with_order_id", idsAs: "string" });
    expect(await body()).toEqual({
      userId: seller,
      results: [{ resource: `/packs/${pack}/sellers/${seller}`, order_id: Number(pack), count: 1 }],
    });
  });

  it("wants a role when told so, takes one order, and refuses several (messages.md 2.6, 9)", async () => {
    const { api, access, change, pack } = await startSale({
      isPack: false,
      messages: [{ from: "buyer", text: "a" }],
    });
    const results = async (query: string) =>
      listAt((await api.get(`${LIST}${query}`, access)).body, "results").length;
    expect([await results(`&orders_id=${pack}`), await results("&orders_id=2000999999999999")]).toEqual([
      1, 0,
    ]);
    expect((await api.get(`${LIST}&orders_id=1,2`, access)).body).toMatchObject({
      message: "Not allowed messages from multiple orders",
    });
    expect((await api.get("/messages/unread?tag=post_sale", access)).status).toBe(200);
    await change({ unreadRoleRequired: true });
    expect((await api.get("/messages/unread?tag=post_sale", access)).status).toBe(400);
    expect((await api.get("/messages/unread/x?tag=post_sale", access)).body).toMatchObject({
      message: "Messages id empty or invalid",
    });
  });

  it("of one country is on the marketplace path alone when told so (messages.md 8)", async () => {
    const { api, access, change, pack, seller } = await startSale();
    const marketplace = `/marketplace/messages/unread?role=seller&tag=post_sale&user_id=${seller}`;
    expect((await api.get(marketplace, access)).status).toBe(403);
    await change({ unreadPath: "marketplace" });
    expect((await api.get(LIST, access)).status).toBe(404);
    expect((await api.get(marketplace, access)).body).toEqual({
      userId: Number(seller),
      results: [{ resource: `/packs/${pack}`, count: 1 }],
    });
    expect((await api.get(`/marketplace/messages/packs/${pack}`, access)).status).toBe(403);
  });
});
