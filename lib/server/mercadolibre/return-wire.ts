import "server-only";
import { z } from "zod";
import { claimDate, openWord, quantity, words } from "./claim-values";
import { isRecord } from "./json";
import { field, flag, id, list, number, textOf, word } from "./wire";

export interface ReturnShipment {
  id: string | null;
  /** pending, ready_to_ship, shipped, not_delivered, delivered, cancelled; an open set. */
  status: string | null;
  trackingNumber: string | null;
  /** return, return_from_triage; null: not told. */
  kind: string | null;
  /** seller_address, warehouse; null: not told. */
  destination: string | null;
}

export interface ReturnOrder {
  orderId: string | null;
  itemId: string | null;
  variationId: string | null;
  /** total, partial, incomplete; an open set. */
  contextType: string | null;
  totalQuantity: number | null;
  returnQuantity: number | null;
}

export interface WireReturn {
  /** Null in GLOBAL's older shape, which prints none (claims.md 6.2). */
  id: string | null;
  claimId: string | null;
  resource: string | null;
  resourceId: string | null;
  status: string;
  /** retained, refunded, available; an open set. */
  moneyStatus: string | null;
  /** What frees the money: `shipped`, `delivered` (three days after the seller has it), `n/a` (low cost). */
  refundAt: string | null;
  subtype: string | null;
  createdAt: Date | null;
  updatedAt: Date | null;
  closedAt: Date | null;
  shipments: ReturnShipment[];
  orders: ReturnOrder[];
  /** Are there reviews to be read? null: not told. */
  hasReviews: boolean | null;
  isCheckedOnTheWay: boolean;
  /** The seller's review where the return itself tells it (GLOBAL): pending, claimed, failed, success. */
  review: { status: string; reasonId: string | null } | null;
  /** What the warehouse found, where the return itself tells it (GLOBAL). */
  warehouse: { condition: string | null; destination: string | null; benefited: string[] } | null;
}

/** A destination is named, or is an object that has a name. */
const place = field((value) => {
  const named = isRecord(value) ? (textOf(value.name) ?? textOf(value.type)) : textOf(value);
  return named?.trim().toLowerCase() ?? null;
});

const shipment = z
  .object({
    shipment_id: id,
    id,
    status: word,
    tracking_number: id,
    type: word,
    destination: place,
  })
  .transform(
    (wire): ReturnShipment => ({
      id: wire.shipment_id ?? wire.id,
      status: wire.status,
      trackingNumber: wire.tracking_number,
      kind: wire.type,
      destination: wire.destination,
    }),
  );

const order = z
  .object({
    order_id: id,
    item_id: id,
    variation_id: id,
    context_type: word,
    total_quantity: quantity,
    return_quantity: quantity,
  })
  .transform(
    (wire): ReturnOrder => ({
      orderId: wire.order_id,
      itemId: wire.item_id,
      variationId: wire.variation_id,
      contextType: wire.context_type,
      totalQuantity: wire.total_quantity,
      returnQuantity: wire.return_quantity,
    }),
  );

const sellerReview = field((value): WireReturn["review"] => {
  const found = z.object({ status: word, reason_id: id }).safeParse(value).data;
  if (found === undefined || found.status === null) return null;
  return { status: found.status, reasonId: found.reason_id };
});

const warehouseReview = field((value): WireReturn["warehouse"] => {
  const found = z
    .object({ product_condition: word, product_destination: word, benefited: words })
    .safeParse(value).data;
  if (found === undefined) return null;
  return {
    condition: found.product_condition,
    destination: found.product_destination,
    benefited: found.benefited,
  };
});

const relations = field((value) => (Array.isArray(value) ? words.parse(value) : null));

/** A return, in the shape of LOCAL (many shipments) and in GLOBAL's older one (a single `shipping`) (claims.md 6.2). */
export const returned = z
  .object({
    id: number,
    return_id: number,
    claim_id: number,
    resource_type: word,
    resource: word,
    resource_id: id,
    status: openWord,
    status_money: word,
    refund_at: word,
    subtype: word,
    date_created: claimDate,
    last_updated: claimDate,
    date_closed: claimDate,
    shipments: list(shipment),
    shipping: list(shipment),
    orders: list(order),
    related_entities: relations,
    intermediate_check: flag,
    seller_review: sellerReview,
    warehouse_review: warehouseReview,
  })
  .transform(
    (wire): WireReturn => ({
      id: wire.id ?? wire.return_id,
      claimId: wire.claim_id,
      resource: wire.resource_type ?? wire.resource,
      resourceId: wire.resource_id,
      status: wire.status,
      moneyStatus: wire.status_money,
      refundAt: wire.refund_at,
      subtype: wire.subtype,
      createdAt: wire.date_created,
      updatedAt: wire.last_updated,
      closedAt: wire.date_closed,
      shipments: wire.shipments.length > 0 ? wire.shipments : wire.shipping,
      orders: wire.orders,
      hasReviews: wire.related_entities?.some((one) => /^reviews?$/.test(one)) ?? null,
      isCheckedOnTheWay: wire.intermediate_check,
      review: wire.seller_review,
      warehouse: wire.warehouse_review,
    }),
  );
