import type { Order, Thread } from "@/sandbox/world/model";
import { SITES } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

/** `-04:00`, as orders print it (questions-and-contacts.md 5.1). */
export function orderDate(date: Date): string {
  return `${new Date(date.getTime() - 4 * 3_600_000).toISOString().slice(0, -1)}-04:00`;
}

/** `-0400`, without the colon, as packs print it (questions-and-contacts.md 5.2). */
export function packDate(date: Date): string {
  return orderDate(date).replace("-04:00", "-0400");
}

/** An order (questions-and-contacts.md 5.1). Without names when the answer is partial. */
export function wireOrder(world: World, thread: Thread, order: Order): object {
  const { buyer, shipment } = thread;
  const names = world.settings.partialOrders
    ? {}
    : { nickname: buyer.nickname, first_name: buyer.firstName, last_name: buyer.lastName };
  return {
    id: Number(order.id),
    pack_id: order.packId === null ? null : Number(order.packId),
    status: order.status,
    status_detail: null,
    date_created: orderDate(order.createdAt),
    date_closed: order.tags.includes("paid") ? orderDate(order.createdAt) : null,
    last_updated: orderDate(order.updatedAt),
    order_items: order.lines.map((line) => ({
      item: {
        id: line.item.id,
        title: line.item.title,
        category_id: line.item.categoryId,
        variation_id: line.variationId === null ? null : Number(line.variationId),
        variation_attributes: line.variation.map(({ name, value }) => ({
          id: name.toUpperCase(),
          name,
          value_id: null,
          value_name: value,
        })),
        seller_sku: line.sku,
      },
      quantity: line.quantity,
      unit_price: line.unitPrice,
      full_unit_price: line.unitPrice,
      currency_id: order.currency,
    })),
    total_amount: order.total,
    paid_amount: order.tags.includes("paid") ? order.total : 0,
    currency_id: order.currency,
    buyer: { id: Number(buyer.id), ...names },
    seller: { id: Number(thread.localSellerId) },
    shipping: { id: shipment ? Number(shipment.id) : null },
    tags: order.tags,
    mediations: order.mediationIds.map((id) => ({ id: Number(id) })),
    feedback: { buyer: null, seller: null },
    context: {
      channel: "marketplace",
      site: thread.siteId,
      flows: world.sellers.get(thread.sellerId)?.siteId === "CBT" ? ["cbt"] : [],
    },
  };
}

/** One purchase in `/marketplace/orders/search` (questions-and-contacts.md 5.1b). */
export function wirePurchase(thread: Thread): object {
  return {
    id: Number(thread.packId),
    buyer: { id: Number(thread.buyer.id) },
    config: { items: thread.orders.flatMap((order) => order.lines.map((line) => ({ id: line.item.id }))) },
    orders: thread.orders.map((order) => ({
      id: Number(order.id),
      payments: order.tags.includes("paid") ? [{ id: Number(`9${order.id.slice(-10)}`) }] : [],
      mediations: order.mediationIds.map((id) => ({ id: Number(id) })),
      seller: { id: Number(thread.localSellerId) },
    })),
    shipment: thread.shipment ? { id: Number(thread.shipment.id) } : null,
  };
}

/** A pack (questions-and-contacts.md 5.2). */
export function wirePack(thread: Thread): object {
  const isCancelled = thread.orders.every((order) => order.status === "cancelled");
  return {
    id: Number(thread.packId),
    status: isCancelled ? "cancelled" : "released",
    status_detail: null,
    orders: thread.orders.map((order) => ({ id: Number(order.id) })),
    shipment: thread.shipment ? { id: Number(thread.shipment.id) } : null,
    buyer: { id: Number(thread.buyer.id) },
    date_created: packDate(thread.soldAt),
    last_updated: packDate(thread.orders[0]?.updatedAt ?? thread.soldAt),
  };
}

/** A shipment in the new format (questions-and-contacts.md 5.4). */
export function wireShipment(thread: Thread): object | null {
  const { shipment, siteId, buyer } = thread;
  if (!shipment) return null;
  const isPaid = thread.orders.some((order) => order.tags.includes("paid"));
  const date = (at: Date | null) => (at ? { date: orderDate(at) } : { date: null });
  return {
    id: Number(shipment.id),
    status: shipment.status,
    substatus: shipment.substatus,
    tracking_number: shipment.trackingNumber,
    tracking_method: shipment.trackingMethod,
    logistic: { mode: shipment.mode, type: shipment.logisticType, direction: "forward" },
    lead_time: {
      estimated_delivery_time: date(shipment.estimatedAt),
      estimated_delivery_final: date(shipment.limitAt),
      estimated_delivery_limit: date(shipment.limitAt),
      shipping_method: {
        name: SITES[siteId].language === "pt" ? "Normal a domicílio" : "Normal a domicilio",
      },
      cost: 0,
      currency_id: SITES[siteId].currency,
    },
    // questions-and-contacts.md 5.4: masked until the payment is confirmed
    destination: { receiver_name: isPaid ? `${buyer.firstName} ${buyer.lastName}` : "XXXXXXX" },
    date_created: orderDate(shipment.createdAt),
    last_updated: orderDate(shipment.updatedAt),
  };
}
