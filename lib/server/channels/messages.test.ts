import { describe, expect, it } from "vitest";
import type { Message, ThreadSnapshot, Visibility } from "@/lib/shared/thread";
import { visibilityOf } from "./message-pull";
import { messagesChannel } from "./messages";

const at = (minute: number) => new Date(Date.UTC(2026, 8, 1, 10, minute));
let last = 0;
const message = (
  direction: Message["direction"],
  text: string,
  visibility: Visibility = "visible",
): Message => {
  last += 1;
  return {
    id: `m${last}`,
    direction,
    author: direction === "out" ? "seller" : "buyer",
    fromUserId: direction === "out" ? "1" : "2",
    text,
    textTranslated: null,
    visibility,
    reason: visibility === "rejected" ? "PERSONAL_DATA" : null,
    createdAt: at(last % 60),
    readAt: null,
    attachments: [],
  };
};
const snapshot = (messages: Message[]): ThreadSnapshot => ({
  externalId: "2000",
  siteId: "MLA",
  sellerId: "1",
  status: "open",
  substatus: null,
  isAgentPath: false,
  sellerMaxLength: 350,
  claimIds: [],
  buyerName: null,
  messages,
  total: messages.length,
  isComplete: true,
});
const reply = (text: string) => ({ kind: "reply", text }) as const;

describe("what became of a message", () => {
  it.each([
    ["available", "clean", "visible"],
    ["AVAILABLE", "NON_MODERATED", "visible"],
    ["available", "rejected", "rejected"],
    ["moderated", "clean", "rejected"],
    ["blocked", "clean", "rejected"],
    ["IN_MODERATION", "pending", "moderation"],
    ["pending_translation", "clean", "moderation"],
    ["something_new", "something_else", "visible"],
  ] as const)("is told by %s and %s as %s", (status, moderation, expected) => {
    expect(visibilityOf({ status, moderation: { status: moderation, reason: null, at: null } })).toBe(
      expected,
    );
  });
});

describe("looking for a reply", () => {
  const { find } = messagesChannel;

  it("tells it from an equal text that was there before", () => {
    const before = message("out", "Gracias");
    expect(find({ messageIds: [before.id] }, snapshot([before]), reply("Gracias"), null)).toEqual({
      kind: "absent",
    });
    const mine = message("out", "Gracias");
    expect(find({ messageIds: [before.id] }, snapshot([before, mine]), reply("Gracias"), null)).toEqual({
      kind: "visible",
      messageId: mine.id,
    });
  });

  it("never takes the buyer's own words for it", () => {
    expect(find({ messageIds: [] }, snapshot([message("in", "Gracias")]), reply("Gracias"), null).kind).toBe(
      "absent",
    );
  });

  it("goes by the id that was answered before it goes by the text", () => {
    const [first, second] = [message("out", "Va"), message("out", "Va")];
    const found = find({ messageIds: [] }, snapshot([first, second]), reply("Va"), second.id);
    expect(found).toEqual({ kind: "visible", messageId: second.id });
  });

  it("knows it again after Mercado Libre has put markup into it", () => {
    const mine = message("out", 'Mire <a href="https://a.ar">https://a.ar</a><br>Tom &amp; Co');
    expect(find({ messageIds: [] }, snapshot([mine]), reply("Mire https://a.ar\nTom & Co"), null).kind).toBe(
      "visible",
    );
  });

  it.each([
    ["moderation", "pending"],
    ["rejected", "rejected"],
  ] as const)("says when it is in %s", (visibility, kind) => {
    const mine = message("out", "Va", visibility);
    expect(find({ messageIds: [] }, snapshot([mine]), reply("Va"), null)).toMatchObject({
      kind,
      messageId: mine.id,
    });
  });
});
