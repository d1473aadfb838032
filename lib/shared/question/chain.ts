import type { Chain, QuestionBrief, QuestionState } from "@/lib/shared/api/question";
import { LATER, ranked } from "@/lib/shared/rank";
import type { ThreadStatus } from "@/lib/shared/thread";

/** The longest answer (questions-and-contacts.md 1.4). */
export const ANSWER_MAX_LENGTH = 2_000;

/** An answer within an hour sells: Mercado Libre promises more sales to whoever takes longer (questions-and-contacts.md 1.5). */
export const ANSWER_TARGET_MS = 60 * 60_000;

/** Unanswered questions are deleted by Mercado Libre after so many months (questions-and-contacts.md 1.3). */
const PURGED_AFTER_MONTHS = 7;

/** What names a chain within an account. A question of nobody known is a chain of its own. Pure. */
export function chainKeyOf(question: { id: string; itemId: string; buyerId: string | null }): string {
  return `${question.itemId}:${question.buyerId ?? `?${question.id}`}`;
}

/** The message that a question's answer is. Pure. */
export const answerIdOf = (questionId: string): string => `${questionId}-a`;

/** Up to when an unanswered question exists at Mercado Libre. Pure. */
export function purgedAt({ createdAt }: Pick<QuestionState, "createdAt">): Date {
  const at = new Date(createdAt);
  at.setUTCMonth(at.getUTCMonth() + PURGED_AFTER_MONTHS);
  return at;
}

/** Does it wait for an answer? Pure. */
export const isUnanswered = ({ status }: Pick<QuestionState, "status">): boolean => status === "UNANSWERED";

/** Why a question that waits cannot be answered now, in Mercado Libre's word. Null: it can, as far as is known
 *  (questions-and-contacts.md 1.2, 1.3). Pure. */
export function holdOf(
  question: Pick<QuestionState, "isOnHold">,
  listingStatus: string | null,
): string | null {
  if (question.isOnHold) return "hold";
  return listingStatus === null || listingStatus === "active" ? null : listingStatus;
}

/** The question that a row leads to: the oldest that waits for an answer, else the newest. Pure. */
export function addressed(questions: readonly QuestionState[]): QuestionState | undefined {
  return questions.find(isUnanswered) ?? questions.at(-1);
}

/** Where the thread stands: open while a question can be answered, blocked while one only waits, else closed; with
 *  Mercado Libre's word for why. Pure. */
export function standingOf(
  { questions }: Pick<Chain, "questions">,
  listingStatus: string | null,
): { status: ThreadStatus; substatus: string | null } {
  const waiting = questions.filter(isUnanswered);
  const [first] = waiting;
  if (waiting.some((question) => holdOf(question, listingStatus) === null)) {
    return { status: "open", substatus: null };
  }
  if (first !== undefined) return { status: "blocked", substatus: holdOf(first, listingStatus) };
  const review = questions.find(({ status }) => status === "UNDER_REVIEW");
  if (review !== undefined) return { status: "blocked", substatus: review.status };
  return { status: "closed", substatus: questions.at(-1)?.status ?? null };
}

/** What the list shows of a chain. Pure. */
export function questionBriefOf(
  chain: Pick<Chain, "questions">,
  listingStatus: string | null,
): QuestionBrief {
  const main = addressed(chain.questions);
  const waiting = chain.questions.filter(isUnanswered);
  return {
    address: main?.id ?? "",
    unanswered: waiting.length,
    waitingSince: waiting.find((question) => holdOf(question, listingStatus) === null)?.createdAt ?? null,
    status: main?.status ?? "",
  };
}

/** A chain's place in the list: one that can be answered is due an hour after it was asked, the longest waiting first; one
 *  that waits for Mercado Libre or for its listing stands behind what is the seller's; then the newest of the rest. Pure. */
export function chainRank(chain: Pick<Chain, "questions">, listingStatus: string | null): number {
  const { waitingSince, unanswered } = questionBriefOf(chain, listingStatus);
  if (waitingSince !== null) return ranked("mine", waitingSince.getTime() + ANSWER_TARGET_MS);
  return ranked(unanswered > 0 ? "others" : "over", LATER - movedAt(chain).getTime());
}

/** When something was last asked or answered. Pure. */
export function movedAt({ questions }: Pick<Chain, "questions">): Date {
  const times = questions.flatMap(({ createdAt, answer }) => [createdAt, answer?.createdAt ?? createdAt]);
  return new Date(Math.max(0, ...times.map((at) => at.getTime())));
}
