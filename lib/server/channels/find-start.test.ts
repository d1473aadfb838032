import { expect, it } from "vitest";
import type { Message, ThreadSnapshot } from "@/lib/shared/thread";
import type { Act } from "./channel";
import { messagesChannel } from "./messages";

/** Looking for a conversation's first message in what was read after it was begun. */

const said = (id: string, text: string, direction: Message["direction"] = "out"): Message => ({
  id,
  direction,
  author: direction === "out" ? "seller" : "buyer",
  fromUserId: direction === "out" ? "1" : "2",
  text,
  textTranslated: null,
  visibility: "visible",
  reason: null,
  createdAt: new Date(0),
  readAt: null,
  attachments: [],
});
const after = (...messages: Message[]): ThreadSnapshot => ({
  externalId: "2000",
  siteId: "MLA",
  sellerId: "1",
  status: "blocked",
  substatus: "blocked_by_conversation_initiated_by_seller_limited",
  isAgentPath: false,
  sellerMaxLength: 350,
  claimIds: [],
  buyerName: null,
  messages,
  total: messages.length,
  isComplete: true,
});
const begun = (templateId: string | null, text: string): Act => ({
  kind: "guideOption",
  choice: { optionId: "ONE", templateId, vars: [] },
  text,
});
const find = (act: Act, snapshot: ThreadSnapshot, o: { before?: string[]; accepted?: string } = {}) => {
  const found = messagesChannel.find({ messageIds: o.before ?? [] }, snapshot, act, o.accepted ?? null);
  return "messageId" in found ? found.messageId : null;
};

it.each<[string, string | null, string | null]>([
  [
    "goes by the id that was answered",
    find(begun("T1", ""), after(said("a", "x"), said("b", "y")), { accepted: "b" }),
    "b",
  ],
  [
    "goes by a text of the seller's",
    find(begun(null, "Hola"), after(said("a", "x"), said("b", "Hola"))),
    "b",
  ],
  ["takes nothing else for a text of the seller's", find(begun(null, "Hola"), after(said("a", "x"))), null],
  [
    "goes by the text that was answered for a template",
    find(begun("T1", "y"), after(said("a", "x"), said("b", "y"))),
    "b",
  ],
  [
    "takes the one new message for a template",
    find(begun("T1", ""), after(said("a", "x"), said("b", "y")), { before: ["a"] }),
    "b",
  ],
  [
    "takes neither of two new messages for a template",
    find(begun("T1", ""), after(said("a", "x"), said("b", "y"))),
    null,
  ],
  [
    "takes no other message for a template whose id was answered",
    find(begun("T1", ""), after(said("a", "x")), { accepted: "b" }),
    null,
  ],
  [
    "takes no message that was there before",
    find(begun("T1", ""), after(said("a", "x")), { before: ["a"] }),
    null,
  ],
  ["never takes the buyer's words", find(begun("T1", ""), after(said("a", "x", "in"))), null],
])("%s", (_what, found, expected) => {
  expect(found).toBe(expected);
});
