/** Statuses of an order and a parcel that have words of their own; any other is shown as Mercado Libre spells it. */
export const ORDER_STATUSES = [
  "confirmed",
  "payment_required",
  "payment_in_process",
  "partially_paid",
  "paid",
  "partially_refunded",
  "pending_cancel",
  "cancelled",
  "refunded",
  "invalid",
] as const;

export const SHIPMENT_STATUSES = [
  "to_be_agreed",
  "pending",
  "handling",
  "ready_to_ship",
  "shipped",
  "delivered",
  "not_delivered",
  "cancelled",
] as const;

export const LOGISTIC_TYPES = [
  "fulfillment",
  "cross_docking",
  "drop_off",
  "xd_drop_off",
  "self_service",
  "remote",
  "custom",
  "default",
  "not_specified",
] as const;

/** The member of `known` that a code off the wire names, or null. */
export function knownOf<Code extends string>(known: readonly Code[], code: string): Code | null {
  return known.find((one) => one === code.toLowerCase()) ?? null;
}

/** A code that has no words, made readable: `ready_for_pickup` -> `Ready for pickup`. */
export function spellOut(code: string): string {
  const words = code.replace(/[_-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
