import { describe, expect, it } from "vitest";
import { client, errorOf } from "@/lib/server/mercadolibre/testing/edge";
import { PACK, ref, SELLER, wireMessage } from "@/lib/server/mercadolibre/testing/wire-messages";
import { sendMessage } from "./messages";

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

  it.each([
    [400, "Sender and received must not be equals"],
    [400, "The field 'to.user_id' is required"],
    [400, "Invalid 'to' user id"],
    [400, "The field 'from' is required"],
    [400, "A JSON body is required"],
    [400, "Access token is required"],
    [400, "Application id is required"],
    [400, "The field 'to.email' must be a secure email"],
    [400, "The field 'to.resource' is required"],
    [400, "Invalid field 'to.resource'"],
    [400, "The field 'to.site_id' is required"],
    [400, "The field 'to.site_id' has an invalid value"],
    [400, "The message exceeds the allowed number of attachments: 25"],
    [403, "Access denied for user 900100200 to order 2000"],
    [403, "Receiver does not belong to order 2000"],
    [422, "Attachment key is invalid or not found"],
  ])("is refused with a %i, leaves once and was not applied: %s", async (status, message) => {
    for (const body of [{ status_code: status, message }, message]) {
      const { meli, sent } = client([{ status, body }, { status: 201 }]);
      expect(await errorOf(sendMessage(meli, reply))).toMatchObject({
        code: "refused_by_meli",
        failure: { status, message, mayHaveApplied: false, blockedBy: null },
      });
      expect(sent).toHaveLength(1);
    }
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
