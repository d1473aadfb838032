import { describe, expect, it } from "vitest";
import type { Question } from "@/lib/server/mercadolibre/questions";
import type { Chain, QuestionState } from "@/lib/shared/api/question";
import { accountId } from "@/lib/shared/ids";
import type { Message, Thread, ThreadSnapshot } from "@/lib/shared/thread";
import { messagesOf } from "./question-words";
import { questionsChannel } from "./questions";

const AT = new Date("2026-10-08T14:00:00Z");
const question = (more: Partial<Question> = {}): Question => ({
  id: "13",
  sellerId: "7",
  itemId: "MLA1",
  marketplaceItemId: null,
  siteId: "MLA",
  status: "UNANSWERED",
  text: "¿Hay stock?",
  textTranslated: null,
  createdAt: AT,
  updatedAt: null,
  answer: null,
  buyerId: "9",
  buyer: null,
  isDeletedFromListing: false,
  isOnHold: false,
  isSuspectedSpam: false,
  appId: null,
  ...more,
});
const answer = (more: object = {}) => ({
  text: "Sí",
  textTranslated: null,
  status: "ACTIVE",
  createdAt: new Date(AT.getTime() + 60_000),
  ...more,
});

describe("the words of a question", () => {
  const told = (more: Partial<Question>) =>
    messagesOf(question(more), "7").map(({ id, direction, text, visibility, reason }) => ({
      ...{ id, direction, text, visibility, reason },
    }));

  it("are a message, and its answer another", () => {
    expect(told({ status: "ANSWERED", answer: answer() })).toEqual([
      { id: "13", direction: "in", text: "¿Hay stock?", visibility: "visible", reason: null },
      { id: "13-a", direction: "out", text: "Sí", visibility: "visible", reason: null },
    ]);
  });

  it.each([
    ["BANNED", "rejected", "BANNED"],
    ["DISABLED", "rejected", "DISABLED"],
    ["UNDER_REVIEW", "moderation", "UNDER_REVIEW"],
    ["CLOSED_UNANSWERED", "visible", null],
    ["DELETED", "visible", null],
    ["SOMETHING_NEW", "visible", null],
  ])("say what became of one that is %s", (status, visibility, reason) => {
    expect(told({ status })[0]).toMatchObject({ visibility, reason });
  });

  it("are empty for what was banned, and never taken for no question", () => {
    const banned = told({ status: "ANSWERED", text: "", answer: answer({ text: "", status: "BANNED" }) });
    expect(banned.map(({ text, visibility }) => [text, visibility])).toEqual([
      ["", "visible"],
      ["", "rejected"],
    ]);
  });

  it("of one that was deleted without them are those that are held", () => {
    expect(told({ status: "DELETED", text: "" })).toEqual([]);
  });

  it("come with their translation where that says something else, and the answer after the question", () => {
    const [asked, answered] = messagesOf(
      question({
        textTranslated: "Is there stock?",
        answer: answer({ textTranslated: "Sí", createdAt: null }),
      }),
      "7",
    );
    expect([asked?.textTranslated, answered?.textTranslated]).toEqual(["Is there stock?", null]);
    expect(answered?.createdAt.getTime()).toBeGreaterThan(AT.getTime());
  });
});

const state = (more: Partial<QuestionState> = {}): QuestionState => ({
  id: "13",
  status: "UNANSWERED",
  createdAt: AT,
  isOnHold: false,
  isSuspectedSpam: false,
  isDeletedFromListing: false,
  answer: null,
  ...more,
});
const chain = (...questions: QuestionState[]): Chain => ({
  itemId: "MLA1",
  buyerId: "9",
  contact: null,
  questions,
});
const thread = (more: Partial<Thread>): Thread => ({
  accountId: accountId("7"),
  profile: "LOCAL",
  channel: "questions",
  externalId: "13",
  siteId: "MLA",
  sellerId: "7",
  buyerId: "9",
  status: "open",
  substatus: null,
  sellerMaxLength: null,
  isExcepted: false,
  isStartSpent: false,
  claim: null,
  chain: chain(state()),
  asked: null,
  listingStatus: "active",
  pulledAt: AT,
  ...more,
});

describe("what may be done with a question", () => {
  const may = (more: Partial<Thread>) => questionsChannel.abilities(thread(more))[0];

  it("is to answer it, once, in 2,000 characters", () => {
    expect(may({})).toEqual({ kind: "reply", allowed: true, maxLength: 2_000, isOnlyOne: true });
    expect(may({ listingStatus: null })).toMatchObject({ allowed: true });
  });

  it.each([
    [{ chain: chain(state({ isOnHold: true })) }, { because: "blocked", substatus: "hold" }],
    [{ listingStatus: "paused" }, { because: "blocked", substatus: "paused" }],
    [{ chain: chain(state({ status: "UNDER_REVIEW" })) }, { because: "blocked", substatus: "UNDER_REVIEW" }],
    [{ chain: chain(state({ status: "ANSWERED" })) }, { because: "answered" }],
    [{ chain: chain(state({ status: "CLOSED_UNANSWERED" })) }, { because: "closed" }],
    [{ chain: chain(state({ status: "BANNED" })) }, { because: "closed" }],
    [{ chain: chain(state({ status: "DELETED" })) }, { because: "closed" }],
    [{ chain: chain(state({ status: "DISABLED" })) }, { because: "closed" }],
    [{ chain: null }, { because: "unread_state" }],
  ])("is not for %j", (more, why) => {
    expect(may(more)).toMatchObject({ allowed: false, ...why });
  });

  it("is about the question in the address, else the oldest that waits", () => {
    const both = chain(state({ id: "12", status: "ANSWERED" }), state());
    expect(may({ chain: both, asked: "12" })).toMatchObject({ because: "answered" });
    expect(may({ chain: both, asked: null })).toMatchObject({ allowed: true });
  });
});

describe("an answer that is looked for", () => {
  const find = (said: Partial<Message> | null, o: { before?: string[]; accepted?: string | null } = {}) => {
    const messages = messagesOf(question({ answer: answer() }), "7")
      .filter(({ direction }) => said !== null && direction === "out")
      .map((message) => ({ ...message, ...said }));
    const after: ThreadSnapshot = {
      ...{ externalId: "13", siteId: "MLA", sellerId: "7", status: "closed", substatus: null },
      ...{ isAgentPath: false, sellerMaxLength: null, claimIds: [], buyerName: null },
      messages,
      total: messages.length,
      isComplete: true,
    };
    const act = { kind: "answer", questionId: "13", text: "Sí, hay." } as const;
    return questionsChannel.find({ messageIds: o.before ?? [] }, after, act, o.accepted ?? null);
  };

  it("is there by its words or by having been accepted", () => {
    expect(find({ text: "Sí,  hay." })).toEqual({ kind: "visible", messageId: "13-a" });
    expect(find({ text: "Sí, hay!" }, { accepted: "13-a" })).toEqual({ kind: "visible", messageId: "13-a" });
  });

  it("is not there, or another stands in its place for ever", () => {
    expect(find(null)).toEqual({ kind: "absent" });
    expect(find({ text: "Otra" })).toEqual({ kind: "overtaken", reason: "answered_elsewhere" });
  });

  it("that was banned is ours if it was not there before", () => {
    const banned = { text: "", visibility: "rejected", reason: "BANNED" } as const;
    expect(find(banned)).toEqual({ kind: "rejected", messageId: "13-a", reason: "BANNED" });
    expect(find(banned, { before: ["13-a"] })).toMatchObject({ kind: "overtaken" });
  });
});
