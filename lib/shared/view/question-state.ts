import type { QuestionState } from "@/lib/shared/api/question";
import type { ComposerView, OutboxState, ThreadView } from "@/lib/shared/api/thread";
import { answerIdOf, holdOf, isUnanswered, purgedAt } from "@/lib/shared/question/chain";

/** What is said of one question, as a key of the words (questions-and-contacts.md 1.2, 1.3). */
export type QuestionKind =
  | "waiting"
  /** It waits, and Mercado Libre holds it. */
  | "onHold"
  /** It waits, and its listing is not active. */
  | "listingOff"
  | "answered"
  | "answerBanned"
  | "answerDisabled"
  | "closedUnanswered"
  | "underReview"
  | "banned"
  | "deleted"
  | "disabled"
  /** It is gone, and old enough to have gone by itself: after seven months without an answer. */
  | "purged"
  | "unknown";

const KIND_OF: Readonly<Record<string, QuestionKind>> = {
  CLOSED_UNANSWERED: "closedUnanswered",
  UNDER_REVIEW: "underReview",
  BANNED: "banned",
  DELETED: "deleted",
  DISABLED: "disabled",
};

/** Where one question stands. Pure. */
export function kindOf(question: QuestionState, listingStatus: string | null, now: Date): QuestionKind {
  const { status, answer, isOnHold } = question;
  const isGone = isUnanswered(question) || (status === "DELETED" && answer === null);
  if (isGone && purgedAt(question) <= now) return "purged";
  if (isUnanswered(question)) {
    if (isOnHold) return "onHold";
    return holdOf(question, listingStatus) === null ? "waiting" : "listingOff";
  }
  if (status === "ANSWERED") {
    if (answer?.status === "BANNED") return "answerBanned";
    return answer?.status === "DISABLED" ? "answerDisabled" : "answered";
  }
  return (Object.hasOwn(KIND_OF, status) ? KIND_OF[status] : null) ?? "unknown";
}

type Chain = Pick<NonNullable<ThreadView["question"]>, "asked" | "chain" | "listing">;
type View = Pick<ThreadView, "outbox" | "messages"> & { question: Chain };

/** Our answer is between the press of Send and the thread, or somebody must say what becomes of it. */
const UNSETTLED: ReadonlySet<OutboxState> = new Set([
  "queued",
  "sending",
  "accepted",
  "uncertain",
  "moderation",
]);

/** Is an answer of ours to this question on its way? Then there can be no second one. Pure. */
export function isBeingAnswered({ outbox }: Pick<ThreadView, "outbox">, questionId: string): boolean {
  return outbox.some((reply) => reply.questionId === questionId && UNSETTLED.has(reply.state));
}

/** The question that a message asks or answers, null when it is of none that we hold. Pure. */
export function questionOf({ chain }: Pick<Chain, "chain">, messageId: string): QuestionState | null {
  return chain.questions.find(({ id }) => id === messageId || answerIdOf(id) === messageId) ?? null;
}

/** The oldest other question of the chain that can be answered now, and is not being. Pure. */
export function nextInChain(view: Pick<ThreadView, "outbox"> & { question: Chain }): string | null {
  const { asked, chain, listing } = view.question;
  const next = chain.questions.find(
    (question) =>
      question.id !== asked &&
      isUnanswered(question) &&
      holdOf(question, listing?.status ?? null) === null &&
      !isBeingAnswered(view, question.id),
  );
  return next?.id ?? null;
}

/** Does this question of the chain still wait for its answer? Pure. */
export function canStillAnswer({ question }: Pick<ThreadView, "question">, questionId: string): boolean {
  return question?.chain.questions.some((one) => one.id === questionId && isUnanswered(one)) ?? false;
}

/** The questions of the chain that wait for an answer that can be given. Pure. */
export function waitingIn({ chain, listing }: Pick<Chain, "chain" | "listing">): QuestionState[] {
  return chain.questions.filter(
    (question) => isUnanswered(question) && holdOf(question, listing?.status ?? null) === null,
  );
}

/** Does the answer stand so that nobody would know what it answers: with something else between the two? Pure. */
export function needsQuote(
  view: Pick<View, "messages" | "question">,
  question: Pick<QuestionState, "id" | "createdAt">,
  at: Date,
): boolean {
  const own = new Set([question.id, answerIdOf(question.id)]);
  return view.messages.some(
    ({ id, createdAt }) => !own.has(id) && createdAt > question.createdAt && createdAt <= at,
  );
}

/** What the composer may do, with our own answers in mind: while one is on its way there is nothing to write. Pure. */
export function composerOf(view: Pick<ThreadView, "outbox" | "composer" | "question">): ComposerView {
  const { composer, question } = view;
  if (question === null || !composer.allowed || !isBeingAnswered(view, question.asked)) return composer;
  return { allowed: false, because: "answered", substatus: null, hasGuide: false };
}

/** Why a question cannot be answered, as a key of the words. */
export type ShutKind =
  /** Our own answer is on its way. */
  | "sending"
  | "answered"
  | "answerBanned"
  | "answerDisabled"
  | "onHold"
  | "underReview"
  | "listingPaused"
  | "listingClosed"
  | "listingUnderReview"
  | "listingInactive"
  | "listingUnpaid"
  | "closedUnanswered"
  | "banned"
  | "deleted"
  | "disabled"
  | "purged"
  | "unknown";

/** Mercado Libre's word for a listing that takes no answers (questions-and-contacts.md 5.3). */
const LISTING: Readonly<Record<string, ShutKind>> = {
  paused: "listingPaused",
  closed: "listingClosed",
  under_review: "listingUnderReview",
  inactive: "listingInactive",
  payment_required: "listingUnpaid",
};

/** Why the question in the address cannot be answered now. A block of the question is written upper case, one of its listing
 *  lower case. Pure. */
export function shutOf(
  view: Pick<ThreadView, "outbox"> & { question: Chain },
  closed: Extract<ComposerView, { allowed: false }>,
  now: Date,
): ShutKind {
  const { asked, chain, listing } = view.question;
  const question = chain.questions.find(({ id }) => id === asked);
  if (isBeingAnswered(view, asked)) return "sending";
  if (closed.because === "blocked") {
    const { substatus } = closed;
    if (substatus === "hold") return "onHold";
    if (substatus === "UNDER_REVIEW") return "underReview";
    return (substatus !== null && Object.hasOwn(LISTING, substatus) ? LISTING[substatus] : null) ?? "unknown";
  }
  const kind = question === undefined ? "unknown" : kindOf(question, listing?.status ?? null, now);
  if (kind === "waiting" || kind === "listingOff")
    return closed.because === "answered" ? "answered" : "unknown";
  return kind;
}
