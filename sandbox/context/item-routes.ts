import { Hono } from "hono";
import type { ApiEnv } from "@/sandbox/world/guard";
import { guard } from "@/sandbox/world/guard";
import type { Item, Seller } from "@/sandbox/world/model";
import { Refusal, standard } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

/** Items one by one and in bulk (questions-and-contacts.md 5.3). */
export function itemRoutes(world: World): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  for (const path of ["/items", "/items/*", "/marketplace/items/*"]) app.use(path, guard(world, "items"));

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
    return c.json(ids.map((id) => bulkElement(world.items.get(id), c.var.seller, wanted)));
  });

  for (const path of ["/items/:id", "/marketplace/items/:id"] as const) {
    app.get(path, (c) => {
      const item = world.items.get(c.req.param("id"));
      if (!item) throw standard(404, "not_found", `Item with id ${c.req.param("id")} not found`);
      // auth-and-limits.md 9: other sellers' items are closed to ordinary applications
      if (item.sellerId !== c.var.seller.id) throw accessDenied();
      return c.json(wireItem(item));
    });
  }
  return app;
}

/** questions-and-contacts.md 5.3: an unknown id has no body; `attributes` drops what it does not name. */
function bulkElement(item: Item | undefined, seller: Seller, wanted: string[] | undefined): object {
  if (!item) return { status_code: 404 };
  if (item.sellerId !== seller.id) return { status_code: 403 };
  const body = wireItem(item);
  if (!wanted) return { status_code: 200, body };
  const fields = wanted.filter((name) => name.startsWith("body.")).map((name) => name.slice(5));
  return {
    ...(wanted.includes("status_code") ? { status_code: 200 } : {}),
    body: Object.fromEntries(Object.entries(body).filter(([name]) => fields.includes(name))),
  };
}

function wireItem(item: Item): Record<string, unknown> {
  return {
    id: item.id,
    site_id: item.siteId,
    title: item.title,
    seller_id: Number(item.localSellerId),
    category_id: item.categoryId,
    price: item.price,
    currency_id: item.currency,
    available_quantity: item.stock,
    buying_mode: "buy_it_now",
    permalink: item.permalink,
    thumbnail: item.thumbnail?.replace("https:", "http:") ?? null,
    secure_thumbnail: item.thumbnail,
    status: item.status,
    sub_status: [],
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
