import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Message } from "@/lib/shared/thread";
import { baselineOf, summaryOf } from "./summaries";

const at = (minute: number) => new Date(Date.UTC(2026, 8, 1, 10, minute));
const message = (minute: number, change: Partial<Message> = {}): Message => ({
  id: `m${minute}`,
  direction: "in",
  author: "buyer",
  fromUserId: "2",
  text: `texto ${minute}`,
  textTranslated: null,
  visibility: "visible",
  reason: null,
  createdAt: at(minute),
  readAt: null,
  attachments: [],
  ...change,
});

describe("the row of a conversation", () => {
  it("shows the newest message that anybody saw", () => {
    const rejected = message(9, { direction: "out", visibility: "rejected" });
    expect(summaryOf([message(1), rejected, message(5)])).toMatchObject({
      snippet: "texto 5",
      lastMessageAt: at(5),
      isWaiting: true,
    });
  });

  it("waits for nobody once the seller answered, also in moderation", () => {
    const answer = message(9, { direction: "out", visibility: "moderation" });
    expect(summaryOf([message(1), answer])).toMatchObject({ lastDirection: "out", isWaiting: false });
  });

  it("shows a file's name where there are no words, and nothing where nobody wrote", () => {
    const file = { filename: "x", name: "foto.png", type: null, size: null };
    expect(summaryOf([message(1, { text: "", attachments: [file] })]).snippet).toBe("foto.png");
    expect(summaryOf([])).toEqual({
      snippet: null,
      lastDirection: null,
      lastMessageAt: null,
      isWaiting: false,
    });
  });
});

describe("what counts as seen before anybody used Buzón", () => {
  const seen = (all: Message[], until: Date) =>
    all.filter((one) => one.direction === "in" && one.visibility === "visible" && one.createdAt <= until)
      .length;

  it("leaves as many unseen as Mercado Libre calls unread", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { maxLength: 20 }),
        fc.integer({ min: 0, max: 25 }),
        (minutes, unread) => {
          const all = minutes.map((minute) => message(minute));
          const expected = Math.max(0, all.length - unread);
          expect(seen(all, baselineOf(all, unread, null))).toBe(expected);
        },
      ),
    );
  });

  it("never takes what came after the first sync for seen", () => {
    const all = [message(1), message(20), message(30)];
    expect(seen(all, baselineOf(all, 0, at(10)))).toBe(1);
  });

  it("does not count what moderation holds back", () => {
    const all = [message(1), message(2), message(3, { visibility: "rejected" })];
    expect(seen(all, baselineOf(all, 1, null))).toBe(1);
  });
});
