import { describe, expect, it } from "vitest";
import { type MessageView, OUTBOX_STATES, type OutboxView } from "@/lib/shared/api/thread";
import { canRewrite, continues, mergeBubbles, truthOf } from "./bubbles";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 12, minute));

const message = (id: string, minute: number, more: Partial<MessageView> = {}): MessageView => ({
  id,
  direction: "in",
  author: "buyer",
  text: id,
  to: null,
  stage: null,
  textTranslated: null,
  visibility: "visible",
  reason: null,
  createdAt: at(minute),
  readAt: null,
  attachments: [],
  ...more,
});

const reply = (id: string, minute: number, more: Partial<OutboxView> = {}): OutboxView => ({
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
  createdAt: at(minute),
  canRetry: false,
  sendsAt: null,
  heldFor: [],
  ...more,
});

const keysOf = (messages: MessageView[], outbox: OutboxView[]) =>
  mergeBubbles(messages, outbox).map((bubble) => bubble.key);

describe("mergeBubbles", () => {
  it("puts a held reply below the messages that it is held for", () => {
    const held = reply("held", 2, { state: "held", heldFor: ["late"] });
    expect(keysOf([message("seen", 1), message("late", 5)], [held])).toEqual(["seen", "late", "key-held"]);
  });

  it("puts messages and replies in the order of their times", () => {
    expect(keysOf([message("a", 1), message("c", 5)], [reply("b", 3)])).toEqual(["a", "key-b", "c"]);
  });

  it("tells a reply once, by its message, as soon as that is in the thread", () => {
    const sent = reply("b", 3, { state: "moderation", messageId: "m" });
    expect(keysOf([message("m", 3, { direction: "out" })], [sent])).toEqual(["m"]);
    expect(keysOf([message("a", 1)], [sent])).toEqual(["a", "key-b"]);
  });

  it("tells a reply once when its message came in before its row knows of it", () => {
    const out = (id: string, minute: number) => message(id, minute, { direction: "out", text: "Sale hoy" });
    const sending = (id: string) => reply(id, 3, { state: "sending", text: "Sale hoy " });
    expect(keysOf([out("m", 3)], [sending("b")])).toEqual(["m"]);
    // One message is one reply's, a message from before is nobody's, and what has not left is still to be told.
    expect(keysOf([out("m", 3)], [sending("b"), sending("c")])).toEqual(["m", "key-c"]);
    expect(keysOf([out("old", 1)], [sending("b")])).toEqual(["old", "key-b"]);
    expect(keysOf([out("m", 3)], [reply("b", 3, { text: "Sale hoy" })])).toEqual(["m", "key-b"]);
  });

  it("tells a template once: its text is Mercado Libre's, and known only when it is there", () => {
    const option = { optionId: "REQUEST_VARIANTS", templateId: "TEMPLATE___REQUEST_VARIANTS___1", vars: [] };
    const start = reply("b", 3, { state: "accepted", text: "", option });
    expect(keysOf([message("m", 3, { direction: "out", text: "¿Qué talle?" })], [start])).toEqual(["m"]);
    expect(keysOf([message("a", 3)], [start])).toEqual(["a", "key-b"]);
  });

  it("says nothing of replies that were taken back or whose message lies on an older page", () => {
    const states = OUTBOX_STATES.filter((state) => keysOf([], [reply("x", 1, { state })]).length === 0);
    expect(states).toEqual(["sent", "cancelled"]);
  });

  it("keeps the given order of messages of one instant", () => {
    expect(keysOf([message("b", 1), message("a", 1)], [reply("c", 1)])).toEqual(["b", "a", "key-c"]);
  });
});

describe("truthOf", () => {
  it("tells delivered from read, and says why a message is not visible", () => {
    const ours = message("m", 1, { direction: "out" });
    expect(truthOf(ours).kind).toBe("delivered");
    expect(truthOf({ ...ours, readAt: at(9) }).kind).toBe("read");
    expect(
      truthOf({ ...ours, visibility: "rejected", reason: "PERSONAL_DATA", readAt: at(9) }),
    ).toMatchObject({
      kind: "rejected",
      reason: "PERSONAL_DATA",
    });
  });
});

describe("canRewrite", () => {
  const ours = (id: string, minute: number, visibility: "visible" | "moderation" | "rejected" = "visible") =>
    message(id, minute, { direction: "out", visibility });
  const rejected = ours("no", 2, "rejected");

  it("lets a rejected message of ours be written anew, also when the buyer or another rejection came after", () => {
    expect(canRewrite(rejected, [rejected])).toBe(true);
    expect(canRewrite(rejected, [rejected, message("hm", 3), ours("no too", 4, "rejected")])).toBe(true);
    expect(canRewrite(rejected, [rejected, ours("wait", 3, "moderation")])).toBe(true);
  });

  it("asks for nothing once something newer of ours was delivered", () => {
    expect(canRewrite(rejected, [rejected, ours("yes", 3)])).toBe(false);
    expect(canRewrite(rejected, [ours("before", 1), rejected])).toBe(true);
    // Their order within one second is anybody's guess.
    expect(canRewrite(rejected, [ours("same second", 2), rejected])).toBe(false);
  });

  it("is for messages of ours that were rejected, and no others", () => {
    expect(canRewrite(ours("yes", 1), [ours("yes", 1)])).toBe(false);
    const theirs = message("theirs", 1, { visibility: "rejected" });
    expect(canRewrite(theirs, [theirs])).toBe(false);
  });
});

describe("continues", () => {
  it("draws only what one side says within five minutes as one", () => {
    const [first, soon, late, other] = mergeBubbles(
      [message("a", 0), message("b", 4), message("c", 10), message("d", 11, { direction: "out" })],
      [],
    );
    if (!first || !soon || !late || !other) throw new Error("four bubbles expected");
    expect(continues(undefined, first)).toBe(false);
    expect(continues(first, soon)).toBe(true);
    expect(continues(soon, late)).toBe(false);
    expect(continues(late, other)).toBe(false);
  });
});
