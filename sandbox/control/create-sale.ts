import type { Item, Order, Shipment } from "@/sandbox/world/model";
import { between, digits } from "@/sandbox/world/random";
import type { SiteId } from "@/sandbox/world/sites";
import { SITES } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

const DAY_MS = 86_400_000;
/** A middling price per currency, for products seeded without one. */
const PRICES: Record<string, number> = {
  ARS: 48_900,
  BRL: 189.9,
  MXN: 749,
  CLP: 24_990,
  COP: 119_900,
  UYU: 2_490,
};

interface Product {
  title: string;
  price?: number | undefined;
  quantity?: number | undefined;
  variation?: string | undefined;
  sku?: string | undefined;
}

/** The listing a product was sold on. */
export function createItem(
  world: World,
  o: { sellerId: string; localSellerId: string; siteId: SiteId; product: Product },
): Item {
  const { currency, domain } = SITES[o.siteId];
  const number = `${between(world.random, 1, 2)}${digits(world.random, 9)}`;
  const id = `${o.siteId}${number}`;
  const slug = o.product.title
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  const picture = `D_${between(world.random, 600_000, 999_999)}-${o.siteId}${digits(world.random, 11)}_082026`;
  return {
    id,
    sellerId: o.sellerId,
    localSellerId: o.localSellerId,
    siteId: o.siteId,
    title: o.product.title,
    price: o.product.price ?? PRICES[currency] ?? 29.9,
    currency,
    // some listings have lost their picture
    thumbnail: world.random() < 0.12 ? null : `https://http2.mlstatic.com/${picture}-I.jpg`,
    permalink: `https://articulo.${domain}/${o.siteId}-${number}-${slug}-_JM`,
    status: world.random() < 0.1 ? "paused" : "active",
    stock: between(world.random, 1, 80),
    categoryId: `${o.siteId}${between(world.random, 1000, 9999)}`,
    subStatus: [],
    buyingMode: "buy_it_now",
    attributes: o.product.variation ? [{ id: "COLOR", name: "Color", value: o.product.variation }] : [],
  };
}

/** One order of a pack; what it is worth and where it stands. */
export function createOrder(o: {
  id: string;
  packId: string | null;
  soldAt: Date;
  item: Item;
  product: Product;
  status: string | null;
  substatus: string | null;
  shipmentStatus: string | null;
  mediationIds: string[];
}): Order {
  const quantity = o.product.quantity ?? 1;
  const status = o.status ?? orderStatusOf(o.substatus);
  const isPaid = ["paid", "partially_refunded", "confirmed"].includes(status);
  const variation = o.product.variation;
  return {
    id: o.id,
    packId: o.packId,
    status,
    createdAt: o.soldAt,
    updatedAt: new Date(o.soldAt.getTime() + 40 * 60_000),
    lines: [
      {
        item: o.item,
        quantity,
        unitPrice: o.item.price,
        variationId: variation ? `17${o.item.id.slice(-9)}` : null,
        variation: variation ? [{ name: "Color", value: variation }] : [],
        sku: o.product.sku ?? null,
      },
    ],
    total: Math.round(o.item.price * quantity * 100) / 100,
    currency: o.item.currency,
    // questions-and-contacts.md 5.1, tags
    tags: [
      isPaid ? "paid" : "not_paid",
      o.shipmentStatus === "delivered" ? "delivered" : "not_delivered",
      ...(o.packId ? ["pack_order"] : []),
      ...(o.substatus === "blocked_by_cancelled_order_by_fraud" ? ["fraud_risk_detected"] : []),
    ],
    mediationIds: o.mediationIds,
  };
}

/** How the parcel travels. */
export function createShipment(
  world: World,
  o: { siteId: SiteId; soldAt: Date; status?: string; substatus?: string | null; logisticType?: string },
): Shipment {
  const status = o.status ?? "ready_to_ship";
  const isOnItsWay = ["shipped", "delivered", "not_delivered", "ready_to_ship"].includes(status);
  const at = (days: number) => new Date(o.soldAt.getTime() + days * DAY_MS);
  const changedAt = Math.min(at(status === "delivered" ? 4 : 1.2).getTime(), world.now().getTime());
  return {
    id: `4${digits(world.random, 10)}`,
    status,
    substatus: o.substatus ?? null,
    trackingNumber: isOnItsWay ? `${o.siteId}${digits(world.random, 10)}` : null,
    trackingMethod: isOnItsWay ? (o.siteId === "MLB" ? "Normal" : "Estándar a domicilio") : null,
    mode: "me2",
    logisticType: o.logisticType ?? "drop_off",
    estimatedAt: at(4),
    limitAt: at(7),
    createdAt: o.soldAt,
    updatedAt: new Date(changedAt),
  };
}

/** The order status that goes with a block (messages.md 6, questions-and-contacts.md 5.1). */
function orderStatusOf(substatus: string | null): string {
  if (substatus === "blocked_by_payment") return "payment_required";
  if (substatus === "blocked_by_cancelled_order_hidden") return "invalid";
  if (substatus?.startsWith("blocked_by_cancelled_order")) return "cancelled";
  if (substatus === "blocked_by_refund") return "partially_refunded";
  return "paid";
}
