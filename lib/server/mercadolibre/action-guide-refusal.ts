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

/** What two refusals of one code differ in, and what is left of one whose body has no code at all (forms D and F of
 *  messages.md 7), in the languages of the pages. */
const SAYS = {
  excepted: /\bexcepted case\b|\bcaso (?:exceptuado|excepcional|de excepci[oó]n|excetuado|de exce[cç][aã]o)/i,
  text: /\bthe text is invalid\b|\b(?:el|o) texto (?:\S+ ){0,2}inv[aá]lido/i,
  used: /\b(?:option|opci[oó]n|op[cç][aã]o)(?!\p{L})/iu,
  delivery:
    /\b(?:promise|promesa|promessa|delivery date|fecha de (?:entrega|env[ií]o)|data d[ea] entrega)(?!\p{L})/iu,
  /** Nothing shorter: a 500 about any other "promise" is trouble, after which nobody knows whether it was sent. */
  deliveryDate: /\b(?:delivery date|fecha de (?:entrega|env[ií]o)|data d[ea] entrega)(?!\p{L})/iu,
} as const;

/**
 * What a refusal of the action guide means (messages.md 3.3). By status and code first: the pages of some countries print
 * translated texts. Null: none of its own, such as a lost permission, too many calls or trouble. Pure.
 */
export function guideRefusalOf(failure: MeliFailure): GuideRefusal | null {
  const { status, code, blockedBy, causes } = failure;
  const words = [blockedBy, code, ...causes].map((word) => word?.toLowerCase());
  const names = (word: string) => words.includes(word);
  // Ids are taken out of the text: a template's has the word "promise" in it.
  const text = [failure.message, ...causes].join("\n").replace(/\b[A-Z]+(?:_+[A-Z0-9]+)+\b/g, "");
  const says = (what: keyof typeof SAYS) => SAYS[what].test(text);
  const hasCode = words.some((word) => word !== undefined && word !== null && /^[a-z_]+$/.test(word));
  switch (status) {
    case 400:
      if (names(EXCEPTED) || says("excepted")) return "excepted";
      if (names("limit_exceeded") || (!hasCode && says("text"))) return "text";
      return says("delivery") ? "delivery_past" : "template";
    case 403:
      if (names(HAS_BEGUN)) return "has_begun";
      // The one 403 of the guide whose code is not `forbidden`.
      return names("bad_request") || (!hasCode && says("used")) ? "used" : "undecided";
    case 404:
      return "gone";
    case 409:
      return names("too_many_requests") || names("too_many_request") ? null : "locked";
    case 451:
      return "deactivated";
    case 500:
      // Documented with a 500 as well: a check of what was asked, not trouble.
      return says("deliveryDate") ? "delivery_past" : null;
    default:
      return null;
  }
}
