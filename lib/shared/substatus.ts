import type { ThreadStatus } from "./thread";

/** Who can open a blocked conversation again (messages.md 6, column "reopen"). */
export type Reopens = "itself" | "buyer" | "nobody" | "guide" | "unknown";

/** What the seller can do instead while it is blocked. The UI has words for each. */
export type BlockedStep = "wait" | "answer_claim" | "use_guide" | "none";

export interface BlockRule {
  /** Key of the words shown for this block; several wire spellings may share one. */
  meaning: string;
  reopens: Reopens;
  step: BlockedStep;
}

const rule = (meaning: string, reopens: Reopens, step: BlockedStep = "wait"): BlockRule => ({
  meaning,
  reopens,
  step,
});

/** The catalogue of messages.md 6. Spellings that the documents disagree on point to one meaning (messages.md 9). */
export const BLOCK_RULES: Readonly<Record<string, BlockRule>> = {
  blocked_by_time: rule("time", "buyer"),
  blocked_by_buyer: rule("buyer", "buyer"),
  blocked_by_mediation: rule("mediation", "itself", "answer_claim"),
  bloqued_by_mediation: rule("mediation", "itself", "answer_claim"),
  blocked_by_mediation_fbm: rule("mediation", "itself", "answer_claim"),
  blocked_by_fulfillment: rule("fulfillment", "itself"),
  blocked_by_payment: rule("payment", "itself"),
  blocked_by_conversation_initiated_by_seller: rule("buyer_starts", "buyer"),
  blocked_by_conversation_started_by_seller: rule("buyer_starts", "buyer"),
  blocked_by_conversation_initiated_by_seller_limited: rule("reason_needed", "guide", "use_guide"),
  blocked_by_conversation_started_by_seller_limited: rule("reason_needed", "guide", "use_guide"),
  blocked_by_conversation_use_message_api: rule("use_message_api", "itself"),
  blocked_by_cancelled_order: rule("cancelled_order", "nobody", "none"),
  blocked_by_cancelled_order_by_fraud: rule("cancelled_fraud", "nobody", "none"),
  blocked_by_cancelled_order_hidden: rule("cancelled_hidden", "nobody", "none"),
  blocked_by_conversation_expired: rule("expired", "nobody", "none"),
  blocked_by_refund: rule("refund", "buyer"),
  blocked_by_claim_change_open: rule("claim_change_open", "unknown", "answer_claim"),
  blocked_by_claim_change_closed: rule("claim_change_closed", "unknown", "answer_claim"),
  blocked_by_deactivated_account: rule("deactivated_account", "nobody", "none"),
  blocked_by_restrictions: rule("restrictions", "unknown"),
  blocked_by_message_pending_review: rule("pending_review", "itself"),
  blocked_by_return_to_buyer_fulfillment: rule("return_to_buyer", "unknown"),
  blocked_by_ai_assistant: rule("assistant", "unknown"),
  blocked_by_ai_assistant_expired: rule("assistant_expired", "unknown"),
  blocked_by_ai_assistant_contact_closed: rule("assistant_closed", "unknown"),
  block_by_ai_assistant_initiated_by_seller_expired: rule("assistant_seller_expired", "unknown"),
  blocked_by_resale: rule("resale", "nobody", "none"),
  blocked_by_proximity_groceries: rule("groceries", "nobody", "none"),
  blocked_by_guest_shops: rule("guest", "nobody", "none"),
  blocked_by_claim: rule("claim", "unknown", "answer_claim"),
};

const DIRECTION = "blocked_by_conversation_use_message_api";

/** Can nobody write here? One code is no block but a direction: the guide is over, write (messages.md 4.1, 6). Pure. */
export function isShut(status: ThreadStatus, substatus: string | null): boolean {
  return status === "blocked" && substatus?.toLowerCase() !== DIRECTION;
}

/** What an unknown code means: closed, shown by its code, nothing promised (messages.md 6, last paragraph). */
export const UNKNOWN_BLOCK: BlockRule = rule("unknown", "unknown");

/** The rule of a substatus as received. Compares without case; null and unknown codes are a safe unknown block. */
export function blockRuleOf(substatus: string | null): BlockRule {
  const code = substatus?.toLowerCase() ?? "";
  // A code off the wire may be any word, also one that every object answers to.
  return (Object.hasOwn(BLOCK_RULES, code) ? BLOCK_RULES[code] : null) ?? UNKNOWN_BLOCK;
}
