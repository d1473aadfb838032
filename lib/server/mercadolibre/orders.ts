import "server-only";
import { z } from "zod";
import type { Money } from "@/lib/shared/money";
import { readContext } from "./context-read";
import type { Meli } from "./http";
import { PATHS, type SalesFilter } from "./paths";
import {
  amount,
  count,
  date,
  id,
  ids,
  list,
  moneyOf,
  number,
  part,
  requiredNumber,
  sift,
  site,
  siteOfItem,
  text,
  word,
} from "./wire";

export type { Money } from "@/lib/shared/money";

export interface Order {
  id: string;
  /** null: the order id stands wherever a pack id is asked (questions-and-contacts.md 5.1). */
  packId: string | null;
  /** Lower case, an open set: `paid`, `cancelled`, ... */
  status: string;
  createdAt: Date;
  updatedAt: Date | null;
  total: Money | null;
  /** Only the id is dependable; it is `""` when a partial answer (206) lacks the buyer. */
  buyer: { id: string; nickname: string | null; name: string | null };
  sellerId: string | null;
  items: {
    id: string;
    title: string;
    quantity: number;
    unitPrice: Money | null;
    /** `Color: Rojo, Talle: M` */
    variation: string | null;
    sku: string | null;
  }[];
  shipmentId: string | null;
  tags: string[];
  mediationIds: string[];
  siteId: string | null;
}

/** One purchase: a pack, or an order that belongs to none. */
export interface Sale {
  packId: string;
  orderIds: string[];
  buyerId: string | null;
  buyerName: string | null;
  sellerId: string | null;
  siteId: string | null;
  /** null in GLOBAL, whose search names no product: the caller reads the order when it wants one. */
  title: string | null;
  itemId: string | null;
  createdAt: Date | null;
  updatedAt: Date | null;
  total: Money | null;
  shipmentId: string | null;
  status: string | null;
}

const orderItem = z
  .object({
    item: part(
      z.object({
        id,
        title: text,
        seller_sku: text,
        seller_custom_field: text,
        variation_attributes: list(z.object({ name: text, value_name: text })),
      }),
    ),
    quantity: count,
    unit_price: amount,
    currency_id: text,
  })
  .transform((line) => ({
    id: line.item.id ?? "",
    title: line.item.title ?? "",
    quantity: line.quantity ?? 1,
    unitPrice: moneyOf(line.unit_price, line.currency_id),
    variation:
      line.item.variation_attributes
        .flatMap((one) =>
          one.value_name === null
            ? []
            : [one.name === null ? one.value_name : `${one.name}: ${one.value_name}`],
        )
        .join(", ") || null,
    sku: line.item.seller_sku ?? line.item.seller_custom_field,
  }));

/** An order, whole or partial (206), in either spelling of its last update (questions-and-contacts.md 5.1). */
const order = z
  .object({
    id: requiredNumber,
    pack_id: number,
    status: word,
    date_created: date,
    last_updated: date,
    date_last_updated: date,
    total_amount: amount,
    currency_id: text,
    buyer: part(z.object({ id: number, nickname: text, first_name: text, last_name: text, name: text })),
    seller: part(z.object({ id: number })),
    order_items: list(orderItem),
    shipping: part(z.object({ id: number })),
    tags: ids,
    mediations: ids,
    context: part(z.object({ site })),
    site_id: site,
  })
  .transform((wire): Order => {
    const fullName = [wire.buyer.first_name, wire.buyer.last_name].filter((name) => name !== null).join(" ");
    return {
      id: wire.id,
      packId: wire.pack_id,
      status: wire.status ?? "unknown",
      createdAt: wire.date_created ?? wire.last_updated ?? wire.date_last_updated ?? new Date(0),
      updatedAt: wire.last_updated ?? wire.date_last_updated,
      total: moneyOf(wire.total_amount, wire.currency_id),
      buyer: {
        id: wire.buyer.id ?? "",
        nickname: wire.buyer.nickname,
        name: fullName === "" ? wire.buyer.name : fullName,
      },
      sellerId: wire.seller.id,
      items: wire.order_items,
      shipmentId: wire.shipping.id,
      tags: wire.tags,
      mediationIds: wire.mediations,
      siteId: wire.context.site ?? wire.site_id ?? siteOfItem(wire.order_items[0]?.id ?? null),
    };
  });

/** One order; null when it is not ours to see or not there. @throws MeliError */
export async function readOrder(meli: Meli, orderId: string): Promise<Order | null> {
  return await readContext(meli, [PATHS[meli.profile].order(orderId)], order);
}

/** A purchase of the GLOBAL search: groups orders, names no product (questions-and-contacts.md 5.1b). */
const purchase = z
  .object({
    id: requiredNumber,
    buyer: part(z.object({ id: number, first_name: text, last_name: text, nickname: text })),
    config: part(z.object({ items: list(z.object({ id })) })),
    orders: list(
      z.object({
        id: requiredNumber,
        seller: part(z.object({ id: number })),
        date_created: date,
        status: word,
      }),
    ),
    shipment: part(z.object({ id: number })),
    date_created: date,
    last_updated: date,
    date_last_updated: date,
    status: word,
  })
  .transform((wire): Sale => {
    const itemId = wire.config.items[0]?.id ?? null;
    const [first] = wire.orders;
    const name = [wire.buyer.first_name, wire.buyer.last_name].filter((part) => part !== null).join(" ");
    return {
      packId: wire.id,
      orderIds: wire.orders.map((one) => one.id),
      buyerId: wire.buyer.id,
      buyerName: name === "" ? wire.buyer.nickname : name,
      sellerId: first?.seller.id ?? null,
      siteId: siteOfItem(itemId),
      title: null,
      itemId,
      createdAt: wire.date_created ?? first?.date_created ?? null,
      updatedAt: wire.last_updated ?? wire.date_last_updated,
      total: null,
      shipmentId: wire.shipment.id,
      status: wire.status ?? first?.status ?? null,
    };
  });

const page = z.object({ paging: part(z.object({ total: count })), results: z.array(z.unknown()).nullable() });
const PAGE_SIZE = 50;

/**
 * One page of the sales created since `since` (truncated to the hour by Mercado Libre), or changed since `changedSince`,
 * newest first; `next` is the offset of the following page, null at the end. Orders of one pack are one sale, but only within the page: merge by `packId`.
 * @throws MeliError
 */
export async function searchSales(
  meli: Meli,
  o: SalesFilter & { offset: number },
): Promise<{ sales: Sale[]; total: number; next: number | null }> {
  const route = PATHS[meli.profile].sales({ ...o, limit: PAGE_SIZE });
  const body = await meli.wire.read(route, page);
  const results = body.results ?? [];
  const isGrouped = (row: unknown) => typeof row === "object" && row !== null && "orders" in row;
  const grouped = sift(results.filter(isGrouped), purchase);
  const single = sift(
    results.filter((row) => !isGrouped(row)),
    order,
  );
  const dropped = grouped.dropped + single.dropped;
  if (dropped > 0) meli.wire.odd(route, { droppedSales: dropped });
  const offset = o.offset + results.length;
  const total = body.paging.total ?? offset;
  return {
    sales: [...grouped.kept, ...salesOf(single.kept)],
    total,
    next: results.length > 0 && offset < total ? offset : null,
  };
}

/** Orders grouped by purchase, in the order in which each purchase first appears. */
function salesOf(orders: readonly Order[]): Sale[] {
  const groups = new Map<string, Order[]>();
  for (const one of orders) {
    const packId = one.packId ?? one.id;
    groups.set(packId, [...(groups.get(packId) ?? []), one]);
  }
  return [...groups].flatMap(([packId, group]) => {
    const [first] = group;
    if (first === undefined) return [];
    const updates = group.flatMap((one) => one.updatedAt?.getTime() ?? []);
    return [
      {
        packId,
        orderIds: group.map((one) => one.id),
        buyerId: first.buyer.id === "" ? null : first.buyer.id,
        buyerName: first.buyer.name ?? first.buyer.nickname,
        sellerId: first.sellerId,
        siteId: first.siteId,
        title: first.items[0]?.title ?? null,
        itemId: first.items[0]?.id ?? null,
        createdAt: new Date(Math.min(...group.map((one) => one.createdAt.getTime()))),
        updatedAt: updates.length === 0 ? null : new Date(Math.max(...updates)),
        total: totalOf(group),
        shipmentId: group.find((one) => one.shipmentId !== null)?.shipmentId ?? null,
        status: first.status,
      },
    ];
  });
}

function totalOf(group: readonly Order[]): Money | null {
  const totals = group.flatMap((one) => one.total ?? []);
  const currency = totals[0]?.currency;
  if (currency === undefined || totals.length < group.length) return null;
  if (totals.some((total) => total.currency !== currency)) return null;
  return { minor: totals.reduce((sum, total) => sum + total.minor, 0), currency };
}
