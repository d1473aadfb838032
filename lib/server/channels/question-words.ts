import "server-only";
import type { Question, QuestionAnswer } from "@/lib/server/mercadolibre/questions";
import type { Chain, QuestionState } from "@/lib/shared/api/question";
import { answerIdOf } from "@/lib/shared/question/chain";
import type { Message, Visibility } from "@/lib/shared/thread";

/** Out of everybody's sight, its text with it (questions-and-contacts.md 1.2, 1.3). */
const REMOVED = new Set(["BANNED", "DISABLED"]);

/** A question's state, without its words. Pure. */
export function stateOf(question: Question): QuestionState {
  const { id, status, createdAt, isOnHold, isSuspectedSpam, isDeletedFromListing, answer } = question;
  return {
    ...{ id, status, createdAt, isOnHold, isSuspectedSpam, isDeletedFromListing },
    answer: answer === null ? null : { status: answer.status, createdAt: answer.createdAt },
  };
}

/** How its buyer is reached, where Mercado Libre tells it: of classified listings (questions-and-contacts.md 1.2). Pure. */
export const contactOf = ({ buyer }: Question): Chain["contact"] => buyer;

/** The words of a question and of its answer, as messages. A banned one has no text, and is not "no question" (1.2). Of one
 *  that was deleted without its words those that are held stand. Pure. */
export function messagesOf(question: Question, sellerId: string): Message[] {
  const { id, text, textTranslated, status, createdAt, buyerId, answer } = question;
  const told = { textTranslated: translationOf(text, textTranslated), readAt: null, attachments: [] };
  const isGone = status === "DELETED" && text === "";
  const asked: Message = {
    ...told,
    id,
    direction: "in",
    author: "buyer",
    fromUserId: buyerId ?? "",
    text,
    visibility: visibilityOf(status),
    reason: visibilityOf(status) === "visible" ? null : status,
    createdAt,
  };
  return [...(isGone ? [] : [asked]), ...(answer === null ? [] : [answerOf(question, answer, sellerId)])];
}

function answerOf({ id, createdAt }: Question, answer: QuestionAnswer, sellerId: string): Message {
  const isRemoved = REMOVED.has(answer.status);
  return {
    id: answerIdOf(id),
    direction: "out",
    author: "seller",
    fromUserId: sellerId,
    text: answer.text,
    textTranslated: translationOf(answer.text, answer.textTranslated),
    visibility: isRemoved ? "rejected" : "visible",
    reason: isRemoved ? answer.status : null,
    // An answer never stands before its question.
    createdAt: new Date(Math.max(answer.createdAt?.getTime() ?? 0, createdAt.getTime() + 1)),
    readAt: null,
    attachments: [],
  };
}

function visibilityOf(status: string): Visibility {
  if (REMOVED.has(status)) return "rejected";
  return status === "UNDER_REVIEW" ? "moderation" : "visible";
}

/** Where nothing had to be translated, the same words come twice. */
const translationOf = (text: string, translated: string | null): string | null =>
  translated === null || translated === text ? null : translated;
