import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ThreadSeed } from "@/sandbox/control/seeds";
import { createSandbox } from "@/sandbox/create-sandbox";
import { at, drive, listAt, textAt } from "@/sandbox/testing";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A seller in Argentina with one thread, signed in. */
async function start(thread: ThreadSeed = { messages: [{ from: "buyer", text: "Hola" }] }, siteId = "MLA") {
  const api = drive(createSandbox());
  const { body } = await api.control("/sellers", { siteId, threads: [thread] });
  const seller = textAt(body, "id");
  const pack = textAt(body, "threads", 0, "packId");
  const buyer = textAt(body, "threads", 0, "buyerId");
  const { access } = await api.connect(seller);
  const path = `/messages/packs/${pack}/sellers/${seller}?tag=post_sale`;
  return {
    api,
    access,
    seller,
    pack,
    buyer,
    path,
    read: (query = "&mark_as_read=false") => api.get(`${path}${query}`, access),
    send: (text: string, more: Record<string, unknown> = {}) =>
      api.post(path, access, { from: { user_id: seller }, to: { user_id: buyer }, text, ...more }),
    unread: async () => listAt((await api.control(`/unread?sellerId=${seller}`)).body, "packs"),
    change: (settings: Record<string, unknown>) => api.control("/settings", settings),
    upload: (file: File) => api.upload("/messages/attachments?tag=post_sale&site_id=MLA", access, file),
    thread: async () => (await api.control(`/threads/${pack}`)).body,
  };
}

const talk = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    from: "buyer" as const,
    text: `mensaje ${index}`,
    unread: true,
  }));

describe("reading a conversation", () => {
  it("answers ten messages, newest first, with the shape of the contract", async () => {
    const { read, pack, seller, buyer } = await start({ messages: talk(12) });
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
    const { read } = await start({ messages: talk(120) });
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
    const { api, access, path } = await start();
    expect((await api.get(path.replace("?tag=post_sale", ""), access)).status).toBe(400);
  });

  it("is closed to a seller who is no party of the sale, and 404 where there is no sale", async () => {
    const { api, path, seller, access } = await start();
    const other = textAt((await api.control("/sellers", { siteId: "MLA" })).body, "id");
    const stranger = (await api.connect(other)).access;
    expect((await api.get(path, stranger)).status).toBe(403);
    expect((await api.get(path.replace(seller, other), stranger)).status).toBe(403);
    expect(
      (await api.get(`/messages/packs/2000999999999999/sellers/${seller}?tag=post_sale`, access)).status,
    ).toBe(404);
  });

  it("takes the order's id where the order has no pack", async () => {
    const { api, access, pack, read } = await start({ isPack: false, messages: talk(1) });
    expect(at((await api.get(`/orders/${pack}`, access)).body, "pack_id")).toBeNull();
    expect((await read()).status).toBe(200);
  });

  it("marks only the page it returns, and nothing with mark_as_read=false", async () => {
    const { read, unread } = await start({ messages: talk(12) });
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
        const { api, access, read, unread, send, pack, seller } = await start({ messages: talk(5) });
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
    const { read, unread, api, access } = await start({
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
    const { read, change, seller } = await start();
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
    const { api, access, read, change, pack } = await start();
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

describe("clocks", () => {
  it("blocks a thread 30 days after its last message, until the buyer writes", async () => {
    const { api, thread, pack } = await start();
    await api.control("/clock", { advanceMs: 31 * DAY });
    expect(at(await thread(), "state", "substatus")).toBe("blocked_by_time");
    await api.control("/buyer/message", { packId: pack, text: "Sigo acá" });
    expect(at(await thread(), "state", "status")).toBe("active");
  });

  it("withholds the messages 18 months after the purchase", async () => {
    const { read } = await start({
      soldDaysAgo: 560,
      messages: [{ from: "buyer", text: "hola", minutesAgo: 800_000 }],
    });
    const { body } = await read();
    expect(at(body, "conversation_status", "substatus")).toBe("blocked_by_conversation_expired");
    expect(listAt(body, "messages")).toEqual([]);
  });

  it("blocks an agent thread after 48 business hours without an answer, weekends left out", async () => {
    // Friday 2026-09-18, noon in Brazil
    let now = Date.UTC(2026, 8, 18, 15);
    const api = drive(createSandbox({ clock: () => new Date(now) }));
    const thread = { isAgent: true, messages: [{ from: "buyer", text: "Oi", minutesAgo: 0 }] };
    const { body } = await api.control("/sellers", { siteId: "MLB", threads: [thread] });
    const pack = textAt(body, "threads", 0, "packId");
    const substatus = async () => at((await api.control(`/threads/${pack}`)).body, "state", "substatus");
    now += 3.9 * DAY; // Tuesday morning: 12 h of Friday, all of Monday and some of Tuesday
    expect(await substatus()).toBeNull();
    now += 0.2 * DAY;
    expect(await substatus()).toBe("blocked_by_ai_assistant_expired");
  });
});

describe("sending", () => {
  it("answers 201 with a flat message that the next read shows", async () => {
    const { send, read, seller } = await start();
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
    const { send } = await start();
    expect((await send(text)).body).toMatchObject({
      message: "The text has character/s that is/are not supported.",
    });
  });

  it("takes every text of ISO-8859-1 up to the thread's length and refuses what is outside", async () => {
    const { send } = await start();
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
    const { send } = await start({ messages: [{ from: "buyer", text: "a" }], sellerMaxLength: 10 });
    expect((await send("🙌".repeat(10))).status).toBe(201);
    const reply = await send("a".repeat(11));
    expect(reply.body).toEqual({
      status_code: 400,
      code: "bad_request",
      message: "The message content is too long, max characters allowed are 10",
    });
  });

  it("refuses a wrong sender, a wrong recipient and itself", async () => {
    const { api, access, path, seller, buyer, pack } = await start();
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
    const { send, read, thread, buyer, seller, pack, change } = await start(
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
    const { send, change } = await start({
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
    const { api, access, path, send } = await start();
    expect((await api.post(path, access, "text")).body).toMatchObject({ message: "A JSON body is required" });
    expect((await send("")).status).toBe(400);
  });
});

describe("moderation", () => {
  it.each([
    ["escribime a ana@correo.com", "PERSONAL_DATA"],
    ["mi celu es (011) 4555-1234", "PERSONAL_DATA"],
    ["mirá bit.ly/oferta", "LINK_SHORT_URL"],
    ["seguinos en instagram.com/tienda", "SOCIAL_NETWORK_LINK"],
    ["pagá en mercadopago.com.ar/x", "LINK_MERCADOPAGO"],
    ["aceptamos PayPal", "ML_LINKS_PAYPAL"],
    ["no seas boludo", "OUT_OF_PLACE_LANGUAGE"],
  ])("answers 201 and moderates: %s", async (text, reason) => {
    const { send } = await start();
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
    const { send } = await start();
    expect((await send(text)).body).toMatchObject({ status: "available" });
  });

  it("shows it only on the next read, after a while, or pending first, by switch", async () => {
    const { send, read, change, api } = await start();
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

describe("attachments", () => {
  const pdf = () => new File([new Uint8Array([37, 80, 68, 70])], "factura.pdf", { type: "application/pdf" });

  it("are uploaded, sent, shown and downloaded byte for byte", async () => {
    const { api, upload, send, read, access, seller } = await start();
    const uploaded = await upload(pdf());
    const id = textAt(uploaded.body, "id");
    expect(id).toMatch(new RegExp(`^${seller}_[0-9a-f-]{36}\\.pdf$`));
    expect((await send("va la factura", { attachments: [id] })).status).toBe(201);
    expect(at((await read()).body, "messages", 0, "message_attachments", 0)).toMatchObject({
      filename: id,
      original_filename: "factura.pdf",
      type: "application/pdf",
      size: 4,
      potential_security_threat: false,
    });
    const file = await api.get(`/messages/attachments/${id}?tag=post_sale&site_id=MLA`, access);
    expect(file.text).toBe("%PDF");
    expect(file.headers.get("content-type")).toBe("application/pdf");
  });

  it("expire 48 h after the upload unless used", async () => {
    const { api, upload, send, change, access } = await start();
    await change({ expiresIn: 1_000_000 });
    const { access: longer } = await api.connect(
      textAt((await api.control("/state")).body, "sellers", 0, "id"),
    );
    const used = textAt((await upload(pdf())).body, "id");
    const unused = textAt((await upload(pdf())).body, "id");
    await send("uno", { attachments: [used] });
    await api.control("/clock", { advanceMs: 48 * 60 * MINUTE + 1 });
    expect(access).not.toBe(longer);
    expect((await api.get(`/messages/attachments/${used}?tag=post_sale&site_id=MLA`, longer)).status).toBe(
      200,
    );
    expect((await api.get(`/messages/attachments/${unused}?tag=post_sale&site_id=MLA`, longer)).status).toBe(
      500,
    );
  });

  it("are refused empty, too big, ill-named, of other kinds, or without a site", async () => {
    const { api, upload, change, access } = await start();
    await change({ maxFileBytes: 10 });
    const file = (name: string, size: number, type = "image/png") =>
      new File([new Uint8Array(size)], name, { type });
    expect((await upload(file("a.png", 0))).body).toMatchObject({ message: "File attached is empty" });
    expect((await upload(file("a.png", 11))).body).toMatchObject({
      message: "File attachment is bigger than 25 Mb.",
    });
    expect((await upload(file("a/b.png", 3))).body).toMatchObject({
      message: "File name cannot include characters like /, \\",
    });
    expect((await upload(file(`${"a".repeat(200)}.png`, 3))).body).toMatchObject({
      message: "The original_filename exceeded 200 character limit",
    });
    expect((await upload(file("a.exe", 3, "application/x-msdownload"))).status).toBe(400);
    const noSite = await api.upload("/messages/attachments?tag=post_sale", access, file("a.png", 3));
    expect(noSite.body).toMatchObject({ message: "The queryparam 'site_id' is required" });
  });

  it("need known own keys, no empty list, at most 25", async () => {
    const { send, upload } = await start();
    const id = textAt((await upload(pdf())).body, "id");
    expect((await send("x", { attachments: [] })).status).toBe(400);
    expect((await send("x", { attachments: ["factura.pdf"] })).status).toBe(422);
    expect((await send("x", { attachments: [{ id }] })).status).toBe(422);
    expect((await send("x", { attachments: Array(26).fill(id) })).status).toBe(400);
    const stranger = await start();
    expect((await stranger.send("x", { attachments: [id] })).status).toBe(422);
  });

  it("of another seller stay closed", async () => {
    const { api, upload } = await start();
    const id = textAt((await upload(pdf())).body, "id");
    const other = await api.connect(textAt((await api.control("/sellers", { siteId: "MLA" })).body, "id"));
    expect(
      (await api.get(`/messages/attachments/${id}?tag=post_sale&site_id=MLA`, other.access)).status,
    ).toBe(403);
  });
});

describe("unread", () => {
  it("lists resource and count; a text user id and nothing when all is read", async () => {
    const { api, access, read, seller, pack } = await start();
    const path = "/messages/unread?role=seller&tag=post_sale";
    expect((await api.get(path, access)).body).toEqual({
      user_id: Number(seller),
      total: 1,
      results: [{ resource: `/packs/${pack}/sellers/${seller}`, count: 1 }],
    });
    await read("");
    expect((await api.get(path, access)).body).toEqual({ user_id: seller, total: 0, results: [] });
  });

  it("answers nothing for another seller's resource", async () => {
    const { api, pack, seller } = await start();
    const other = await api.connect(textAt((await api.control("/sellers", { siteId: "MLA" })).body, "id"));
    const reply = await api.get(
      `/messages/unread/packs/${pack}/sellers/${seller}?tag=post_sale`,
      other.access,
    );
    expect(reply.status).toBe(200);
    expect(listAt(reply.body, "results")).toEqual([]);
  });

  it("stops at 500 conversations", async () => {
    const api = drive(createSandbox());
    const threads = Array.from({ length: 510 }, () => ({ messages: [{ from: "buyer", text: "a" }] }));
    const { body } = await api.control("/sellers", { siteId: "MLA", threads });
    const { access } = await api.connect(textAt(body, "id"));
    const reply = await api.get("/messages/unread?role=seller&tag=post_sale", access);
    expect(listAt(reply.body, "results")).toHaveLength(500);
  });
});
