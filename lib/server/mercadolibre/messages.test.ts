import { describe, expect, it } from "vitest";
import { client, errorOf } from "@/lib/server/mercadolibre/testing/edge";
import {
  downloadAttachment,
  listUnread,
  readConversation,
  readMessage,
  readWholeConversation,
  sendMessage,
  uploadAttachment,
} from "./messages";

const PACK = "2000011112222333";
const SELLER = "900100200";
const ref = { packId: PACK, sellerId: SELLER };

/** The example of messages.md 2.1. */
const wireMessage = {
  id: "0199aa00bb11cc22dd33ee44ff556677",
  site_id: "MLB",
  client_id: null,
  from: { user_id: 900500600 },
  to: { user_id: 900100200 },
  status: "available",
  subject: null,
  text: "Hola, cuando llega?",
  message_date: {
    created: "2026-09-01T10:00:00Z",
    received: "2026-09-01T10:00:00.000Z",
    available: "2026-09-01T10:00:00Z",
    notified: "2026-09-01T10:00:00Z",
    read: null,
  },
  message_moderation: {
    is_automatic: false,
    status: "clean",
    reason: null,
    source: "online",
    moderation_date: "2026-09-01T10:00:00Z",
  },
  message_attachments: null,
  message_resources: [
    { id: PACK, name: "packs" },
    { id: SELLER, name: "sellers" },
  ],
  conversation_first_message: false,
  data: { option_id: null },
};
const state = { path: `/packs/${PACK}/sellers/${SELLER}`, status: "active", substatus: null, claim_ids: [] };
const page = (messages: unknown[], more: object = {}) => ({
  paging: { limit: 10, offset: 0, total: messages.length },
  conversation_status: state,
  messages,
  seller_max_message_length: 350,
  buyer_max_message_length: 3500,
  ...more,
});
const only = async (message: object, profile: "LOCAL" | "GLOBAL" = "LOCAL") => {
  const { meli } = client([{ body: page([message]) }], { profile });
  return (await readConversation(meli, ref)).messages[0];
};

describe("readConversation", () => {
  it("reads the page that the contract prints", async () => {
    const { meli, sent } = client([{ body: page([wireMessage]) }]);
    expect(await readConversation(meli, { ...ref, limit: 10, offset: 20 })).toEqual({
      packId: PACK,
      total: 1,
      messages: [
        {
          id: "0199aa00bb11cc22dd33ee44ff556677",
          fromUserId: "900500600",
          toUserId: "900100200",
          fromName: null,
          text: "Hola, cuando llega?",
          textTranslated: null,
          status: "available",
          moderation: { status: "clean", reason: null, at: new Date("2026-09-01T10:00:00Z") },
          createdAt: new Date("2026-09-01T10:00:00Z"),
          receivedAt: new Date("2026-09-01T10:00:00Z"),
          availableAt: new Date("2026-09-01T10:00:00Z"),
          notifiedAt: new Date("2026-09-01T10:00:00Z"),
          readAt: null,
          attachments: [],
          clientId: null,
          siteId: "MLB",
          packId: PACK,
        },
      ],
      state: { status: "active", substatus: null, isAgentPath: false, path: state.path, claimIds: [] },
      sellerMaxLength: 350,
      buyerMaxLength: 3500,
    });
    expect(sent[0]?.url.pathname).toBe(`/messages/packs/${PACK}/sellers/${SELLER}`);
    expect(Object.fromEntries(sent[0]?.url.searchParams ?? [])).toEqual({
      tag: "post_sale",
      limit: "10",
      offset: "20",
      mark_as_read: "false",
    });
  });

  it.each<[string, object, object]>([
    ["string user ids", { from: { user_id: "900500600" } }, { fromUserId: "900500600" }],
    ["no recipient", { to: undefined }, { toUserId: null }],
    ["the old list of recipients", { to: [{ user_id: 5 }] }, { toUserId: "5" }],
    ["a name", { from: { user_id: 1, name: "Ana" } }, { fromName: "Ana" }],
    ["an empty name", { from: { user_id: 1, name: "" } }, { fromName: null }],
    ["the old upper-case status", { status: "IN_MODERATION" }, { status: "in_moderation" }],
    ["a text with {plain}", { text: { plain: "hola" } }, { text: "hola" }],
    ["a null text", { text: null }, { text: "" }],
    ["a translation", { text_translated: "hi" }, { textTranslated: "hi" }],
    [
      "the old moderation",
      {
        message_moderation: { status: "NON_MODERATED", reason: "none", by: "online", moderation_date: null },
      },
      { moderation: { status: "non_moderated", reason: null, at: null } },
    ],
    [
      "a reason in lower case",
      { message_moderation: { status: "REJECTED", reason: "out_of_place_language" } },
      { moderation: { status: "rejected", reason: "OUT_OF_PLACE_LANGUAGE", at: null } },
    ],
    [
      "no moderation",
      { message_moderation: null },
      { moderation: { status: "unknown", reason: null, at: null } },
    ],
    [
      "no creation date",
      { message_date: { created: null, received: "2026-09-01T10:00:00Z" } },
      { createdAt: new Date("2026-09-01T10:00:00Z") },
    ],
    ["no date at all", { message_date: null }, { createdAt: new Date(0), readAt: null }],
    ["resources in the singular", { message_resources: [{ id: 77, name: "pack" }] }, { packId: "77" }],
    ["no resources", { message_resources: null }, { packId: PACK }],
    ["a numeric client", { client_id: 1234567890 }, { clientId: "1234567890" }],
  ])("reads %s", async (_name, change, expected) => {
    expect(await only({ ...wireMessage, ...change })).toMatchObject(expected);
  });

  it("reads attachments and leaves out what has no key", async () => {
    const file = {
      filename: "900100200_0a1b2c3d-0000-4000-8000-000000000001.pdf",
      original_filename: "factura.pdf",
      type: "application/pdf",
      size: "1024",
      potential_security_threat: false,
      creation_date: "2026-09-01T10:00:00Z",
    };
    const message = await only({
      ...wireMessage,
      message_attachments: [file, { original_filename: "lost" }, { filename: "a.jpg" }],
    });
    expect(message?.attachments).toEqual([
      {
        filename: file.filename,
        originalFilename: "factura.pdf",
        type: "application/pdf",
        size: 1024,
        createdAt: new Date("2026-09-01T10:00:00Z"),
        potentialSecurityThreat: false,
      },
      expect.objectContaining({ filename: "a.jpg", originalFilename: "a.jpg", type: null, size: null }),
    ]);
  });

  it.each<[string, unknown, object]>([
    ["a null state as unknown, never open", null, { status: "unknown", substatus: null }],
    [
      "a block",
      { status: "blocked", substatus: "blocked_by_time" },
      { status: "blocked", substatus: "blocked_by_time" },
    ],
    [
      "an unheard-of block as received",
      { status: "BLOCKED", substatus: "Blocked_By_X" },
      { status: "blocked", substatus: "Blocked_By_X" },
    ],
    [
      "a block without a word",
      { status: "blocked", substatus: null },
      { status: "blocked", substatus: null },
    ],
    ["a block that only the substatus names", { substatus: "blocked_by_buyer" }, { status: "blocked" }],
    ["a state of another kind", { status: "paused" }, { status: "unknown" }],
    [
      "an agent's path",
      { status: "active", path: "/packs/1/sellers/2/conversations/seller" },
      { isAgentPath: true },
    ],
    ["claim_id as a number", { status: "blocked", claim_id: 5 }, { claimIds: ["5"] }],
    ["claim_id null", { status: "active", claim_id: null }, { claimIds: [] }],
    ["claim_ids null", { status: "active", claim_ids: null }, { claimIds: [] }],
    ["both", { status: "active", claim_ids: [5, "6"], claim_id: "5" }, { claimIds: ["5", "6"] }],
  ])("reads %s", async (_name, conversation_status, expected) => {
    const { meli } = client([{ body: page([], { conversation_status }) }]);
    expect((await readConversation(meli, ref)).state).toMatchObject(expected);
  });

  it("keeps the thread when one of its messages makes no sense, and says so in the log", async () => {
    const { meli, lines } = client([{ body: page([wireMessage, { text: "private words" }, 7]) }]);
    expect((await readConversation(meli, ref)).messages).toHaveLength(1);
    expect(lines.join()).toContain('"droppedMessages":2');
    expect(lines.join()).not.toContain("private words");
  });

  it.each([[{}], [[]], ["text"], [undefined], [{ messages: "none" }]])(
    "calls %j unreadable",
    async (body) => {
      const { meli } = client([{ body }]);
      expect(await errorOf(readConversation(meli, ref))).toMatchObject({ code: "meli_unreadable" });
    },
  );

  it("sorts by itself, newest first", async () => {
    const at = (id: string, created: string) => ({ ...wireMessage, id, message_date: { created } });
    const wire = [
      at("a", "2026-09-01T10:00:00Z"),
      at("c", "2026-09-03T10:00:00Z"),
      at("b", "2026-09-02T10:00:00Z"),
    ];
    for (const messages of [wire, wire.toReversed()]) {
      const { meli } = client([{ body: page(messages) }]);
      expect((await readConversation(meli, ref)).messages.map((one) => one.id)).toEqual(["c", "b", "a"]);
    }
  });

  it("asks GLOBAL without the seller, and once in the older form when that is not found", async () => {
    const older = `/marketplace/messages/packs/${PACK}/sellers/${SELLER}`;
    const { meli, sent } = client(
      (one) => (one.url.pathname === older ? { body: page([]) } : { status: 404 }),
      {
        profile: "GLOBAL",
      },
    );
    await readConversation(meli, ref);
    await readConversation(meli, ref);
    expect(sent.map((one) => one.url.pathname)).toEqual([
      `/marketplace/messages/packs/${PACK}`,
      older,
      older,
    ]);
  });

  it("says not found when both forms do", async () => {
    const { meli, sent } = client([{ status: 404 }], { profile: "GLOBAL" });
    expect(await errorOf(readConversation(meli, ref))).toMatchObject({ code: "not_found" });
    expect(sent).toHaveLength(2);
  });

  it.each([`${PACK}/../1`, "1?x=1", "", "abc", "1".repeat(21), "%2e%2e"])(
    "refuses the pack id %j before any call",
    async (packId) => {
      const { meli, sent } = client([{ body: page([]) }]);
      expect(await errorOf(readConversation(meli, { packId, sellerId: SELLER }))).toMatchObject({
        code: "invalid_input",
      });
      expect(sent).toEqual([]);
    },
  );
});

describe("readWholeConversation", () => {
  /** A thread of `total` messages, newest first, whose server gives at most `most` a page. */
  const thread =
    (total: number, most: number, shift = 0) =>
    (sent: { url: URL }, n: number) => {
      const offset = Math.max(0, Number(sent.url.searchParams.get("offset")) - (n > 1 ? shift : 0));
      const limit = Math.min(most, Number(sent.url.searchParams.get("limit")));
      const messages = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, index) => {
        const age = offset + index;
        return {
          ...wireMessage,
          id: `m${total - age}`,
          message_date: { created: new Date(Date.UTC(2026, 8, 30) - age * 60_000).toISOString() },
        };
      });
      return { body: page(messages, { paging: { total, limit, offset } }) };
    };
  const names = (messages: { id: string }[]) => messages.map((one) => one.id);

  it.each([
    [0, 100, 1],
    [12, 10, 2],
    [37, 10, 4],
    [100, 100, 1],
    [150, 100, 2],
  ])(
    "reads all %i messages in pages of at most %i with %i calls, oldest first",
    async (total, most, calls) => {
      const { meli, sent } = client(thread(total, most));
      const whole = await readWholeConversation(meli, ref);
      expect(names(whole.messages)).toEqual(Array.from({ length: total }, (_, index) => `m${index + 1}`));
      expect([whole.total, whole.isComplete]).toEqual([total, true]);
      expect(sent).toHaveLength(calls);
    },
  );

  it("stops at the newest `max` and says that more exist", async () => {
    const { meli, sent } = client(thread(230, 50));
    const whole = await readWholeConversation(meli, { ...ref, max: 120 });
    expect(sent).toHaveLength(3);
    expect(whole.messages).toHaveLength(120);
    expect(whole.messages.at(-1)?.id).toBe("m230");
    expect(whole.isComplete).toBe(false);
  });

  it("repeats nothing when a message arrives between two pages", async () => {
    const { meli } = client(thread(15, 10, 1));
    const whole = await readWholeConversation(meli, ref);
    expect(new Set(names(whole.messages)).size).toBe(whole.messages.length);
  });

  it("ends when the pages run dry before the total", async () => {
    const { meli, sent } = client((_, n) => ({
      body: page(n === 1 ? [wireMessage] : [], { paging: { total: 9 } }),
    }));
    expect((await readWholeConversation(meli, ref)).isComplete).toBe(true);
    expect(sent).toHaveLength(2);
  });
});

describe("readMessage", () => {
  const id = wireMessage.id;

  it.each(["LOCAL", "GLOBAL"] as const)("reads the envelope in %s", async (profile) => {
    const { meli, sent } = client(
      [{ body: { paging: null, conversation_status: null, messages: [wireMessage] } }],
      { profile },
    );
    expect(await readMessage(meli, id)).toMatchObject({ id, packId: PACK });
    expect(sent[0]?.url.pathname).toBe(
      profile === "LOCAL" ? `/messages/${id}` : `/marketplace/messages/${id}`,
    );
  });

  it("reads the old flat shape", async () => {
    const flat = {
      message_id: id,
      date: "2026-09-01T06:00:00.000-0400",
      date_received: "2026-09-01T10:00:01Z",
      date_read: null,
      from: { user_id: "900500600", email: "x@example.test", name: "Ana" },
      to: [{ user_id: 900100200 }],
      text: { plain: "hola" },
      status: "available",
      attachments: [{ filename: "a.pdf", original_filename: "b.pdf" }],
      moderation: { status: "NON_MODERATED", date_moderated: "2026-09-01T10:00:02Z", source: "online" },
      resource: "packs",
      resource_id: PACK,
    };
    const { meli } = client([{ body: flat }]);
    expect(await readMessage(meli, id)).toMatchObject({
      id,
      fromUserId: "900500600",
      toUserId: "900100200",
      text: "hola",
      createdAt: new Date("2026-09-01T10:00:00Z"),
      receivedAt: new Date("2026-09-01T10:00:01Z"),
      attachments: [{ filename: "a.pdf", originalFilename: "b.pdf" }],
      moderation: { status: "non_moderated", at: new Date("2026-09-01T10:00:02Z") },
      packId: PACK,
    });
  });

  it("asks again for a message that storage does not have yet", async () => {
    const notYet = {
      message: `The message with id: ${id} could not be retrieved from storage`,
      status_code: 404,
    };
    const { meli, sent } = client([{ status: 404, body: notYet }, { body: { messages: [wireMessage] } }]);
    expect((await readMessage(meli, id)).id).toBe(id);
    expect(sent).toHaveLength(2);
  });

  it("takes any other 404 as it is", async () => {
    const { meli, sent } = client([
      { status: 404, body: { message: "Resource not found.", error: "not_found" } },
    ]);
    expect(await errorOf(readMessage(meli, id))).toMatchObject({ code: "not_found" });
    expect(sent).toHaveLength(1);
  });
});

describe("sendMessage", () => {
  const reply = { ...ref, toUserId: "3037675074", text: "Su pedido sale hoy.", attachments: [] as string[] };

  it("names both parties in LOCAL and leaves an empty list of attachments out", async () => {
    const { meli, sent } = client([{ status: 201, body: { ...wireMessage, id: "new" } }]);
    expect(await sendMessage(meli, reply)).toEqual({
      messageId: "new",
      status: "available",
      moderation: { status: "clean", reason: null },
    });
    expect(sent[0]?.url.href).toContain(`/messages/packs/${PACK}/sellers/${SELLER}?tag=post_sale`);
    expect(sent[0]?.headers.get("content-type")).toBe("application/json");
    expect(JSON.parse(sent[0]?.text ?? "")).toEqual({
      from: { user_id: SELLER },
      to: { user_id: "3037675074" },
      text: "Su pedido sale hoy.",
    });
  });

  it("names nobody in GLOBAL", async () => {
    const { meli, sent } = client([{ status: 200, body: { message_id: "new" } }], { profile: "GLOBAL" });
    const result = await sendMessage(meli, { ...reply, toUserId: null, attachments: ["k.pdf"] });
    expect(result).toEqual({ messageId: "new", status: null, moderation: null });
    expect(sent[0]?.url.pathname).toBe(`/marketplace/messages/packs/${PACK}`);
    expect(JSON.parse(sent[0]?.text ?? "")).toEqual({ text: "Su pedido sale hoy.", attachments: ["k.pdf"] });
  });

  it.each<[string, unknown, object]>([
    ["an empty body", undefined, { messageId: null, status: null, moderation: null }],
    [
      "a wrapped message",
      { messages: [{ id: "w", status: "AVAILABLE" }] },
      { messageId: "w", status: "available" },
    ],
    ["something else", [1], { messageId: null }],
    [
      "a message moderated at once",
      {
        id: "m",
        status: "moderated",
        message_moderation: { status: "rejected", reason: "automatic_message" },
      },
      { status: "moderated", moderation: { status: "rejected", reason: "AUTOMATIC_MESSAGE" } },
    ],
  ])("takes %s after a 2xx for accepted", async (_name, body, expected) => {
    const { meli } = client([{ status: 201, body }]);
    expect(await sendMessage(meli, reply)).toMatchObject(expected);
  });

  it.each<[string, object, string]>([
    [
      "form A",
      { status_code: 403, code: "forbidden", message: "blocked_conversation_send_message_forbidden" },
      "blocked_conversation_send_message_forbidden",
    ],
    [
      "a substatus as message",
      { message: "blocked_by_refund", error: "forbidden", status: 403, cause: [] },
      "blocked_by_refund",
    ],
    [
      "form C",
      { cause: "blocked_by_payment", error: "forbidden", message: "x", status_code: 403 },
      "blocked_by_payment",
    ],
  ])("says what blocks the thread: %s", async (_name, body, blockedBy) => {
    const { meli, sent } = client([{ status: 403, body }]);
    expect(await errorOf(sendMessage(meli, reply))).toMatchObject({
      code: "refused_by_meli",
      detail: { reason: blockedBy },
      failure: { blockedBy, mayHaveApplied: false },
    });
    expect(sent).toHaveLength(1);
  });

  it("is never sent twice", async () => {
    for (const status of [429, 500, 503]) {
      const { meli, sent } = client([{ status }, { status: 201 }], { lane: "backfill" });
      await errorOf(sendMessage(meli, reply));
      expect(sent).toHaveLength(1);
    }
  });

  it("does not leave without a recipient in LOCAL", async () => {
    const { meli, sent } = client([{ status: 201 }]);
    for (const toUserId of [null, "", "abc"]) {
      expect(await errorOf(sendMessage(meli, { ...reply, toUserId }))).toMatchObject({
        code: "invalid_input",
      });
    }
    expect(sent).toEqual([]);
  });

  it("puts no word of the text in the log, the records or an error", async () => {
    const { meli, lines, calls } = client([{ status: 400, body: { message: "too long" } }]);
    const error = await errorOf(sendMessage(meli, { ...reply, text: "secret words" }));
    expect(JSON.stringify([lines, calls, error, String(error)])).not.toContain("secret words");
  });
});

describe("listUnread", () => {
  it.each<[string, unknown, object[]]>([
    [
      "the local envelope",
      { user_id: 1, total: 1, results: [{ resource: `/packs/${PACK}/sellers/${SELLER}`, count: 2 }] },
      [{ packId: PACK, count: 2, sellerId: SELLER }],
    ],
    [
      "the global envelope",
      { userId: 1, results: [{ resource: `/packs/${PACK}`, count: "3" }] },
      [{ packId: PACK, count: 3, sellerId: null }],
    ],
    [
      "the seller in the singular",
      { results: [{ resource: `/packs/1/seller/2`, count: 1 }] },
      [{ packId: "1", count: 1, sellerId: "2" }],
    ],
    ["a bare order", { results: [{ order_id: 77, count: 1 }] }, [{ packId: "77", count: 1, sellerId: null }]],
    [
      "the same pack twice",
      {
        results: [
          { resource: "/packs/1", count: 1 },
          { resource: "/packs/1", count: 2 },
        ],
      },
      [{ packId: "1", count: 3, sellerId: null }],
    ],
    ["rows without sense", { results: [null, {}, { resource: "/orders" }] }, []],
    ["nothing", { user_id: "1", results: [] }, []],
  ])("reads %s", async (_name, body, packs) => {
    const { meli } = client([{ body }]);
    expect(await listUnread(meli, { userId: SELLER })).toEqual({ packs, isComplete: true });
  });

  it.each([
    ["LOCAL", 499, true],
    ["LOCAL", 500, false],
    ["GLOBAL", 999, true],
    ["GLOBAL", 1_000, false],
  ] as const)("%s with %i rows is complete: %s", async (profile, rows, isComplete) => {
    const results = Array.from({ length: rows }, (_, index) => ({
      resource: `/packs/${index + 1}`,
      count: 1,
    }));
    const { meli } = client([{ body: { results } }], { profile });
    expect((await listUnread(meli, { userId: SELLER })).isComplete).toBe(isComplete);
  });

  it("always names the role, and the user in GLOBAL", async () => {
    const local = client([{ body: { results: [] } }]);
    await listUnread(local.meli, { userId: SELLER });
    expect(local.sent[0]?.url.search).toBe("?role=seller&tag=post_sale");
    const global = client([{ body: { results: [] } }], { profile: "GLOBAL" });
    await listUnread(global.meli, { userId: SELLER });
    expect(global.sent[0]?.url.pathname + (global.sent[0]?.url.search ?? "")).toBe(
      `/marketplace/messages/unread?role=seller&tag=post_sale&user_id=${SELLER}`,
    );
  });

  it("falls back once to the marketplace address and remembers it", async () => {
    const { meli, sent } = client((one) =>
      one.url.pathname === "/messages/unread" ? { status: 404 } : { body: { results: [] } },
    );
    await listUnread(meli, { userId: SELLER });
    await listUnread(meli, { userId: SELLER });
    expect(sent.map((one) => one.url.pathname)).toEqual([
      "/messages/unread",
      "/marketplace/messages/unread",
      "/marketplace/messages/unread",
    ]);
  });

  it("does not look elsewhere for a permission that is missing", async () => {
    const { meli, sent } = client([
      { status: 403, body: { code: "PA_UNAUTHORIZED_RESULT_FROM_POLICIES", blocked_by: "PolicyAgent" } },
    ]);
    expect(await errorOf(listUnread(meli, { userId: SELLER }))).toMatchObject({
      code: "not_available",
      detail: { reason: "missing_permission" },
    });
    expect(sent).toHaveLength(1);
  });
});

describe("attachments", () => {
  it.each([
    ["LOCAL", "/messages/attachments?tag=post_sale&site_id=MLB"],
    ["GLOBAL", "/marketplace/messages/attachments?site_id=MLB"],
  ] as const)("uploads one part named file in %s", async (profile, address) => {
    const { meli, sent } = client([{ status: 201, body: { id: "900100200_a.pdf" } }], { profile });
    const bytes = new Blob(["%PDF-1.4"]);
    const result = await uploadAttachment(meli, {
      siteId: "MLB",
      filename: "factura.pdf",
      type: "application/pdf",
      bytes,
    });
    expect(result).toEqual({ id: "900100200_a.pdf" });
    const one = sent[0];
    expect((one?.url.pathname ?? "") + (one?.url.search ?? "")).toBe(address);
    expect(one?.headers.has("content-type")).toBe(false);
    const file = one?.form?.get("file");
    expect([...(one?.form?.keys() ?? [])]).toEqual(["file"]);
    expect(file).toMatchObject({ name: "factura.pdf", type: "application/pdf", size: 8 });
  });

  it("calls an upload without a key unreadable", async () => {
    const { meli } = client([{ status: 201, body: { ok: true } }]);
    const upload = uploadAttachment(meli, {
      siteId: "MLA",
      filename: "a.txt",
      type: "text/plain",
      bytes: new Blob(["a"]),
    });
    expect(await errorOf(upload)).toMatchObject({ code: "meli_unreadable" });
  });

  it("downloads by the system name and the site", async () => {
    const { meli, sent } = client([{ body: "bytes", headers: { "content-type": "image/png" } }]);
    const file = await downloadAttachment(meli, { siteId: "MLA", filename: "900_a-b.png" });
    expect(await new Response(file.body).text()).toBe("bytes");
    expect(sent[0]?.url.href).toContain("/messages/attachments/900_a-b.png?tag=post_sale&site_id=MLA");
  });

  it("gives up soon on a file that is gone, which looks like a 500", async () => {
    const { meli, sent } = client([
      { status: 500, body: { message: "File can not be saved, try it later" } },
    ]);
    expect(await errorOf(downloadAttachment(meli, { siteId: "MLA", filename: "a.png" }))).toMatchObject({
      code: "meli_down",
    });
    expect(sent).toHaveLength(3);
  });

  it.each(["../x", "..", ".", "a/b", "a\\b", "", "a?b", "a%2fb"])(
    "refuses the file name %j before any call",
    async (filename) => {
      const { meli, sent } = client([{ body: "x" }]);
      expect(await errorOf(downloadAttachment(meli, { siteId: "MLA", filename }))).toMatchObject({
        code: "invalid_input",
      });
      expect(sent).toEqual([]);
    },
  );
});
