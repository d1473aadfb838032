import { claimDate } from "@/sandbox/claims/dates";
import type { Claim, ClaimChange, ReturnCase } from "@/sandbox/claims/model";
import type { World } from "@/sandbox/world/world";

/** LOCAL's return, v2 (claims.md 6.2): quantities are strings. */
export function wireLocalReturn(world: World, claim: Claim, one: ReturnCase): object {
  // A claim on the purchase is on the whole cart; any other on one order of it (claims.md 3).
  const orders = claim.thread.orders.filter(
    ({ id }) => claim.resource === "purchase" || id === claim.orderId,
  );
  return {
    id: Number(one.id),
    claim_id: Number(claim.id),
    resource_type: claim.resource,
    resource_id: Number(claim.resourceId),
    status: one.status,
    subtype: one.subtype,
    status_money: one.money,
    refund_at: one.refundAt,
    date_created: claimDate(world, one.createdAt),
    date_closed: claimDate(world, one.closedAt),
    last_updated: claimDate(world, one.updatedAt),
    shipments: one.shipments.map((parcel) => ({
      shipment_id: Number(parcel.id),
      status: parcel.status,
      tracking_number: parcel.trackingNumber,
      type: parcel.type,
      destination: { name: parcel.destination, shipping_address: addressOf(world, claim) },
    })),
    orders: orders.map(({ id, lines: [line] }) => ({
      order_id: Number(id),
      item_id: line?.item.id ?? "",
      variation_id: line?.variationId ? Number(line.variationId) : null,
      context_type: claim.quantityType,
      total_quantity: `${line?.quantity ?? 1}.0`,
      return_quantity: `${id === claim.orderId ? claim.claimedQuantity : (line?.quantity ?? 1)}.0`,
    })),
    related_entities: one.review ? ["reviews"] : [],
    intermediate_check: one.hasIntermediateCheck,
    resources: [{ resource: claim.resource, resource_id: claim.resourceId }],
  };
}

/** GLOBAL's older shape (claims.md 6.2): one `shipping`, and no `id` although the review needs it (15). */
export function wireGlobalReturn(world: World, claim: Claim, one: ReturnCase): object {
  const [parcel] = one.shipments;
  const failed = one.review?.failures[0]?.reason ?? null;
  const steps = parcel ? stepsOf(parcel.status) : [];
  return {
    ...(world.settings.claimGlobalReturnId ? { id: Number(one.id) } : {}),
    claim_id: Number(claim.id),
    resource: claim.resource,
    resource_id: Number(claim.resourceId),
    status: one.status,
    type: one.origin,
    subtype: one.subtype,
    status_money: one.money,
    refund_at: one.refundAt,
    date_created: claimDate(world, one.createdAt),
    date_closed: claimDate(world, one.closedAt),
    last_updated: claimDate(world, one.updatedAt),
    shipping: parcel
      ? {
          id: Number(parcel.id),
          status: parcel.status,
          tracking_number: parcel.trackingNumber,
          lead_time: {
            estimated_delivery_time: {
              date: claimDate(world, new Date(one.createdAt.getTime() + 6 * 86_400_000)),
            },
          },
          status_history: steps.map((status) => ({
            status,
            substatus: null,
            date: claimDate(world, one.updatedAt),
          })),
          origin: { type: "buyer_address", sender_id: Number(claim.thread.buyer.id) },
          destination: { name: parcel.destination, receiver_id: Number(claim.thread.localSellerId) },
        }
      : null,
    warehouse_review: { product_condition: null, product_destination: null, benefited: null },
    seller_review: {
      status: one.review ? (one.review.isOk ? "success" : "claimed") : "pending",
      reason_id: failed,
    },
  };
}

/** The reviews of a return (claims.md 2 row 24). The documents print little of it: the rest is our guess. */
export function wireReviews(world: World, claim: Claim, one: ReturnCase): object {
  const { review } = one;
  const failures = review && !review.isOk ? review.failures : [null];
  return {
    reviews: failures.map((failure) => ({
      resource: "order",
      resource_id: Number(failure?.orderId ?? claim.orderId),
      method: "none",
      resource_reviews: [
        {
          stage: "seller_review",
          status: review?.isOk ? "success" : "claimed",
          product_condition: null,
          product_destination: "seller",
          reason_id: failure?.reason ?? null,
          benefited: review?.isOk ? "buyer" : null,
          seller_status: review?.isOk ? "success" : "claimed",
          seller_reason: failure?.reason ?? null,
          missing_quantity: 0,
        },
      ],
      date_created: claimDate(world, review?.at ?? null),
      last_updated: claimDate(world, review?.at ?? null),
    })),
  };
}

/** claims.md 6.3 */
export function wireChanges(world: World, claim: Claim, change: ClaimChange | null): object {
  const order = claim.thread.orders.find(({ id }) => id === claim.orderId);
  const data = change
    ? [
        {
          claim_id: Number(claim.id),
          resource: claim.resource,
          resource_id: Number(claim.resourceId),
          items: (order?.lines ?? []).map((line) => ({
            id: line.item.id,
            quantity: claim.claimedQuantity,
            price: line.unitPrice,
            price_at_creation: line.unitPrice,
            variation_id: line.variationId ? Number(line.variationId) : null,
            currency_id: order?.currency ?? "",
          })),
          seller_id: Number(claim.thread.localSellerId),
          buyer_id: Number(claim.thread.buyer.id),
          return: claim.returnCase ? { id: Number(claim.returnCase.id) } : null,
          new_orders_ids: change.newOrderIds.map(Number),
          new_orders_shipments: change.newShipmentIds.map((id) => ({ id: Number(id) })),
          site_id: claim.thread.siteId,
          status: change.status,
          status_detail: change.detail,
          type: change.type,
          estimated_exchange_date: { from: claimDate(world, change.from), to: claimDate(world, change.to) },
          date_created: claimDate(world, change.createdAt),
          last_updated: claimDate(world, change.updatedAt),
        },
      ]
    : [];
  return { paging: { offset: 0, limit: 30, total: data.length }, data };
}

function addressOf(world: World, claim: Claim): object {
  const account = world.sellers.get(claim.thread.sellerId);
  return {
    address_line: "Av. Central 1250",
    zip_code: "1001",
    city: { id: null, name: account?.city ?? "" },
    state: { id: null, name: account?.state ?? "" },
    country: { id: null, name: claim.thread.siteId.slice(-1) },
  };
}

function stepsOf(status: string): string[] {
  const path = ["pending", "ready_to_ship", "shipped", "delivered"];
  const at = path.indexOf(status);
  return at < 0 ? ["pending", status] : path.slice(0, at + 1);
}
