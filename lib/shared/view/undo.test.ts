import { describe, expect, it } from "vitest";
import type { MessageView, OutboxView } from "@/lib/shared/api/thread";
import { seenOf } from "./seen";
import { msLeft, undoable } from "./undo";

const reply = (id: string, more: Partial<OutboxView> = {}): OutboxView => ({
  id,
  key: `key-${id}`,
  text: id,
  files: [],
  state: "queued",
  reason: null,
  messageId: null,
  option: null,
  questionId: null,
  to: null,
  createdAt: new Date(1_000),
  canRetry: false,
  sendsAt: new Date(6_000),
  heldFor: [],
  ...more,
});
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
  createdAt: new Date(500),
  readAt: null,
  attachments: [],
});

describe("the time that is left to take a reply back", () => {
  it.each([
    ["runs down", 3_500, 2_500],
    ["is over", 9_000, 0],
    ["is the whole of it for a clock that is behind", -60_000, 5_000],
    ["is none for a clock that is far ahead", 600_000, 0],
  ])("%s", (_what, now, left) => {
    expect(msLeft(1_000, 6_000, now)).toBe(left);
  });
});

describe("what undo takes back", () => {
  it("is the newest own reply that still waits for its time", () => {
    const outbox = [reply("a"), reply("b"), reply("theirs"), reply("c", { sendsAt: null })];
    expect(undoable(outbox, ({ id }) => id !== "theirs")?.id).toBe("b");
  });

  it("is nothing once all have left", () => {
    expect(undoable([reply("a", { state: "sending" })], () => true)).toBeNull();
    expect(undoable([reply("a")], () => false)).toBeNull();
  });
});

describe("what stands on the screen", () => {
  it("is the newest messages and the replies in bubbles of their own", () => {
    const outbox = [
      reply("waits"),
      reply("gone", { state: "cancelled" }),
      reply("elsewhere", { state: "sent", messageId: "m9" }),
      reply("held", { state: "held" }),
    ];
    expect(seenOf({ messages: [message("m1"), message("m2")], outbox })).toEqual({
      messages: ["m1", "m2"],
      replies: ["waits", "held"],
    });
  });

  it("is no more than fifty of each", () => {
    const many = Array.from({ length: 60 }, (_, index) => `m${index}`);
    const seen = seenOf({ messages: many.map(message), outbox: many.map((id) => reply(id)) });
    expect([seen.messages.length, seen.messages[0], seen.replies.length, seen.replies.at(-1)]).toEqual([
      50,
      "m10",
      50,
      "m59",
    ]);
  });
});
