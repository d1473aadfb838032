import { describe, expect, it } from "vitest";
import type { QuestionBrief } from "@/lib/shared/api/question";
import { chipOf, toneOfChip } from "./chip";

const now = new Date("2026-11-21T12:00:00Z");
const quiet = {
  outbox: null,
  status: "open",
  isWaiting: false,
  lastDirection: "out",
  sortAt: now,
  hasDraft: false,
  dueAt: null,
  substatus: null,
  claim: null,
  question: null,
} as const;

describe("chipOf", () => {
  it("says answered when ours is the last word, and nothing when nobody wrote", () => {
    expect(chipOf(quiet)?.kind).toBe("answered");
    expect(chipOf({ ...quiet, lastDirection: null })).toBeNull();
  });

  it("counts the waiting from the buyer's last message", () => {
    expect(chipOf({ ...quiet, isWaiting: true, lastDirection: "in" })).toEqual({
      kind: "waiting",
      since: now,
      targetAt: null,
    });
  });

  it.each(["failed", "rejected", "uncertain"] as const)(
    "puts a %s reply before everything else",
    (outbox) => {
      const chip = chipOf({ ...quiet, outbox, status: "blocked", isWaiting: true, hasDraft: true });
      expect(chip).toEqual({ kind: outbox });
    },
  );

  it("puts a block before the waiting: nobody can answer", () => {
    expect(chipOf({ ...quiet, status: "blocked", isWaiting: true })?.kind).toBe("blocked");
  });

  it("tells of the buyer who waits where the code of the block only says how to answer", () => {
    const substatus = "blocked_by_conversation_use_message_api";
    const told = { ...quiet, status: "blocked", substatus, isWaiting: true } as const;
    expect(chipOf(told)?.kind).toBe("waiting");
    expect(chipOf({ ...told, substatus: "blocked_by_buyer" })?.kind).toBe("blocked");
  });

  it("tells a sale that is begun with a reason by where it stands", () => {
    const substatus = "blocked_by_conversation_initiated_by_seller_limited";
    const limited = { ...quiet, status: "blocked", substatus } as const;
    expect(chipOf({ ...limited, lastDirection: null })?.kind).toBe("not_begun");
    expect(chipOf({ ...limited, lastDirection: null, hasDraft: true })?.kind).toBe("draft");
    expect(chipOf({ ...limited, lastDirection: "out" })?.kind).toBe("answered");
  });

  it("says that a reply is on its way instead of that the buyer waits", () => {
    expect(chipOf({ ...quiet, outbox: "sending", isWaiting: true })?.kind).toBe("sending");
  });

  it("puts a buyer who waits before our moderated reply", () => {
    expect(chipOf({ ...quiet, outbox: "moderation", isWaiting: true })?.kind).toBe("waiting");
    expect(chipOf({ ...quiet, outbox: "moderation" })?.kind).toBe("moderation");
  });

  it("reminds of a draft", () => {
    expect(chipOf({ ...quiet, hasDraft: true })?.kind).toBe("draft");
  });

  it("puts a clock that runs before a draft, and a block before the clock", () => {
    const waits = { ...quiet, isWaiting: true, hasDraft: true, dueAt: now };
    expect(chipOf(waits)).toEqual({ kind: "due", at: now });
    expect(chipOf({ ...waits, status: "blocked" })?.kind).toBe("blocked");
    expect(chipOf({ ...waits, outbox: "sending" })?.kind).toBe("sending");
  });

  it("draws red only for what was not sent, and for a clock that has all but run out", () => {
    const kinds = [
      "failed",
      "rejected",
      "uncertain",
      "held",
      "blocked",
      "moderation",
      "sending",
      "draft",
      "answered",
    ] as const;
    expect(kinds.filter((kind) => toneOfChip({ kind }, now) === "due")).toEqual(["failed", "rejected"]);
    expect(toneOfChip({ kind: "waiting", since: now, targetAt: null }, now)).toBe("soon");
    const dueIn = (hours: number) => ({
      kind: "due" as const,
      at: new Date(now.getTime() + hours * 3_600_000),
    });
    expect([40, 10, 1, -1].map((hours) => toneOfChip(dueIn(hours), now))).toEqual([
      "mute",
      "soon",
      "due",
      "due",
    ]);
  });
});

describe("the chip of a question", () => {
  const asked = (minutesAgo: number) => new Date(now.getTime() - minutesAgo * 60_000);
  const question = (more: Partial<QuestionBrief>) => ({
    address: "1",
    unanswered: 1,
    waitingSince: null,
    status: "UNANSWERED",
    ...more,
  });

  it("counts how long the buyer has waited, whatever was said last, and turns red after an hour", () => {
    const chipAt = (minutes: number) =>
      chipOf({
        ...quiet,
        sortAt: now,
        lastDirection: "out",
        question: question({ waitingSince: asked(minutes) }),
      });
    expect(chipAt(5)).toEqual({ kind: "waiting", since: asked(5), targetAt: asked(-55) });
    const tones = [5, 59, 60, 3_000].map((minutes) => {
      const chip = chipAt(minutes);
      return chip === null ? null : toneOfChip(chip, now);
    });
    expect(tones).toEqual(["soon", "soon", "due", "due"]);
  });

  it("goes on counting while an answer is being written", () => {
    const waits = { ...quiet, hasDraft: true, question: question({ waitingSince: asked(90) }) };
    expect(chipOf(waits)).toEqual({ kind: "waiting", since: asked(90), targetAt: asked(30) });
  });

  it("says what became of one that nobody waits for", () => {
    const chip = (status: string, more: Partial<Parameters<typeof chipOf>[0]> = {}) =>
      chipOf({ ...quiet, ...more, question: question({ status, unanswered: 0 }) })?.kind;
    expect(chip("ANSWERED", { status: "closed" })).toBe("answered");
    expect(chip("DELETED", { status: "closed" })).toBe("closed");
    expect(chip("UNDER_REVIEW", { status: "blocked" })).toBe("blocked");
    expect(chip("ANSWERED", { outbox: "moderation" })).toBe("moderation");
    expect(chip("ANSWERED", { outbox: "failed" })).toBe("failed");
  });
});

describe("the chip of a claim", () => {
  const later = new Date(now.getTime() + 3_600_000);
  const brief = { type: "mediations", stage: "claim", status: "opened", wants: null, title: null } as const;
  const claim = (
    turn: "seller" | "buyer" | "mediator" | null,
    clock: "mandatory" | "incentive" | "term" | null,
    stage = "claim",
  ) => ({
    ...quiet,
    claim: { ...brief, stage, turn, clock },
  });

  it("counts down the seller's duty, and is red only near its end", () => {
    const chip = chipOf({ ...claim("seller", "mandatory"), dueAt: later });
    expect(chip).toEqual({ kind: "due", at: later });
  });

  it("says whose turn it is when it is somebody else's, with what they have left and without alarm", () => {
    for (const turn of ["buyer", "mediator"] as const) {
      const chip = chipOf({ ...claim(turn, "term", "dispute"), dueAt: later, isWaiting: true });
      expect(chip).toEqual({ kind: turn, at: later });
      expect(chip && toneOfChip(chip, now)).toBe("mute");
    }
  });

  it.each([
    ["claim", "meli"],
    ["none", "meli"],
    ["stale", "meli"],
    ["inspection", "meli"],
    ["dispute", "mediator"],
    ["recontact", "mediator"],
  ])("speaks of a mediator only where there is a mediation: %s", (stage, kind) => {
    expect(chipOf(claim("mediator", "term", stage))?.kind).toBe(kind);
  });

  it("names the reputation where only the incentive runs", () => {
    expect(chipOf({ ...claim(null, "incentive"), dueAt: later })).toEqual({ kind: "incentive", at: later });
  });

  it("says that it is the seller's turn where no date was told", () => {
    expect(chipOf(claim("seller", null))?.kind).toBe("mine");
  });

  it("takes a term of nobody's for no duty of the seller's", () => {
    expect(chipOf({ ...claim(null, "term"), dueAt: later })?.kind).toBe("answered");
  });

  it("says closed, whatever was left on it, but repairs come first", () => {
    const over = { ...claim("seller", "mandatory"), dueAt: later, status: "closed" } as const;
    expect(chipOf(over)?.kind).toBe("closed");
    expect(chipOf({ ...over, outbox: "failed" })?.kind).toBe("failed");
  });
});
