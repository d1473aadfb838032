import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startSale } from "@/sandbox/messages/testing";
import { at, listAt, textAt } from "@/sandbox/testing";

const talk = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    from: "buyer" as const,
    text: `mensaje ${index}`,
    unread: true,
  }));

describe("reading a conversation", () => {
  it("answers ten messages, newest first, with the shape of the contract", async () => {
    const { read, pack, seller, buyer } = await startSale({ messages: talk(12) });
    const { body } = await read();
    expect(at(body, "paging")).toEqual({ limit: 10, offset: 0, total: 12 });
    expect(listAt(body, "messages").map((message) => at(message, "text"))).toEqual(
      Array.from({ length: 10 }, (_, index) => `mensaje ${11 - index}`),
    );
    expect(at(body, "conversation_status")).toMatchObject({
      path: `/packs/${pack}/sellers/${seller}`,
      status: "active",
      substatus: null,
      claim_ids: [],
    });
    expect(at(body, "messages", 0)).toMatchObject({
      site_id: "MLA",
      from: { user_id: Number(buyer) },
      to: { user_id: Number(seller) },
      status: "available",
      message_attachments: null,
      message_moderation: { status: "clean", reason: null, source: "online" },
    });
    expect(textAt(body, "messages", 0, "id")).toMatch(/^[0-9a-f]{32}$/);
    expect(textAt(body, "messages", 0, "message_date", "created")).toMatch(/:\d\dZ$/);
    expect(at(body, "seller_max_message_length")).toBe(350);
  });

  it("clamps the limit to a hundred and refuses senseless paging", async () => {
    const { read } = await startSale({ messages: talk(120) });
    expect(listAt((await read("&limit=500&mark_as_read=false")).body, "messages")).toHaveLength(100);
    expect(listAt((await read("&limit=100&offset=100&mark_as_read=false")).body, "messages")).toHaveLength(
      20,
    );
    expect((await read("&limit=0")).body).toMatchObject({
      message: "The limit param must be greater than 0",
    });
    expect((await read("&limit=x")).body).toMatchObject({ message: "Invalid limit param" });
    expect((await read("&offset=-1")).body).toMatchObject({ message: "Invalid offset param" });
  });

  it("wants the tag", async () => {
    const { api, access, path } = await startSale();
    expect((await api.get(path.replace("?tag=post_sale", ""), access)).status).toBe(400);
  });

  it("is closed to a seller who is no party of the sale, and 404 where there is no sale", async () => {
    const { api, path, seller, access } = await startSale();
    const other = textAt((await api.control("/sellers", { siteId: "MLA" })).body, "id");
    const stranger = (await api.connect(other)).access;
    expect((await api.get(path, stranger)).status).toBe(403);
    expect((await api.get(path.replace(seller, other), stranger)).status).toBe(403);
    expect(
      (await api.get(`/messages/packs/2000999999999999/sellers/${seller}?tag=post_sale`, access)).status,
    ).toBe(404);
  });

  it("takes the order's id where the order has no pack", async () => {
    const { api, access, pack, read } = await startSale({ isPack: false, messages: talk(1) });
    expect(at((await api.get(`/orders/${pack}`, access)).body, "pack_id")).toBeNull();
    expect((await read()).status).toBe(200);
  });

  it("marks only the page it returns, and nothing with mark_as_read=false", async () => {
    const { read, unread } = await startSale({ messages: talk(12) });
    await read();
    expect(at(await unread(), 0, "count")).toBe(12);
    await read("&limit=3");
    expect(at(await unread(), 0, "count")).toBe(9);
    await read("&limit=3&offset=3");
    expect(at(await unread(), 0, "count")).toBe(6);
  });

  it("changes the unread count only by an unflagged read, whatever else is called", async () => {
    const act = fc.constantFrom("flagged", "unread", "unread-one", "by-id", "send", "order", "read");
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
        const { api, access, read, unread, send, pack, seller } = await startSale({ messages: talk(5) });
        const id = textAt((await read()).body, "messages", 0, "id");
        const calls: Record<string, () => Promise<unknown>> = {
          flagged: () => read(),
          read: () => read(""),
          unread: () => api.get("/messages/unread?role=seller&tag=post_sale", access),
          "unread-one": () =>
            api.get(`/messages/unread/packs/${pack}/sellers/${seller}?tag=post_sale`, access),
          "by-id": () => api.get(`/messages/${id}?tag=post_sale`, access),
          send: () => send("Gracias"),
          order: () => api.get(`/packs/${pack}`, access),
        };
        for (const one of acts) await calls[one]?.();
        expect((await unread()).length).toBe(acts.includes("read") ? 0 : 1);
      }),
      { numRuns: 40 },
    );
  });

  it("hides a moderated buyer message, counts it as unread, and shows the seller's own", async () => {
    const { read, unread, api, access } = await startSale({
      messages: [
        {
          from: "seller",
          text: "mirá bit.ly/x",
          moderation: { status: "rejected", reason: "LINK_SHORT_URL" },
        },
        {
          from: "buyer",
          text: "mi mail es a@b.com",
          moderation: { status: "rejected", reason: "PERSONAL_DATA" },
        },
      ],
    });
    const { body } = await read("");
    expect(listAt(body, "messages").map((message) => at(message, "status"))).toEqual(["moderated"]);
    expect(await unread()).toHaveLength(1);
    const listed = await api.get("/messages/unread?role=seller&tag=post_sale", access);
    expect(at(listed.body, "results", 0, "count")).toBe(1);
  });

  it("switches ids, dates, claim fields and old moderation spellings", async () => {
    const { read, change, seller } = await startSale();
    await change({
      idsAs: "string",
      dateStyle: "millis",
      claimField: "claim_id",
      sellerWord: "seller",
      oldModeration: true,
    });
    const { body } = await read();
    expect(at(body, "messages", 0, "to", "user_id")).toBe(seller);
    expect(textAt(body, "messages", 0, "message_date", "created")).toMatch(/\.\d{3}Z$/);
    expect(at(body, "conversation_status")).toHaveProperty("claim_id", null);
    expect(at(body, "messages", 0, "message_moderation")).toMatchObject({ by: "online", reason: "none" });
    expect(at(body, "messages", 0, "message_resources", 1, "name")).toBe("seller");
  });

  it("reads one message by id in the envelope, or in the old flat shape", async () => {
    const { api, access, read, change, pack } = await startSale();
    const id = textAt((await read()).body, "messages", 0, "id");
    const { body } = await api.get(`/messages/${id}?tag=post_sale`, access);
    expect(body).toMatchObject({ paging: null, conversation_status: null });
    expect(at(body, "messages", 0, "message_resources", 0)).toEqual({ id: pack, name: "packs" });
    await change({ byIdShape: "flat" });
    expect((await api.get(`/messages/${id}?tag=post_sale`, access)).body).toMatchObject({
      message_id: id,
      text: { plain: "Hola" },
    });
    expect((await api.get(`/messages/${"0".repeat(32)}?tag=post_sale`, access)).status).toBe(400);
  });
});
