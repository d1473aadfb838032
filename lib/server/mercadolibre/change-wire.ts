import "server-only";
import { z } from "zod";
import type { Money } from "@/lib/shared/money";
import { claimDate, openWord, quantity } from "./claim-values";
import { amount, id, ids, list, moneyOf, number, part, word } from "./wire";

/** An exchange of the product (claims.md 6.3). */
export interface WireChange {
  claimId: string | null;
  resource: string | null;
  resourceId: string | null;
  items: { id: string | null; quantity: number | null; variationId: string | null; price: Money | null }[];
  returnId: string | null;
  newOrderIds: string[];
  newShipmentIds: string[];
  status: string;
  /** `by_expiration`, `return_pending`, ...; an open set. */
  statusDetail: string | null;
  /** change (another product), replace (the same again). */
  type: string | null;
  expected: { from: Date | null; to: Date | null };
  createdAt: Date | null;
  updatedAt: Date | null;
}

const item = z
  .object({ id, quantity, price: amount, price_at_creation: amount, variation_id: id, currency_id: amount })
  .transform((wire) => ({
    id: wire.id,
    quantity: wire.quantity,
    variationId: wire.variation_id,
    price: moneyOf(wire.price, wire.currency_id) ?? moneyOf(wire.price_at_creation, wire.currency_id),
  }));

export const change = z
  .object({
    claim_id: number,
    resource: word,
    resource_id: id,
    items: list(item),
    return: part(z.object({ id: number })),
    new_orders_ids: ids,
    new_orders_shipments: ids,
    status: openWord,
    status_detail: word,
    type: word,
    estimated_exchange_date: part(z.object({ from: claimDate, to: claimDate })),
    date_created: claimDate,
    last_updated: claimDate,
  })
  .transform(
    (wire): WireChange => ({
      claimId: wire.claim_id,
      resource: wire.resource,
      resourceId: wire.resource_id,
      items: wire.items,
      returnId: wire.return.id,
      newOrderIds: wire.new_orders_ids,
      newShipmentIds: wire.new_orders_shipments,
      status: wire.status,
      statusDetail: wire.status_detail,
      type: wire.type,
      expected: wire.estimated_exchange_date,
      createdAt: wire.date_created,
      updatedAt: wire.last_updated,
    }),
  );
