import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { readItems } from "@/lib/server/mercadolibre/items";
import { type Order, readOrder } from "@/lib/server/mercadolibre/orders";
import { readPack } from "@/lib/server/mercadolibre/packs";
import { readShipment } from "@/lib/server/mercadolibre/shipments";
import { publicUser } from "@/lib/server/mercadolibre/users";
import type { Runtime } from "@/lib/server/runtime";
import { saveContext } from "@/lib/server/store/contexts";
import { readThreadById, type StoredThread } from "@/lib/server/store/threads";
import { databaseNow } from "@/lib/server/store/wanted";
import type { ThreadId } from "@/lib/shared/ids";
import type { ThreadContext } from "@/lib/shared/thread";
import { pullQuestionContext } from "./pull-question-context";
import { readSaleOfClaim } from "./read-sale-of-claim";

/** Reads the sale around a conversation: order, items, shipment, buyer. What cannot be read is left out, and the rest
 *  is kept: a buyer's answer must not wait for a shipment. @throws MeliError only when nothing could be asked. */
export async function pullContext(rt: Runtime, ctx: AccountCtx, id: ThreadId): Promise<void> {
  const thread = await readThreadById(rt.db, ctx.accountId, id);
  if (thread === null) return;
  if (thread.channel === "questions") return pullQuestionContext(rt, ctx, thread);
  const readFrom = await databaseNow(rt.db);
  const sale = thread.channel === "claims" ? await readSaleOfClaim(rt, ctx, thread) : null;
  const orders = sale?.orders ?? (await readOrders(ctx, thread));
  const [order] = orders;
  const shipmentId = order?.shipmentId ?? sale?.shipmentId ?? thread.shipmentId;
  const buyerId = (order?.buyer.id || null) ?? thread.buyerId;
  const [items, shipment, buyer] = await Promise.all([
    readItems(ctx.meli, [...new Set(orders.flatMap((one) => one.items.map((item) => item.id)))]),
    shipmentId === null ? null : readShipment(ctx.meli, shipmentId),
    buyerId === null ? null : publicUser(ctx.meli, buyerId),
  ]);
  const context: ThreadContext = {
    order:
      order === undefined
        ? null
        : {
            id: order.id,
            status: order.status,
            createdAt: order.createdAt,
            total: totalOf(orders),
            items: orders.flatMap((one) =>
              one.items.map((item) => ({
                id: item.id,
                title: item.title,
                quantity: item.quantity,
                unitPrice: item.unitPrice,
                variation: item.variation,
                thumbnail: items.get(item.id)?.thumbnail ?? null,
                permalink: items.get(item.id)?.permalink ?? null,
              })),
            ),
          },
    buyer:
      buyerId === null
        ? null
        : {
            id: buyerId,
            nickname: order?.buyer.nickname ?? buyer?.nickname ?? null,
            name: order?.buyer.name ?? thread.buyerName,
            place:
              [buyer?.city, buyer?.state].filter((part) => part !== null && part !== undefined).join(", ") ||
              null,
          },
    shipment:
      shipment === null
        ? null
        : {
            id: shipment.id,
            status: shipment.status,
            substatus: shipment.substatus,
            trackingNumber: shipment.trackingNumber,
            logisticType: shipment.logisticType,
            estimatedAt: shipment.estimatedAt,
            updatedAt: shipment.updatedAt,
            steps: shipment.history ?? [],
          },
  };
  await saveContext(rt.db, ctx.accountId, id, context, readFrom, sale?.packId ?? null);
}

/** The orders of a thread: the one we know, else those of the pack, else the id itself (messages.md 0.2). */
async function readOrders(ctx: AccountCtx, thread: StoredThread): Promise<Order[]> {
  const pack = await readPack(ctx.meli, thread.externalId);
  const ids = pack?.orderIds.length ? pack.orderIds : [thread.orderId ?? thread.externalId];
  const orders: Order[] = [];
  for (const orderId of ids.slice(0, 10)) {
    const order = await readOrder(ctx.meli, orderId);
    if (order !== null) orders.push(order);
  }
  return orders;
}

function totalOf(orders: readonly Order[]): Order["total"] {
  const totals = orders.flatMap((order) => (order.total === null ? [] : [order.total]));
  const [first] = totals;
  if (first === undefined) return null;
  const alike = totals.filter((total) => total.currency === first.currency);
  return { currency: first.currency, minor: alike.reduce((sum, total) => sum + total.minor, 0) };
}
