import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { type Order, readOrder } from "@/lib/server/mercadolibre/orders";
import { readShipment, type Shipment } from "@/lib/server/mercadolibre/shipments";
import type { Runtime } from "@/lib/server/runtime";
import { findSale, findSaleOfShipment, hasMovedSince, type StoredSale } from "@/lib/server/store/noticed";
import { finishNotices } from "@/lib/server/store/notices";
import { wishContext } from "@/lib/server/store/thread-wishes";
import { hintThreads } from "@/lib/server/store/threads";
import { wishPull } from "@/lib/server/store/wanted";
import type { ThreadId } from "@/lib/shared/ids";
import type { Followed, Group } from "./work-notices";

const ended = (state: "done" | "dropped", outcome: string): Followed => ({
  kind: "ended",
  outcome: { state, outcome },
});

/** From an order's notice to its row and its context: one read, and no more when nothing moved (five notices for one sale
 *  with identical content are normal: notifications.md 9). */
export async function followOrder(rt: Runtime, ctx: AccountCtx, group: Group): Promise<Followed> {
  const order = await readOrder(ctx.meli, group.subject);
  if (order === null) return ended("dropped", "refused");
  const externalId = order.packId ?? order.id;
  const stored = await findSale(rt.db, ctx.accountId, externalId);
  if (stored !== null && !hasOrderMoved(order, stored)) return ended("done", "unchanged");
  const seller =
    ctx.sellers.find(({ userId }) => userId === order.sellerId || userId === group.userId) ??
    ctx.sellers.find(({ siteId }) => siteId === order.siteId) ??
    ctx.sellers[0];
  const [id] = await hintThreads(rt.db, ctx.accountId, [
    {
      channel: "messages",
      externalId,
      sellerId: seller?.userId ?? ctx.accountId,
      siteId: seller?.siteId ?? ctx.siteId,
      buyerId: order.buyer.id || null,
      buyerName: order.buyer.name ?? order.buyer.nickname,
      product: order.items[0]?.title ?? null,
      orderId: order.id,
      shipmentId: order.shipmentId,
      saleAt: order.createdAt,
    },
  ]);
  if (id === undefined) return ended("dropped", "no_thread");
  return followUp(rt, ctx, group, id, stored?.status === "blocked");
}

/** From a parcel's notice to the context of its sale: one read, none when we know no sale of it. */
export async function followShipment(rt: Runtime, ctx: AccountCtx, group: Group): Promise<Followed> {
  const stored = await findSaleOfShipment(rt.db, ctx.accountId, group.subject);
  if (stored === null) return ended("done", "no_thread");
  const shipment = await readShipment(ctx.meli, group.subject);
  if (shipment === null) return ended("dropped", "refused");
  if (!hasShipmentMoved(shipment, stored)) return ended("done", "unchanged");
  return followUp(rt, ctx, group, stored.id, stored.status === "blocked");
}

/** Has the context read, and the conversation too while it is blocked: what moved may have opened it (messages.md 8). */
async function followUp(
  rt: Runtime,
  ctx: AccountCtx,
  { ids }: Group,
  threadId: ThreadId,
  isBlocked: boolean,
): Promise<Followed> {
  await rt.db.transaction(async (tx) => {
    await wishContext(tx, ctx.accountId, threadId);
    if (isBlocked) await wishPull(tx, ctx.accountId, threadId, "notice");
    await finishNotices(tx, rt.worker, ids, { state: "done", outcome: "looked_up" }, ctx.accountId);
  });
  return { kind: "committed" };
}

function hasOrderMoved(order: Order, stored: StoredSale): boolean {
  if (order.updatedAt === null) return true;
  const held = stored.context?.order;
  const isOtherState = held?.id === order.id && held.status !== order.status;
  return isOtherState || hasMovedSince(order.updatedAt, stored);
}

function hasShipmentMoved(shipment: Shipment, { context }: StoredSale): boolean {
  const held = context?.shipment;
  if (held === null || held === undefined || held.id !== shipment.id) return true;
  const at = held.updatedAt === null ? null : new Date(held.updatedAt).getTime();
  const isSame = held.status === shipment.status && held.substatus === shipment.substatus;
  return !isSame || at !== (shipment.updatedAt?.getTime() ?? null);
}
