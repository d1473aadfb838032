import { Hono } from "hono";
import { wireOrder, wirePack, wirePurchase } from "@/sandbox/context/views";
import type { ApiContext, ApiEnv } from "@/sandbox/world/guard";
import { guard } from "@/sandbox/world/guard";
import type { Order, Thread } from "@/sandbox/world/model";
import { standard } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

const PAGE_SIZE = 50;

/** Orders, their search in both profiles, and packs (questions-and-contacts.md 5.1, 5.1b, 5.2). */
export function orderRoutes(world: World): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  for (const path of ["/orders/*", "/marketplace/orders/*"]) app.use(path, guard(world, "orders"));
  for (const path of ["/packs/*", "/marketplace/packs/*"]) app.use(path, guard(world, "packs"));

  app.get("/orders/search", (c) => c.json(localSearch(world, c)));
  app.get("/marketplace/orders/search", (c) => c.json(globalSearch(world, c)));

  for (const path of ["/orders/:id", "/marketplace/orders/:id"] as const) {
    app.get(path, (c) => {
      const { order, thread } = ownOrder(world, c, c.req.param("id"));
      // questions-and-contacts.md 5.1: 206 is partial and usable
      if (!world.settings.partialOrders) return c.json(wireOrder(world, thread, order));
      return c.json(wireOrder(world, thread, order), 206, { "X-Content-Missing": "buyer, feedback" });
    });
  }

  app.get("/orders/:id/shipments", (c) => {
    const { thread } = ownOrder(world, c, c.req.param("id"));
    // questions-and-contacts.md 5.4: the hosted view is an array; 204 if none
    if (!thread.shipment) return c.body(null, 204);
    return c.json([{ id: Number(thread.shipment.id), type: "forward" }]);
  });

  for (const path of ["/packs/:id", "/marketplace/packs/:id"] as const) {
    app.get(path, (c) => {
      const thread = world.threads.get(c.req.param("id"));
      // an order without a pack stands in the pack's place in messages only
      if (!thread?.isPack) throw standard(404, "not_found", `Pack ${c.req.param("id")} not found`);
      if (thread.sellerId !== c.var.seller.id) throw standard(403, "forbidden", "can not identify the user");
      return c.json(wirePack(thread));
    });
  }
  return app;
}

function ownOrder(world: World, c: ApiContext, id: string): { order: Order; thread: Thread } {
  if (!/^\d+$/.test(id)) throw standard(400, "invalid_order_id", `Invalid order id ${id}`);
  const found = world.orders.get(id);
  if (!found) throw standard(404, "order_not_found", `Order ${id} not found`);
  if (found.thread.sellerId !== c.var.seller.id) {
    throw standard(403, "not_owned_order", "Access denied to this order");
  }
  return found;
}

function localSearch(world: World, c: ApiContext): object {
  const sellerId = c.req.query("seller");
  // questions-and-contacts.md 5.1b: a seller filter is required
  if (!sellerId) throw standard(400, "bad_request", "Invalid parameters: seller is required");
  if (world.ownerOf.get(sellerId)?.seller.id !== c.var.seller.id) {
    throw standard(403, "forbidden", "caller.id.invalid", ["caller.id.invalid"]);
  }
  const found = ownThreads(world, c)
    .filter((thread) => thread.localSellerId === sellerId || thread.sellerId === sellerId)
    .flatMap((thread) => thread.orders.map((order) => ({ order, thread })))
    .filter(({ order }) => matches(c, order));
  // questions-and-contacts.md 5.1b: date_asc by default
  const sort = c.req.query("sort") === "date_desc" ? "date_desc" : "date_asc";
  found.sort((a, b) => a.order.createdAt.getTime() - b.order.createdAt.getTime());
  if (sort === "date_desc") found.reverse();
  const { limit, offset } = paging(c);
  return {
    query: c.req.query("q") ?? "",
    paging: { total: found.length, offset, limit },
    results: found.slice(offset, offset + limit).map(({ order, thread }) => wireOrder(world, thread, order)),
    sort: { id: sort, name: sort === "date_desc" ? "Date descending" : "Date ascending" },
    available_sorts: [
      sort === "date_desc"
        ? { id: "date_asc", name: "Date ascending" }
        : { id: "date_desc", name: "Date descending" },
    ],
    filters: [],
  };
}

/** Groups by purchase; without a filter the search does nothing (questions-and-contacts.md 5.1b). */
function globalSearch(world: World, c: ApiContext): object {
  const sellerId = c.req.query("seller.id") ?? c.req.query("seller");
  const { limit, offset } = paging(c);
  const hasFilter = Object.keys(c.req.query()).some((name) => !["limit", "offset", "sort"].includes(name));
  const found = hasFilter
    ? ownThreads(world, c)
        .filter((thread) => !sellerId || thread.localSellerId === sellerId || thread.sellerId === sellerId)
        .filter((thread) => thread.orders.some((order) => matches(c, order)))
    : [];
  found.sort((a, b) => a.soldAt.getTime() - b.soldAt.getTime());
  if (c.req.query("sort") === "date_desc") found.reverse();
  return {
    query: "",
    paging: { total: found.length, offset, limit },
    results: found.slice(offset, offset + limit).map(wirePurchase),
  };
}

function ownThreads(world: World, c: ApiContext): Thread[] {
  return world.threadsOf.get(c.var.seller.id) ?? [];
}

/** questions-and-contacts.md 5.1: cancelled ones are hidden, dates are truncated to the hour, 12 months are kept. */
function matches(c: ApiContext, order: Order): boolean {
  const status = c.req.query("order.status");
  if (status ? order.status !== status : order.status === "cancelled") return false;
  return (
    isWithin(order.createdAt, c.req.query("order.date_created.from"), c.req.query("order.date_created.to")) &&
    isWithin(order.createdAt, c.req.query("date_created.from"), c.req.query("date_created.to")) &&
    isWithin(
      order.updatedAt,
      c.req.query("order.date_last_updated.from"),
      c.req.query("order.date_last_updated.to"),
    ) &&
    (!c.req.query("tags") || order.tags.includes(c.req.query("tags") ?? "")) &&
    (!c.req.query("q") || `${order.id} ${order.lines[0]?.item.title}`.includes(c.req.query("q") ?? ""))
  );
}

function isWithin(date: Date, from: string | undefined, to: string | undefined): boolean {
  const hour = (text: string) => {
    const at = new Date(text).getTime();
    if (Number.isNaN(at)) throw standard(400, "bad_request", `Invalid date ${text}`);
    return Math.floor(at / 3_600_000) * 3_600_000;
  };
  if (from && date.getTime() < hour(from)) return false;
  return !to || date.getTime() < hour(to) + 3_600_000;
}

function paging(c: ApiContext): { limit: number; offset: number } {
  const limit = Number(c.req.query("limit") ?? PAGE_SIZE);
  const offset = Number(c.req.query("offset") ?? 0);
  if (!Number.isInteger(limit) || !Number.isInteger(offset) || limit < 1 || offset < 0) {
    throw standard(400, "bad_request", "Invalid limit or offset");
  }
  // questions-and-contacts.md 5.1b: the page size is 50
  if (limit > PAGE_SIZE) throw standard(400, "bad_request", "Limit must be a lower or equal than 50");
  return { limit, offset };
}
