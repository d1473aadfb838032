import { describe, expect, it } from "vitest";
import { client, failureOf } from "@/lib/server/mercadolibre/testing/edge";
import { readConversation } from "./conversations";
import type { Meli } from "./http";
import { downloadAttachment, listUnread, readMessage, sendMessage, uploadAttachment } from "./messages";

/** The errors that the pages of Global Selling print, in their own form (messages.md 5). */

const ref = { packId: "2000011112222333", sellerId: "900100200" };
const CALLS = {
  read: (meli: Meli) => readConversation(meli, ref),
  message: (meli: Meli) => readMessage(meli, "0199aa00bb11cc22dd33ee44ff556677", { tries: 1 }),
  send: (meli: Meli) => sendMessage(meli, { ...ref, toUserId: null, text: "Hola", attachments: [] }),
  upload: (meli: Meli) =>
    uploadAttachment(meli, { siteId: "MLM", filename: "a.txt", type: "text/plain", bytes: new Blob(["a"]) }),
  download: (meli: Meli) => downloadAttachment(meli, { siteId: "MLM", filename: "a.txt" }),
  unread: (meli: Meli) => listUnread(meli, { userId: "900100200" }),
} as const;

describe("a refusal of Global Selling", () => {
  it.each<[keyof typeof CALLS, number, string, string, string | null]>([
    ["upload", 400, "Attachment is empty", "refused_by_meli", "bad_request"],
    [
      "send",
      400,
      "The message exceeds the allowed number of attachments: 25",
      "refused_by_meli",
      "bad_request",
    ],
    ["message", 400, "Messages id empty or invalid", "refused_by_meli", "bad_request"],
    ["message", 400, "The specified message id: 1 does not exists", "refused_by_meli", "bad_request"],
    ["unread", 400, "Not allowed messages from multiple orders", "refused_by_meli", "bad_request"],
    ["read", 400, "The limit param must be greater than 0", "refused_by_meli", "bad_request"],
    ["read", 400, "Invalid offset or limit param", "refused_by_meli", "bad_request"],
    ["read", 400, "Access token is required", "refused_by_meli", "bad_request"],
    ["send", 400, "Text is required", "refused_by_meli", "bad_request"],
    ["read", 403, "User access token invalid for resource 2000", "refused_by_meli", "forbidden"],
    ["unread", 403, "Can not identify the user", "refused_by_meli", "forbidden"],
    ["send", 403, "You are not allowed to execute the option OTHER again", "refused_by_meli", "forbidden"],
    ["message", 404, "The message with id: 1 could not be retrieved from storage", "not_found", "not_found"],
    ["read", 404, "Order do not exists", "not_found", "not_found"],
    ["download", 500, "Requested file could not be obtained", "meli_down", null],
    ["upload", 500, "File can not be saved, try it later", "meli_down", null],
    ["download", 500, "File can not be accessed, try it later", "meli_down", null],
  ])("of a %s with %i is read: %s", async (call, status, message, code, error) => {
    const { meli } = client([{ status, body: { message, error, status, cause: [] } }], { profile: "GLOBAL" });
    const refusal = await failureOf(CALLS[call](meli));
    expect(refusal).toMatchObject({ code, failure: { status, code: error, message, blockedBy: null } });
  });

  it.each(Object.keys(CALLS))("of a Model 6 account is one of every resource: %s", async (name) => {
    const call = Object.entries(CALLS).find(([key]) => key === name)?.[1];
    if (call === undefined) throw new Error("no such call");
    const body = { message: "Forbidden", error: "Forbidden", status: 403, cause: [] };
    const { meli } = client([{ status: 403, body }], { profile: "GLOBAL" });
    expect(await failureOf(call(meli))).toMatchObject({
      code: "not_available",
      detail: { reason: "model_6" },
    });
  });
});
