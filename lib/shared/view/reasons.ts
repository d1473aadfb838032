import { type ErrorCode, STATUS_OF } from "@/lib/shared/errors";
import { BLOCK_RULES, blockRuleOf } from "@/lib/shared/substatus";

/** Every meaning that the catalogue of blocks gives, and the safe unknown: the UI has words for each. */
export const BLOCK_MEANINGS = [
  "time",
  "buyer",
  "mediation",
  "fulfillment",
  "payment",
  "buyer_starts",
  "reason_needed",
  "use_message_api",
  "cancelled_order",
  "cancelled_fraud",
  "cancelled_hidden",
  "expired",
  "refund",
  "claim_change_open",
  "claim_change_closed",
  "deactivated_account",
  "restrictions",
  "pending_review",
  "return_to_buyer",
  "assistant",
  "assistant_expired",
  "assistant_closed",
  "assistant_seller_expired",
  "resale",
  "groceries",
  "guest",
  "claim",
  "unknown",
] as const;
export type BlockMeaning = (typeof BLOCK_MEANINGS)[number];

/** What a substatus means, as a key of the words. */
export function meaningOf(substatus: string | null): BlockMeaning {
  const { meaning } = blockRuleOf(substatus);
  return BLOCK_MEANINGS.find((known) => known === meaning) ?? "unknown";
}

/** Moderation reasons that Mercado Libre names (messages.md 7). */
export const MODERATION_REASONS = [
  "OUT_OF_PLACE_LANGUAGE",
  "SOCIAL_NETWORK_LINK",
  "LINK_SHORT_URL",
  "AUTOMATIC_MESSAGE",
  "PERSONAL_DATA",
  "LINK_MERCADOPAGO",
  "ML_LINKS_PAYPAL",
  "EVASION_CLAIM_SELLER",
] as const;

/** What to change in a message that was rejected for this reason, as a key of the words. */
export function fixOf(reason: string | null): (typeof MODERATION_REASONS)[number] | "other" {
  return MODERATION_REASONS.find((known) => known === reason?.toUpperCase()) ?? "other";
}

/** What our own check of a reply, or Mercado Libre's, found wrong with its text or its files (messages.md 2.3). */
export const TEXT_REASONS = ["characters", "too_long", "attachment_expired"] as const;

/** Why a conversation could not be begun: what the action guide said, or what we found of the choice before it was sent
 *  (messages.md 3.3, 5). */
export const START_REASONS = [
  /** None left until the buyer writes. */
  "guide_used",
  "guide_gone",
  "guide_locked",
  "guide_text",
  "guide_template",
  "guide_vars",
  "guide_not_needed",
  "guide_refused",
  "delivery_past",
  "start_spent",
  "account_deactivated",
] as const;

/** What kept a reply from leaving at all. */
export const THREAD_REASONS = [
  "thread_refused",
  "no_recipient",
  "no_length",
  "unread_state",
  /** The application lacks the permission, or messaging is not for this account (messages.md 1, 5, 7). */
  "missing_permission",
  "model_6",
  /** A 403 that names no block, of a conversation that is not blocked. */
  "forbidden",
] as const;

/** Why an answer did not become the answer of its question (questions-and-contacts.md 1.4). */
export const ANSWER_REASONS = [
  "answered_elsewhere",
  "answered",
  "item_not_active",
  "hold",
  "question_closed",
  "question_gone",
  "not_yours",
] as const;

const WORDED = [...TEXT_REASONS, ...START_REASONS, ...THREAD_REASONS, ...ANSWER_REASONS] as const;

export type Reason =
  | { kind: "text"; reason: (typeof WORDED)[number] }
  | { kind: "moderation"; reason: (typeof MODERATION_REASONS)[number] }
  | { kind: "blocked"; meaning: BlockMeaning }
  | { kind: "error"; code: ErrorCode }
  | { kind: "code"; code: string };

/** Sorts a reason off our API: a moderation reason, a substatus, a fault of the text, one of our own error codes, or a code nobody knows. */
export function reasonOf(code: string | null): Reason | null {
  if (code === null || code === "") return null;
  const moderation = MODERATION_REASONS.find((known) => known === code.toUpperCase());
  if (moderation !== undefined) return { kind: "moderation", reason: moderation };
  if (Object.hasOwn(BLOCK_RULES, code.toLowerCase()) || /^blo(ck|qu)/i.test(code)) {
    return { kind: "blocked", meaning: meaningOf(code) };
  }
  const text = WORDED.find((known) => known === code);
  if (text !== undefined) return { kind: "text", reason: text };
  const own = errorCodes.find((known) => known === code);
  return own === undefined ? { kind: "code", code } : { kind: "error", code: own };
}

const errorCodes = Object.keys(STATUS_OF).filter((key): key is ErrorCode => Object.hasOwn(STATUS_OF, key));
