import type { Claim } from "@/lib/shared/api/claim";
import { type ErrorCode, STATUS_OF } from "@/lib/shared/errors";
import { knownOf } from "./statuses";

/** Codes of claims.md that have words of their own. Each is an open set: what is not listed is shown by its code. */

/** `dispute` is mediation; the type says nothing of it (claims.md 3). */
export const STAGES = ["claim", "dispute", "recontact", "stale", "none"] as const;

export const WISHES = [
  "refund",
  "product",
  "change_product",
  "return_product",
  "partial_refund",
  "other",
] as const;

/** Why a claim was closed (claims.md 3). */
export const RESOLUTIONS = [
  "already_shipped",
  "buyer_claim_opened",
  "buyer_dispute_opened",
  "charged_back",
  "coverage_decision",
  "found_missing_parts",
  "item_returned",
  "no_bpp",
  "not_delivered",
  "opened_claim_by_mistake",
  "partial_refunded",
  "payment_refunded",
  "prefered_to_keep_product",
  "product_delivered",
  "reimbursed",
  "rep_resolution",
  "respondent_timeout",
  "return_canceled",
  "return_expired",
  "seller_asked_to_close_claim",
  "seller_did_not_help",
  "seller_explained_functions",
  "seller_sent_product",
  "timeout",
  "warehouse_decision",
  "warehouse_timeout",
  "worked_out_with_seller",
  "low_cost",
  "item_changed",
  "change_expired",
  "change_cancelled_buyer",
  "change_cancelled_seller",
  "change_cancelled_meli",
  "shipment_not_stopped",
  "cancel_installation",
] as const;

/** What somebody did, as the history names it (claims.md 4.4). Messages are no part of it: they stand in the conversation. */
export const ACTIONS = [
  "open_claim",
  "refund",
  "partial_refund",
  "allow_partial_refund",
  "allow_return",
  "allow_return_label",
  "allow_replace",
  "generate_return",
  "open_dispute",
  "close_claim",
  "add_shipping_evidence",
  "send_potential_shipping",
  "send_tracking_number",
  "return_review_ok",
  "return_review_fail",
  "return_review",
] as const;

/** Of a return, both profiles (claims.md 6.2). */
export const RETURN_STATUSES = [
  "opened",
  "closed",
  "pending_cancel",
  "pending",
  "failed",
  "shipped",
  "pending_delivered",
  "return_to_buyer",
  "pending_expiration",
  "scheduled",
  "pending_failure",
  "label_generated",
  "cancelled",
  "not_delivered",
  "expired",
  "delivered",
] as const;

export const RETURN_SHIPMENTS = [
  "pending",
  "ready_to_ship",
  "shipped",
  "not_delivered",
  "delivered",
  "cancelled",
] as const;
export const RETURN_MONEY = ["retained", "refunded", "available"] as const;
export const REFUND_AT = ["shipped", "delivered", "n/a"] as const;
export const RETURN_PLACES = ["seller_address", "warehouse"] as const;
export const RETURN_REVIEWS = ["pending", "claimed", "failed", "success"] as const;
export const RETURN_SUBTYPES = ["low_cost", "return_partial", "return_total"] as const;

/** Of an exchange (claims.md 6.3). */
export const CHANGE_STATUSES = [
  "pending",
  "generated",
  "purchase_shipped",
  "purchase_delayed",
  "ready",
  "changed",
  "return_shipped",
  "change_return_delivered",
  "failed",
  "change_failed",
] as const;

export const REPUTATION_EFFECTS = ["affected", "not_affected", "not_applies"] as const;
export const EXPECTED_STATUSES = ["pending", "accepted", "rejected"] as const;
export const EVIDENCE_METHODS = ["mail", "entrusted", "personal_delivery", "email"] as const;
/** Why a return is reviewed as failed, where Mercado Libre gives no words of its own (claims.md 6.2). */
export const FAIL_REASONS = ["SRF2", "SRF3", "SRF4", "SRF5", "SRF6", "SRF7"] as const;

/** Why an act was not done, in Mercado Libre's meaning (lib/server/mercadolibre/claim-refusal.ts) or ours. */
export const ACT_REASONS = [
  "action_gone",
  "action_not_held",
  "act_pending",
  "thread_refused",
  "offer_changed",
  "duplicate",
  "percentage",
  "not_eligible",
  "no_claim",
  "no_return",
  "not_yours",
  "no_access",
  "attachment_unknown",
  "file_type",
  "file_name",
  "file_size",
  "file",
  "review_form",
  "empty",
  "too_long",
  "closed",
] as const;

export type ActReason =
  | { kind: "act"; reason: (typeof ACT_REASONS)[number] }
  | { kind: "error"; code: ErrorCode }
  | { kind: "code"; code: string };

/** Sorts the reason of an act that was not done. Null stays null. Pure. */
export function actReasonOf(code: string | null): ActReason | null {
  if (code === null || code === "") return null;
  const known = ACT_REASONS.find((one) => one === code);
  if (known !== undefined) return { kind: "act", reason: known };
  const own = errorCodes.find((one) => one === code);
  return own === undefined ? { kind: "code", code } : { kind: "error", code: own };
}

const errorCodes = Object.keys(STATUS_OF).filter((key): key is ErrorCode => Object.hasOwn(STATUS_OF, key));

/** Who a role is for the seller who reads. Null: a role nobody knows. Pure. */
export function whoOf(role: string | null, own: Claim["role"]): "you" | "buyer" | "mediator" | null {
  if (role === null) return null;
  if (role === own) return "you";
  if (role === "mediator") return "mediator";
  // Histories name the parties by either word.
  if (role === "seller") return "you";
  return role === "complainant" || role === "respondent" || role === "buyer" ? "buyer" : null;
}

/** Where a claim stands, as a key of the words. Null: a stage nobody knows, shown by its code. Pure. */
export function stageOf({ stage }: Pick<Claim, "stage">): (typeof STAGES)[number] | null {
  return knownOf(STAGES, stage);
}
