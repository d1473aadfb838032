import { describe, expect, it } from "vitest";
import { startSale } from "@/sandbox/messages/testing";
import { at, listAt, textAt } from "@/sandbox/testing";

const talk = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ from: "buyer" as const, text: `mensaje ${index}` }));
const FLAG = "&mark_as_read=false";

describe("pages of a conversation (messages.md 2.1, 10.1)", () => {
  it("have no maximum, another one, or refuse what is above it", async () => {
    const { read, change } = await startSale({ messages: talk(120) });
    const size = async () => listAt((await read(`${FLAG}&limit=120`)).body, "messages").length;
    await change({ maxLimit: null });
    expect(await size()).toBe(120);
    await change({ maxLimit: 50 });
    expect(await size()).toBe(50);
    await change({ limitAbove: "refused" });
    expect((await read(`${FLAG}&limit=51`)).body).toMatchObject({ message: "Invalid limit param" });
    expect((await read(`${FLAG}&limit=50`)).status).toBe(200);
  });

  it("come oldest first when told so, each message once over the pages", async () => {
    const { read, change } = await startSale({ messages: talk(7) });
    await change({ messageOrder: "oldest" });
    const page = async (offset: number) =>
      listAt((await read(`${FLAG}&limit=3&offset=${offset}`)).body, "messages").map((one) =>
        textAt(one, "text"),
      );
    const all = [...(await page(0)), ...(await page(3)), ...(await page(6))];
    expect(all).toEqual(talk(7).map((one) => one.text));
  });

  it("are empty past the end, or refused", async () => {
    const { read, change } = await startSale({ messages: talk(2) });
    const past = await read(`${FLAG}&offset=9`);
    expect([past.status, at(past.body, "paging", "total"), listAt(past.body, "messages")]).toEqual([
      200,
      2,
      [],
    ]);
    await change({ offsetPastEnd: "refused" });
    expect((await read(`${FLAG}&offset=9`)).body).toMatchObject({ message: "Invalid offset param" });
    expect((await read(`${FLAG}&offset=2`)).status).toBe(200);
  });

  it("may promise messages that nobody can see", async () => {
    const moderation = { status: "rejected" as const, reason: "PERSONAL_DATA" };
    const { read, change } = await startSale({
      messages: [...talk(2), { from: "buyer", text: "a@b.com", moderation }],
    });
    expect(at((await read()).body, "paging", "total")).toBe(2);
    await change({ totalCounts: "all" });
    const { body } = await read();
    expect([at(body, "paging", "total"), listAt(body, "messages").length]).toEqual([3, 2]);
  });

  it("are 200, 403 or 404 for a sale without any conversation", async () => {
    const { read, change } = await startSale({ messages: [] });
    expect(listAt((await read()).body, "messages")).toEqual([]);
    for (const emptyPack of ["403", "404"]) {
      await change({ emptyPack });
      expect(String((await read()).status)).toBe(emptyPack);
    }
    const written = await startSale();
    await written.change({ emptyPack: "404" });
    expect((await written.read()).status).toBe(200);
  });
});

describe("fields of a conversation", () => {
  it.each([[0], [350], [3500]])("name the seller's limit %i (messages.md 0.7)", async (sellerMaxLength) => {
    const { read } = await startSale({ sellerMaxLength, messages: talk(1) });
    expect(at((await read()).body, "seller_max_message_length")).toBe(sellerMaxLength);
  });

  it("may lack the limit; 350 hold then, and with 0 nothing passes", async () => {
    const { read, send, api, pack } = await startSale({ sellerMaxLength: null, messages: talk(1) });
    expect((await read()).body).not.toHaveProperty("seller_max_message_length");
    expect((await send("a".repeat(351))).body).toMatchObject({
      message: "The message content is too long, max characters allowed are 350",
    });
    expect((await send("a".repeat(350))).status).toBe(201);
    await api.control(`/threads/${pack}/length`, { max: 0 });
    expect(at((await read()).body, "seller_max_message_length")).toBe(0);
    expect((await send("a")).status).toBe(400);
  });

  it("date the state by its change, or roughly now (messages.md 2.1)", async () => {
    const { read, change, api } = await startSale({ messages: talk(1), soldDaysAgo: 3 });
    const date = async () => Date.parse(textAt((await read()).body, "conversation_status", "status_date"));
    const now = Date.parse(textAt((await api.control("/state")).body, "now"));
    expect(now - (await date())).toBeGreaterThan(2 * 86_400_000);
    await change({ statusDate: "now" });
    expect(Math.abs(now - (await date()))).toBeLessThan(5_000);
  });

  it("spell statuses, reasons, sources, parties and resources as the old pages do (messages.md 2.1, 7, 9)", async () => {
    const { read, change, send } = await startSale();
    await send("mirá bit.ly/x");
    await change({
      statusCase: "upper",
      moderatedWord: "rejected",
      reasonCase: "lower",
      moderationSource: "offline",
      parties: "old",
      orderInResources: true,
    });
    const message = at((await read()).body, "messages", 0);
    expect(message).toMatchObject({
      status: "REJECTED",
      message_moderation: { status: "rejected", reason: "link_short_url", source: "offline" },
    });
    expect(textAt(message, "from", "email")).toContain("@");
    expect(textAt(message, "to", "name")).not.toBe("");
    expect(listAt(message, "message_resources").map((one) => at(one, "name"))).toEqual([
      "orders",
      "packs",
      "sellers",
    ]);
    await change({ parties: "no_to" });
    expect(at((await read()).body, "messages", 0)).not.toHaveProperty("to");
  });

  it("hold line breaks, links and entities as markup when told so", async () => {
    const { read, send, change } = await startSale();
    await change({ textMarkup: true });
    await send(
      'Tom & Co\nver https://articulo.mercadolibre.com.ar/x?a=1 o <a href="https://x.y">acá</a>, 2 < 3',
    );
    expect(textAt((await read()).body, "messages", 0, "text")).toBe(
      'Tom &amp; Co<br>ver <a href="https://articulo.mercadolibre.com.ar/x?a=1">https://articulo.mercadolibre.com.ar/x?a=1</a> o <a href="https://x.y">acá</a>, 2 &lt; 3',
    );
  });

  it("may lack the state, which is unknown then (messages.md 2.1)", async () => {
    const { read, change } = await startSale();
    await change({ stateMissing: true });
    const { body } = await read();
    expect([at(body, "conversation_status"), listAt(body, "messages").length]).toEqual([null, 1]);
  });

  it("carry what the pages do not explain (messages.md 2.1)", async () => {
    const { read } = await startSale({ messages: talk(2) });
    const { body } = await read();
    expect(at(body, "conversation_status")).toMatchObject({ data: null, status_update_allowed: false });
    expect(listAt(body, "messages").map((one) => at(one, "conversation_first_message"))).toEqual([
      false,
      true,
    ]);
    expect(at(body, "messages", 0, "data")).toMatchObject({ option_id: null, original_conversation: null });
  });
});

describe("one message by id (messages.md 2.2)", () => {
  it("is closed to who is no party of the sale", async () => {
    const { api, read } = await startSale();
    const id = textAt((await read()).body, "messages", 0, "id");
    const stranger = textAt((await api.control("/sellers", { siteId: "MLA" })).body, "id");
    const { access } = await api.connect(stranger);
    const { status, body } = await api.get(`/messages/${id}?tag=post_sale`, access);
    expect([status, at(body, "message")]).toEqual([
      403,
      `Access denied for user ${stranger} to message with id ${id}`,
    ]);
  });
});

describe("what a send answers (messages.md 2.3, 10.2)", () => {
  it("may be the id alone, or nothing at all; the message is there anyway", async () => {
    const { send, change, read } = await startSale();
    await change({ sendBody: "id", sendIdKey: "message_id", sendStatus: 200 });
    const { status, body } = await send("uno");
    expect([status, body]).toEqual([200, { message_id: textAt((await read()).body, "messages", 0, "id") }]);
    await change({ sendBody: "empty" });
    expect((await send("dos")).text).toBe("");
    expect(at((await read()).body, "paging", "total")).toBe(3);
  });
});

describe("addresses", () => {
  it("that are retired answer the 404 of the page (messages.md 2.1)", async () => {
    const { api, access, pack } = await startSale();
    const { status, body } = await api.get(`/messages/orders/${pack}?tag=post_sale`, access);
    expect([status, body]).toEqual([
      404,
      { message: "Resource not found.", error: "not_found", status: 404, cause: [] },
    ]);
  });

  it("refuse a call without a token with a 400, not a 401 (messages.md 1)", async () => {
    const { api, path, pack } = await startSale();
    for (const address of [path, `/messages/action_guide/packs/${pack}?tag=post_sale`]) {
      const { status, body } = await api.get(address);
      expect([status, at(body, "message")]).toEqual([400, "Access token is required"]);
    }
  });
});
