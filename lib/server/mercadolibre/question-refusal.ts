import "server-only";
import { MeliError } from "./failure";

/** What a refused act on a question means to who asked for it (questions-and-contacts.md 1.4, 1.5). */
export type QuestionRefusal =
  /** Answered elsewhere, or not to be answered or deleted any more: read it again. */
  | "already_answered"
  /** The item is paused or closed. Never reactivated by us. */
  | "item_not_active"
  /** The id names no question. */
  | "unknown_question"
  | "too_long"
  | "not_yours"
  | "gone";

const CODES: Readonly<Record<string, QuestionRefusal>> = {
  not_unanswered_question: "already_answered",
  not_active_item: "item_not_active",
  invalid_question: "unknown_question",
};

/** The texts of the same refusals, where the code is another; the one for a long text is nowhere printed (9). */
const TEXTS: readonly (readonly [RegExp, QuestionRefusal])[] = [
  [/\bis not unanswered\b|\bmust be unanswered\b/i, "already_answered"],
  [/\bitem\b.*\b(?:must be|is not) active\b/is, "item_not_active"],
  [/\binvalid question\b/i, "unknown_question"],
  [/\b2[.,]?000 (?:characters|caracteres)\b/i, "too_long"],
  [
    /\btoo long\b|\bmax(?:imum)?\b.*\bcharacters?\b|\bexceed(?:s|ed)?\b.*\b(?:characters?|length)\b/is,
    "too_long",
  ],
];

/** A 403 that says whose the question is, not what the application may do or that a proxy stopped it. */
const FORBIDDEN = /^(?:forbidden|forbidden_error|access_denied|not_owner)$/;

/**
 * What an error of an act on a question means. Null: nothing of its own, such as a lost sign-in, a missing permission, trouble,
 * or words that nobody documented. Says nothing of whether the act may have been applied: that is `failure.mayHaveApplied`. Pure.
 */
export function questionRefusalOf(error: unknown): QuestionRefusal | null {
  if (!(error instanceof MeliError)) return null;
  const { status, code, message, causes } = error.failure;
  switch (status) {
    case 400: {
      const said = [message, ...causes].join("\n");
      return CODES[code ?? ""] ?? TEXTS.find(([pattern]) => pattern.test(said))?.[1] ?? null;
    }
    case 403:
      return FORBIDDEN.test(code ?? "") ? "not_yours" : null;
    case 404:
      return "gone";
    default:
      return null;
  }
}
