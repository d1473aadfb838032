import { describe, expect, it } from "vitest";
import type { Listing, QuestionState } from "@/lib/shared/api/question";
import type { MessageView, OutboxView, ThreadView } from "@/lib/shared/api/thread";
import {
  canStillAnswer,
  composerOf,
  isBeingAnswered,
  kindOf,
  needsQuote,
  nextInChain,
  questionOf,
  shutOf,
  waitingIn,
} from "./question-state";

const NOW = new Date("2026-11-20T12:00:00Z");
const minutes = (ago: number) => new Date(NOW.getTime() - ago * 60_000);

const question = (id: string, over: Partial<QuestionState> = {}): QuestionState => ({
  id,
  status: "UNANSWERED",
  createdAt: minutes(60),
  isOnHold: false,
  isSuspectedSpam: false,
  isDeletedFromListing: false,
  answer: null,
  ...over,
});

const listing = (status: string): Listing => ({
  id: "MLA1",
  title: "Zapatilla",
  price: null,
  permalink: null,
  thumbnail: null,
  status,
  subStatus: [],
  stock: null,
  attributes: [],
  buyingMode: null,
});

const chainOf = (questions: QuestionState[], asked = questions[0]?.id ?? "", status = "active") => ({
  asked,
  chain: { itemId: "MLA1", buyerId: "9", contact: null, questions },
  listing: listing(status),
  next: null,
  hidden: [],
  isBuyerBlocked: null,
});

const reply = (questionId: string, state: OutboxView["state"]): OutboxView => ({
  id: `row-${questionId}`,
  key: `key-${questionId}`,
  text: "Sí",
  files: [],
  state,
  reason: null,
  messageId: null,
  option: null,
  to: null,
  questionId,
  createdAt: NOW,
  canRetry: false,
  sendsAt: null,
  heldFor: [],
});

const message = (id: string, createdAt: Date): MessageView => ({
  id,
  direction: id.endsWith("-a") ? "out" : "in",
  author: id.endsWith("-a") ? "seller" : "buyer",
  to: null,
  stage: null,
  text: "¿Hay?",
  textTranslated: null,
  visibility: "visible",
  reason: null,
  createdAt,
  readAt: null,
  attachments: [],
});

const OPEN: ThreadView["composer"] = { allowed: true, maxLength: 2_000, isOnlyOne: false, to: [] };
const shut = (because: "answered" | "blocked" | "closed", substatus: string | null = null) => ({
  allowed: false as const,
  because,
  substatus,
  hasGuide: false,
});

describe("kindOf", () => {
  it.each([
    ["waits", question("1"), "active", "waiting"],
    ["waits although nothing is known of its listing", question("1"), null, "waiting"],
    ["is held by Mercado Libre", question("1", { isOnHold: true }), "active", "onHold"],
    ["waits for its listing", question("1"), "paused", "listingOff"],
    ["is older than seven months", question("1", { createdAt: new Date("2026-04-19") }), "active", "purged"],
    [
      "is gone and as old as that, whoever put it away",
      question("1", { status: "DELETED", createdAt: new Date("2026-04-19") }),
      "active",
      "purged",
    ],
    [
      "was closed with its listing",
      question("1", { status: "CLOSED_UNANSWERED" }),
      "closed",
      "closedUnanswered",
    ],
    ["is looked at by moderation", question("1", { status: "UNDER_REVIEW" }), "active", "underReview"],
    ["was banned", question("1", { status: "BANNED" }), "active", "banned"],
    ["was deleted", question("1", { status: "DELETED" }), "active", "deleted"],
    ["is disabled", question("1", { status: "DISABLED" }), "active", "disabled"],
    ["has a state that nobody knows", question("1", { status: "constructor" }), "active", "unknown"],
  ])("tells a question that %s", (_words, one, status, kind) => {
    expect(kindOf(one, status, NOW)).toBe(kind);
  });

  it("tells an answer that moderation took from one that stands", () => {
    const answered = (status: string) =>
      kindOf(question("1", { status: "ANSWERED", answer: { status, createdAt: NOW } }), "active", NOW);
    expect([answered("ACTIVE"), answered("BANNED"), answered("DISABLED")]).toEqual([
      "answered",
      "answerBanned",
      "answerDisabled",
    ]);
  });
});

describe("nextInChain", () => {
  it("is the oldest other question that can be answered and is not being", () => {
    const questions = [question("1"), question("2"), question("3", { isOnHold: true }), question("4")];
    const view = { outbox: [], question: chainOf(questions, "1") };
    expect(nextInChain(view)).toBe("2");
    expect(nextInChain({ ...view, outbox: [reply("2", "queued")] })).toBe("4");
    expect(nextInChain({ ...view, outbox: [reply("2", "failed")] })).toBe("2");
    expect(nextInChain({ outbox: [], question: chainOf(questions, "1", "paused") })).toBeNull();
    expect(nextInChain({ outbox: [], question: chainOf([question("1")]) })).toBeNull();
  });
});

describe("waitingIn", () => {
  it("counts what can be answered, the one in the address included", () => {
    const questions = [
      question("1"),
      question("2", { status: "ANSWERED" }),
      question("3", { isOnHold: true }),
    ];
    expect(waitingIn(chainOf(questions)).map(({ id }) => id)).toEqual(["1"]);
  });
});

describe("canStillAnswer", () => {
  it("is so while the question waits, whatever else does", () => {
    const view = { question: chainOf([question("1"), question("2", { status: "ANSWERED" })]) };
    expect(["1", "2", "3"].map((id) => canStillAnswer(view, id))).toEqual([true, false, false]);
    expect(canStillAnswer({ question: null }, "1")).toBe(false);
  });
});

describe("needsQuote", () => {
  it("is needed only when something else was said between a question and its answer", () => {
    const first = question("1", { createdAt: minutes(60) });
    const second = question("2", { createdAt: minutes(30) });
    const view = {
      question: chainOf([first, second]),
      messages: [message("1", minutes(60)), message("2", minutes(30)), message("1-a", minutes(10))],
    };
    expect(needsQuote(view, first, minutes(10))).toBe(true);
    expect(needsQuote(view, first, minutes(40))).toBe(false);
    expect(needsQuote({ ...view, messages: view.messages.slice(0, 2) }, second, NOW)).toBe(false);
  });
});

describe("questionOf", () => {
  it("knows a question by its own message and by its answer's", () => {
    const chain = chainOf([question("13")]);
    expect([questionOf(chain, "13")?.id, questionOf(chain, "13-a")?.id, questionOf(chain, "14")]).toEqual([
      "13",
      "13",
      null,
    ]);
  });
});

describe("composerOf", () => {
  it("closes while our own answer to this question is on its way, and for no other one", () => {
    const view = { composer: OPEN, question: chainOf([question("1"), question("2")], "1") };
    expect(composerOf({ ...view, outbox: [reply("2", "sending")] })).toBe(OPEN);
    expect(composerOf({ ...view, outbox: [reply("1", "failed")] })).toBe(OPEN);
    for (const state of ["queued", "sending", "accepted", "uncertain", "moderation"] as const) {
      expect(isBeingAnswered({ outbox: [reply("1", state)] }, "1")).toBe(true);
      expect(composerOf({ ...view, outbox: [reply("1", state)] })).toEqual(shut("answered"));
    }
  });

  it("leaves every other channel as it is", () => {
    expect(composerOf({ composer: OPEN, question: null, outbox: [reply("1", "sending")] })).toBe(OPEN);
  });
});

describe("shutOf", () => {
  const of = (
    one: QuestionState,
    closed: ReturnType<typeof shut>,
    status = "active",
    outbox: OutboxView[] = [],
  ) => shutOf({ outbox, question: chainOf([one], one.id, status) }, closed, NOW);

  it("says that our own answer is on its way before anything else", () => {
    expect(of(question("1"), shut("answered"), "active", [reply("1", "queued")])).toBe("sending");
  });

  it("tells a question under review from a listing under review by how it is written", () => {
    expect(of(question("1", { status: "UNDER_REVIEW" }), shut("blocked", "UNDER_REVIEW"))).toBe(
      "underReview",
    );
    expect(of(question("1"), shut("blocked", "under_review"), "under_review")).toBe("listingUnderReview");
  });

  it.each([
    ["hold", "onHold"],
    ["paused", "listingPaused"],
    ["closed", "listingClosed"],
    ["inactive", "listingInactive"],
    ["payment_required", "listingUnpaid"],
    ["constructor", "unknown"],
    [null, "unknown"],
  ])("has a word for the block %s", (substatus, kind) => {
    expect(of(question("1"), shut("blocked", substatus))).toBe(kind);
  });

  it("says what became of a question that is over", () => {
    expect(of(question("1", { status: "DELETED" }), shut("closed"))).toBe("deleted");
    expect(of(question("1", { status: "CLOSED_UNANSWERED" }), shut("closed"))).toBe("closedUnanswered");
    const banned = question("1", { status: "ANSWERED", answer: { status: "BANNED", createdAt: NOW } });
    expect(of(banned, shut("answered"))).toBe("answerBanned");
  });

  it("believes the server that a question is answered before the chain says so", () => {
    expect(of(question("1"), shut("answered"))).toBe("answered");
  });
});
