import { Hono } from "hono";
import { cbtIdOf, itemAt } from "@/sandbox/questions/item-ids";
import type { ApiEnv } from "@/sandbox/world/guard";
import { guard } from "@/sandbox/world/guard";
import type { Item, Seller } from "@/sandbox/world/model";
import { Refusal, standard } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

/** Items one by one and in bulk (questions-and-contacts.md 5.3). */
export function itemRoutes(world: World): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  for (const path of ["/items/*", "/marketplace/items/*", "/users/:id/items/search"]) {
    app.use(path, guard(world, "items"));
  }

  // questions-and-contacts.md 5.6: withdrawn on 25/10/2026
  app.get("/items", () => {
    throw standard(404, "not_found", "Resource not found.");
  });

  app.get("/items/bulk", (c) => {
    const ids = (c.req.query("ids") ?? "").split(",").filter(Boolean);
    // questions-and-contacts.md 5.3: 21 ids, and a repeated id, are a 400 for the whole call
    if (ids.length === 0 || ids.length > 20)
      throw standard(400, "bad_request", "ids must hold 1 to 20 values");
    if (new Set(ids).size !== ids.length) throw standard(400, "bad_request", "ids must not repeat");
    const wanted = c.req.query("attributes")?.split(",");
    return c.json(ids.map((id) => bulkElement(itemAt(world, id), id, c.var.seller, wanted)));
  });

  for (const path of ["/items/:id", "/marketplace/items/:id"] as const) {
    app.get(path, (c) => {
      const item = itemAt(world, c.req.param("id"));
      if (!item) throw standard(404, "not_found", `Item with id ${c.req.param("id")} not found`);
      // auth-and-limits.md 9: other sellers' items are closed to ordinary applications
      if (item.sellerId !== c.var.seller.id) throw accessDenied();
      const fields = c.req.query("attributes")?.split(",");
      return c.json(only(wireItem(item, c.req.param("id")), fields));
    });
  }

  // "items and searches" in the public documentation: ids only, with a paging object
  app.get("/users/:id/items/search", (c) => {
    const { seller } = c.var;
    const id = c.req.param("id");
    if (world.ownerOf.get(id)?.seller.id !== seller.id) throw accessDenied();
    const { status, offset = "0", limit = "50" } = c.req.query();
    if (!/^\d{1,7}$/.test(offset) || !/^\d{1,4}$/.test(limit))
      throw standard(400, "bad_request", "Invalid paging");
    const from = Number(offset);
    // beyond this its documentation sends to `search_type=scan`
    if (from > 1_000) throw standard(400, "bad_request", "offset must be at most 1000");
    const size = Math.min(Number(limit), 100);
    const own = [...world.items.values()].filter(
      (item) =>
        item.sellerId === seller.id &&
        (id === seller.id || item.localSellerId === id) &&
        (status === undefined || item.status === status),
    );
    const isAccount = seller.siteId === "CBT" && id === seller.id;
    const ids = own.map((item) => (isAccount ? cbtIdOf(item) : item.id));
    return c.json({
      seller_id: id,
      results: ids.slice(from, from + size),
      paging: { limit: size, offset: from, total: ids.length },
      query: null,
      orders: [],
      available_orders: [],
    });
  });
  return app;
}

/** Of a body, the fields that were asked for; all without a list. */
function only(body: Record<string, unknown>, fields: string[] | undefined): object {
  if (!fields) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => fields.includes(name)));
}

/** questions-and-contacts.md 5.3: an unknown id has no body; `attributes` drops what it does not name. */
function bulkElement(item: Item | null, id: string, seller: Seller, wanted: string[] | undefined): object {
  if (!item) return { status_code: 404 };
  if (item.sellerId !== seller.id) return { status_code: 403 };
  const body = wireItem(item, id);
  if (!wanted) return { status_code: 200, body };
  const fields = wanted.filter((name) => name.startsWith("body.")).map((name) => name.slice(5));
  return {
    ...(wanted.includes("status_code") ? { status_code: 200 } : {}),
    body: only(body, fields),
  };
}

/** Under its Global Selling id a listing is the account's own, on no country's site. */
function wireItem(item: Item, id: string): Record<string, unknown> {
  const isCbt = id.startsWith("CBT");
  return {
    id,
    site_id: isCbt ? "CBT" : item.siteId,
    title: item.title,
    seller_id: Number(isCbt ? item.sellerId : item.localSellerId),
    category_id: item.categoryId,
    price: item.price,
    currency_id: item.currency,
    available_quantity: item.stock,
    buying_mode: item.buyingMode,
    permalink: item.permalink,
    thumbnail: item.thumbnail?.replace("https:", "http:") ?? null,
    secure_thumbnail: item.thumbnail,
    status: item.status,
    sub_status: item.subStatus,
    attributes: item.attributes.map(({ id: key, name, value }) => ({
      id: key,
      name,
      value_id: null,
      value_name: value,
    })),
    variations: [],
  };
}

function accessDenied(): Refusal {
  return new Refusal(403, {
    status: 403,
    error: "access_denied",
    message: "access to the requested resource is forbidden",
    code: "FORBIDDEN",
  });
}
