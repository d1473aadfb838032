import "server-only";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import { answerQuestion } from "@/lib/server/mercadolibre/questions";
import type { QuestionState } from "@/lib/shared/api/question";
import { AppError } from "@/lib/shared/errors";
import { sameMessageText } from "@/lib/shared/message-text";
import { ANSWER_MAX_LENGTH, addressed, answerIdOf, holdOf, isUnanswered } from "@/lib/shared/question/chain";
import type { Ability, Thread, ThreadSnapshot } from "@/lib/shared/thread";
import type { Accepted, AccountCtx, Act, Baseline, Channel, Delivery } from "./channel";
import { pullChain } from "./question-pull";
import { ANSWERED_ELSEWHERE } from "./question-reasons";
import { changedQuestions } from "./question-search";

/** What the seller may do on the question that is meant: answer it once, while it waits, its listing is active and nothing
 *  holds it (questions-and-contacts.md 1.3). Pure. */
function questionAbilities({ chain, asked, listingStatus }: Thread): Ability[] {
  const question =
    chain?.questions.find(({ id }) => id === asked) ?? addressed(chain?.questions ?? []) ?? null;
  if (question === null) return [{ kind: "reply", allowed: false, because: "unread_state" }];
  if (isUnanswered(question)) {
    const hold = holdOf(question, listingStatus);
    return hold === null
      ? [{ kind: "reply", allowed: true, maxLength: ANSWER_MAX_LENGTH, isOnlyOne: true }]
      : [{ kind: "reply", allowed: false, because: "blocked", substatus: hold }];
  }
  return [closedTo(question)];
}

function closedTo({ status, answer }: QuestionState): Ability {
  if (answer !== null || status === "ANSWERED") return { kind: "reply", allowed: false, because: "answered" };
  return status === "UNDER_REVIEW"
    ? { kind: "reply", allowed: false, because: "blocked", substatus: status }
    : { kind: "reply", allowed: false, because: "closed" };
}

/** A question has one answer, in one place: it is ours, or another's, or not there. Pure. */
function find(before: Baseline, after: ThreadSnapshot, act: Act, accepted: string | null): Delivery {
  if (act.kind !== "answer") return { kind: "absent" };
  const messageId = answerIdOf(act.questionId);
  const answer = after.messages.find(({ id }) => id === messageId);
  if (answer === undefined) return { kind: "absent" };
  // An answer that was banned has no words any more: one that stood there before was not ours.
  const isUnread = answer.text === "" && !before.messageIds.includes(messageId);
  const isOurs = accepted === messageId || sameMessageText(answer.text, act.text) || isUnread;
  if (!isOurs) return { kind: "overtaken", reason: ANSWERED_ELSEWHERE };
  if (answer.visibility === "rejected") return { kind: "rejected", messageId, reason: answer.reason };
  return answer.visibility === "moderation" ? { kind: "pending", messageId } : { kind: "visible", messageId };
}

/** Answers, once. The answer that comes back may say in the same breath that it was banned. */
async function act(
  ctx: AccountCtx,
  _thread: Thread,
  _current: ThreadSnapshot,
  asked: Act,
): Promise<Accepted> {
  if (asked.kind !== "answer") {
    throw new AppError("invalid_input", "no act of a question", { reason: "not_available" });
  }
  const { questionId, text } = asked;
  const answered = await answerQuestion(ctx.meli, { questionId, text });
  const messageId = answerIdOf(questionId);
  return answered?.answer?.status === "BANNED" ? { messageId, rejectedFor: "BANNED" } : { messageId };
}

const noFiles = (): never => {
  throw new AppError("invalid_input", "questions have no files", { reason: "not_available" });
};

/** Questions on listings: one thread is what one buyer asks about one item. */
export const questionsChannel: Channel = {
  family: "questions",
  // A notice names the question itself (notifications.md 2).
  refsOf: async (_ctx, { subject }) => [{ externalId: subject, sellerId: null, siteId: null }],
  isTooFresh: (error) => error instanceof MeliError && error.failure.status === 404,
  pull: pullChain,
  changed: changedQuestions,
  abilities: questionAbilities,
  upload: async () => noFiles(),
  download: async () => noFiles(),
  act,
  find,
};
