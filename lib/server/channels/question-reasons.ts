import "server-only";
import { type QuestionRefusal, questionRefusalOf } from "@/lib/server/mercadolibre/question-refusal";

/** Why an answer did not become the answer of its question, as the screen has words for it (lib/shared/view/reasons.ts). */
export const ANSWERED_ELSEWHERE = "answered_elsewhere";
/** Mercado Libre holds the question back. */
export const HOLD = "hold";
export const ITEM_NOT_ACTIVE = "item_not_active";
/** It can be answered, or deleted, no more. */
export const QUESTION_CLOSED = "question_closed";

const REASONS: Readonly<Record<QuestionRefusal, string>> = {
  already_answered: QUESTION_CLOSED,
  item_not_active: ITEM_NOT_ACTIVE,
  unknown_question: "question_gone",
  gone: "question_gone",
  too_long: "too_long",
  not_yours: "not_yours",
};

/** What the refusal of an act on a question is called on the screen. Null: nothing of its own. Pure. */
export function questionReasonOf(error: unknown): string | null {
  const refusal = questionRefusalOf(error);
  return refusal === null ? null : REASONS[refusal];
}
