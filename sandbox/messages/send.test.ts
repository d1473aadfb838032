import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startSale } from "@/sandbox/messages/testing";
import { at, listAt } from "@/sandbox/testing";

describe("sending", () => {
  it("answers 201 with a flat message that the next read shows", async () => {
    const { send, read, seller } = await startSale();
    const { status, body } = await send("Sale hoy 🙌");
    expect(status).toBe(201);
    expect(body).toMatchObject({
      text: "Sale hoy 🙌",
      status: "available",
      from: { user_id: Number(seller) },
      client_id: 1000000000000001,
    });
    expect(at((await read()).body, "messages", 0, "id")).toBe(at(body, "id"));
  });

  it.each([
    ["a one-character ellipsis", "espere…"],
    ["curly quotes", "“hola”"],
    ["a long dash", "hoy — mañana"],
  ])("refuses %s", async (_, text) => {
    const { send } = await startSale();
    expect((await send(text)).body).toMatchObject({
      message: "The text has character/s that is/are not supported.",
    });
  });

  it("takes every text of ISO-8859-1 up to the thread's length and refuses what is outside", async () => {
    const { send } = await startSale();
    const latin = fc.string({
      unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCodePoint(code)),
      minLength: 1,
      maxLength: 350,
    });
    await fc.assert(
      fc.asyncProperty(latin, async (text) => {
        expect((await send(text)).status).toBe(201);
      }),
      { numRuns: 60 },
    );
    const outside = fc.constantFrom("中", "Ж", "ł", "\u0000", "‘", "\u2028");
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme-ascii", maxLength: 20 }), outside, async (text, bad) => {
        expect((await send(text + bad)).status).toBe(400);
      }),
      { numRuns: 30 },
    );
  });

  it("counts code points against the thread's own limit", async () => {
    const { send } = await startSale({ messages: [{ from: "buyer", text: "a" }], sellerMaxLength: 10 });
    expect((await send("🙌".repeat(10))).status).toBe(201);
    const reply = await send("a".repeat(11));
    expect(reply.body).toEqual({
      status_code: 400,
      code: "bad_request",
      message: "The message content is too long, max characters allowed are 10",
    });
  });

  it("refuses a wrong sender, a wrong recipient and itself", async () => {
    const { api, access, path, seller, buyer, pack } = await startSale();
    const post = (from: unknown, to: unknown) => api.post(path, access, { from, to, text: "hola" });
    expect((await post(undefined, { user_id: buyer })).body).toMatchObject({
      message: "The field 'from' is required",
    });
    expect((await post({ user_id: "1" }, { user_id: buyer })).status).toBe(403);
    expect((await post({ user_id: seller }, {})).body).toMatchObject({
      message: "The field 'to.user_id' is required",
    });
    expect((await post({ user_id: seller }, { user_id: "x" })).body).toMatchObject({
      message: "Invalid 'to' user id",
    });
    expect((await post({ user_id: seller }, { user_id: seller })).body).toMatchObject({
      message: "Sender and received must not be equals",
    });
    expect((await post({ user_id: seller }, { user_id: "3037674934" })).body).toMatchObject({
      message: `to_user_id 3037674934 does not belong to pack /packs/${pack}/sellers/${seller}`,
    });
  });

  it("goes to the agent on an agent thread; to the buyer it is accepted and reaches nobody", async () => {
    const { send, read, thread, buyer, seller, pack, change } = await startSale(
      { isAgent: true, messages: [{ from: "buyer", text: "Oi" }] },
      "MLB",
    );
    const before = (await read()).body;
    expect(at(before, "messages", 0, "from", "user_id")).toBe(3037675074);
    expect(at(before, "conversation_status", "path")).toBe(
      `/packs/${pack}/sellers/${seller}/conversations/seller`,
    );
    expect((await send("para ninguém", { to: { user_id: buyer } })).status).toBe(201);
    expect(at((await read()).body, "paging", "total")).toBe(1);
    expect(listAt(await thread(), "lost")).toHaveLength(1);
    expect((await send("para o agente", { to: { user_id: 3037675074 } })).status).toBe(201);
    expect(at((await read()).body, "paging", "total")).toBe(2);
    await change({ agentWrongRecipient: "refused" });
    expect((await send("outra vez", { to: { user_id: buyer } })).status).toBe(400);
  });

  it("is refused while blocked, in each form", async () => {
    const { send, change } = await startSale({
      status: "blocked",
      substatus: "blocked_by_mediation",
      messages: [{ from: "buyer", text: "a" }],
    });
    expect((await send("hola")).body).toEqual({
      status_code: 403,
      code: "forbidden",
      message: "blocked_conversation_send_message_forbidden",
    });
    await change({ blockedForm: "substatus" });
    expect((await send("hola")).body).toMatchObject({ message: "blocked_by_mediation" });
    await change({ blockedForm: "sentence" });
    expect((await send("hola")).body).toMatchObject({
      message: "You can not send the message because a mediation is in process",
    });
    await change({ messageErrorForm: "B" });
    expect((await send("hola")).body).toMatchObject({ error: "forbidden", status: 403, cause: [] });
    await change({ messageErrorForm: "F" });
    expect((await send("hola")).headers.get("content-type")).toContain("text/plain");
  });

  it("wants JSON and some text", async () => {
    const { api, access, path, send } = await startSale();
    expect((await api.post(path, access, "text")).body).toMatchObject({ message: "A JSON body is required" });
    expect((await send("")).status).toBe(400);
  });
});

describe("moderation", () => {
  it.each([
    ["escribime a ana@correo.com", "PERSONAL_DATA"],
    ["mi celu es (011) 4555-1234", "PERSONAL_DATA"],
    ["llamame al +54 9 11 5555-1234", "PERSONAL_DATA"],
    ["mirá bit.ly/oferta", "LINK_SHORT_URL"],
    ["seguinos en instagram.com/tienda", "SOCIAL_NETWORK_LINK"],
    ["pagá en mercadopago.com.ar/x", "LINK_MERCADOPAGO"],
    ["aceptamos PayPal", "ML_LINKS_PAYPAL"],
    ["no seas boludo", "OUT_OF_PLACE_LANGUAGE"],
  ])("answers 201 and moderates: %s", async (text, reason) => {
    const { send } = await startSale();
    const { status, body } = await send(text);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: "moderated",
      message_moderation: { status: "rejected", reason },
      message_date: { available: null },
    });
  });

  it.each([
    "Pedido 2000011112222333 sale hoy",
    "Medidas 1,40 x 2,00 m, 12 cuotas de 4.500",
    "CUIT 30-12345678-9",
  ])("lets pass: %s", async (text) => {
    const { send } = await startSale();
    expect((await send(text)).body).toMatchObject({ status: "available" });
  });

  it("shows it only on the next read, after a while, or pending first, by switch", async () => {
    const { send, read, change, api } = await startSale();
    const last = async () => at((await read()).body, "messages", 0, "status");
    await change({ moderationTiming: "next_read" });
    expect((await send("bit.ly/a")).body).toMatchObject({ status: "available" });
    expect(await last()).toBe("moderated");
    await change({ moderationTiming: "after_clean" });
    await send("bit.ly/b");
    expect(await last()).toBe("available");
    await api.control("/clock", { advanceMs: 15_000 });
    expect(await last()).toBe("moderated");
    await change({ moderationTiming: "pending" });
    expect((await send("todo bien")).body).toMatchObject({
      status: "IN_MODERATION",
      message_moderation: { status: "pending" },
    });
    await api.control("/clock", { advanceMs: 15_000 });
    expect(await last()).toBe("available");
  });
});
