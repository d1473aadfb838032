import { expect, it } from "vitest";
import type { MessageView, OutboxView } from "@/lib/shared/api/thread";
import { seenOf } from "./seen";

const message = (id: string): MessageView => ({
  id,
  direction: "in",
  author: "buyer",
  text: id,
  to: null,
  stage: null,
  textTranslated: null,
  visibility: "visible",
  reason: null,
  createdAt: new Date("2026-11-22T12:00:00Z"),
  readAt: null,
  attachments: [],
});
const reply = (id: string, state: OutboxView["state"]): OutboxView => ({
  id,
  key: `key-${id}`,
  text: id,
  files: [],
  state,
  reason: null,
  messageId: null,
  option: null,
  questionId: null,
  to: null,
  createdAt: new Date("2026-11-22T12:01:00Z"),
  canRetry: false,
  sendsAt: null,
  heldFor: [],
});

it("names what stands on the screen: messages, and replies that are no messages yet", () => {
  const view = {
    messages: [message("a"), message("b")],
    outbox: [reply("r", "queued"), reply("c", "cancelled")],
  };
  expect(seenOf(view)).toEqual({ messages: ["a", "b"], replies: ["r"] });
});

it("leaves out what came while the reader was further up", () => {
  const view = { messages: [message("a"), message("b"), message("new")], outbox: [reply("r", "queued")] };
  expect(seenOf(view, new Set(["new", "key-r"]))).toEqual({ messages: ["a", "b"], replies: [] });
});

it("names no more than a screen holds, the newest", () => {
  const messages = Array.from({ length: 80 }, (_, n) => message(String(n)));
  expect(seenOf({ messages, outbox: [] }).messages).toEqual(messages.slice(-50).map(({ id }) => id));
});
