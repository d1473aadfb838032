import { describe, expect, it } from "vitest";
import { client, errorOf } from "@/lib/server/mercadolibre/testing/edge";
import { PACK, page, ref, SELLER, state, wireMessage } from "@/lib/server/mercadolibre/testing/wire-messages";
import { readConversation } from "./conversations";

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
