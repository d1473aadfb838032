import "server-only";
import type { MeliFailure } from "./failure";

/** Why the action guide says no. What only the state of the conversation can tell is `undecided`. */
export type GuideRefusal =
  /** The sale is an exception: it is written to directly. */
  | "excepted"
  /** The conversation has begun: it is written to directly. */
  | "has_begun"
  | "used"
  | "gone"
  | "locked"
  | "deactivated"
  | "text"
  | "template"
  | "delivery_past"
  | "undecided";

const EXCEPTED = "blocked_by_excepted_case";
const HAS_BEGUN = "blocked_by_conversation_use_message_api";

/**
 * What a refusal of the action guide means (messages.md 3.3). By status and code: the pages of some countries print
 * translated texts. Null: none of its own, such as a lost permission, too many calls or trouble. Pure.
 */
export function guideRefusalOf(failure: MeliFailure): GuideRefusal | null {
  const { status, code, blockedBy, causes } = failure;
  const words = [blockedBy, code, ...causes].map((word) => word?.toLowerCase());
  const names = (word: string) => words.includes(word);
  switch (status) {
    case 400:
      if (names(EXCEPTED)) return "excepted";
      if (names("limit_exceeded")) return "text";
      return namesDelivery(failure) ? "delivery_past" : "template";
    case 403:
      if (names(HAS_BEGUN)) return "has_begun";
      // The one 403 of the guide whose code is not `forbidden`.
      return names("bad_request") ? "used" : "undecided";
    case 404:
      return "gone";
    case 409:
      return names("too_many_requests") || names("too_many_request") ? null : "locked";
    case 451:
      return "deactivated";
    case 500:
      // Documented with a 500 as well: a check of what was asked, not trouble.
      return namesDelivery(failure) ? "delivery_past" : null;
    default:
      return null;
  }
}

/** An invalid template and a promise for yesterday share their code: here the text is all there is. Template ids are
 *  taken out first, for one of them has the word in it. */
function namesDelivery({ message }: MeliFailure): boolean {
  const said = message.replace(/\b[A-Z]+(?:_+[A-Z0-9]+)+\b/g, "");
  return /\b(?:promise|promesa|promessa|delivery date|fecha de (?:entrega|env[ií]o)|data d[ea] entrega)\b/i.test(
    said,
  );
}
