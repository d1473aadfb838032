import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { type Order, readOrder } from "@/lib/server/mercadolibre/orders";
import { readPack } from "@/lib/server/mercadolibre/packs";
import { readShipmentOrders } from "@/lib/server/mercadolibre/shipment-orders";
import type { Runtime } from "@/lib/server/runtime";
import { findSaleOfClaim } from "@/lib/server/store/claims";
import type { StoredThread } from "@/lib/server/store/threads";

/** More than any claim is about. */
const MOST_ORDERS = 10;

/** The sale that a claim is about. */
export interface ClaimedSale {
  orders: Order[];
  /** Its conversation: the pack, else the order (messages.md 0.2). */
  packId: string | null;
  shipmentId: string | null;
}

/** Finds the sale of a claim: what it is about says the resource, which may be an order, a shipment, a pack, a purchase or a
 *  payment, and a number alone proves nothing (claims.md 12.7). What Mercado Libre does not tell by that number is looked
 *  for among our own sales, and in the return. A claim whose sale nobody tells stands without it. @throws MeliError */
export async function readSaleOfClaim(
  rt: Runtime,
  ctx: AccountCtx,
  thread: Pick<StoredThread, "externalId" | "orderId" | "claim">,
): Promise<ClaimedSale> {
  const { claim } = thread;
  const resource = claim?.resource ?? "unknown";
  const resourceId = claim?.resourceId ?? "";
  const shipmentId = resource === "shipment" && resourceId !== "" ? resourceId : null;
  const found = async (): Promise<Order[]> => {
    for (const ask of [
      () => ordersOfResource(ctx, resource, resourceId),
      () => ordersWeHold(rt, ctx, { claimId: thread.externalId, resourceId }),
      () => readOrders(ctx, [...(claim?.return?.orders ?? []).map(({ orderId }) => orderId)]),
      () => readOrders(ctx, thread.orderId === null ? [] : [thread.orderId]),
    ]) {
      const orders = await ask();
      if (orders.length > 0) return orders;
    }
    return [];
  };
  const orders = await found();
  const [first] = orders;
  return { orders, packId: first === undefined ? null : (first.packId ?? first.id), shipmentId };
}

async function ordersOfResource(ctx: AccountCtx, resource: string, id: string): Promise<Order[]> {
  if (id === "") return [];
  switch (resource) {
    case "order":
      return readOrders(ctx, [id]);
    case "shipment":
      return readOrders(ctx, await readShipmentOrders(ctx.meli, id));
    case "pack":
    case "purchase":
      return readOrders(ctx, (await readPack(ctx.meli, id))?.orderIds ?? []);
    default:
      return [];
  }
}

/** Of a sale in our own list: by its conversation, which names its claims, or by any of its numbers. */
async function ordersWeHold(
  rt: Runtime,
  ctx: AccountCtx,
  o: { claimId: string; resourceId: string },
): Promise<Order[]> {
  const sale = await findSaleOfClaim(rt.db, ctx.accountId, o);
  if (sale === null) return [];
  return readOrders(ctx, [sale.orderId ?? sale.externalId]);
}

async function readOrders(ctx: AccountCtx, ids: readonly string[]): Promise<Order[]> {
  const orders: Order[] = [];
  for (const id of [...new Set(ids)].slice(0, MOST_ORDERS)) {
    const order = await readOrder(ctx.meli, id);
    if (order !== null) orders.push(order);
  }
  return orders;
}
