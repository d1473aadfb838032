import { Hono } from "hono";
import { contactsOn, contactsOnAll } from "@/sandbox/leads/contact-counts";
import { idsOf, wireSeries, wireTotal } from "@/sandbox/leads/contact-series";
import type { ContactKind } from "@/sandbox/leads/model";
import { CONTACT_KINDS } from "@/sandbox/leads/model";
import { badRequest, visRefusal, wrongCaller } from "@/sandbox/leads/refuse";
import type { ApiContext, ApiEnv } from "@/sandbox/world/guard";
import { guard } from "@/sandbox/world/guard";
import type { Item } from "@/sandbox/world/model";
import { notFound } from "@/sandbox/world/refusal";
import type { SiteId } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

/** Contact counters of classified listings (questions-and-contacts.md 4.1). They stand before items and users, whose
 *  addresses are shorter. */
export function contactRoutes(world: World): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  for (const path of ["/items/:id/contacts/*", "/users/:id/contacts/*", "/items/contacts/*"]) {
    app.use(path, guard(world, "contacts"));
  }

  app.get("/items/contacts/:kind/time_window", (c) => {
    if (world.settings.contactListPath === "item") throw notFound();
    return c.json(seriesOfItems(world, c, kindOf(c.req.param("kind"))));
  });
  app.get("/items/:id/contacts/:kind/time_window", (c) => {
    const kind = kindOf(c.req.param("kind"));
    // questions-and-contacts.md 4.1, 8: a list on the path of one listing, as it is printed for questions
    if (c.req.query("ids") !== undefined && world.settings.contactListPath !== "collection") {
      return c.json(seriesOfItems(world, c, kind));
    }
    return c.json(seriesOfItem(world, c, ownItem(world, c, c.req.param("id")), kind));
  });
  app.get("/items/:id/contacts/:kind", (c) => {
    const kind = kindOf(c.req.param("kind"));
    const item = ownItem(world, c, c.req.param("id"));
    const asked = { kind, siteId: item.siteId, query: c.req.query() };
    return c.json({ ...wireTotal(world, asked, contactsOn(world, item, kind)), item_id: item.id });
  });

  app.get("/users/:id/contacts/:kind/time_window", (c) => {
    const kind = kindOf(c.req.param("kind"));
    const { items, siteId } = ownItems(world, c, c.req.param("id"));
    const asked = { kind, siteId, query: c.req.query() };
    // questions-and-contacts.md 4.1: a text, although the path is numeric
    return c.json({
      user_id: c.req.param("id"),
      ...wireSeries(world, asked, contactsOnAll(world, items, kind)),
    });
  });
  app.get("/users/:id/contacts/:kind", (c) => {
    const kind = kindOf(c.req.param("kind"));
    const { items, siteId } = ownItems(world, c, c.req.param("id"));
    const asked = { kind, siteId, query: c.req.query() };
    return c.json({
      ...wireTotal(world, asked, contactsOnAll(world, items, kind)),
      user_id: c.req.param("id"),
    });
  });
  return app;
}

/** questions-and-contacts.md 4.1: an array, one series each; what is not there or not the caller's own is left out. */
function seriesOfItems(world: World, c: ApiContext, kind: ContactKind): object[] {
  return idsOf(world, c.req.query()).flatMap((id) => {
    const item = world.items.get(id);
    return item?.sellerId === c.var.seller.id ? [seriesOfItem(world, c, item, kind)] : [];
  });
}

function seriesOfItem(world: World, c: ApiContext, item: Item, kind: ContactKind): object {
  const asked = { kind, siteId: item.siteId, query: c.req.query() };
  return { item_id: item.id, ...wireSeries(world, asked, contactsOn(world, item, kind)) };
}

function kindOf(text: string): ContactKind {
  const kind = CONTACT_KINDS.find((one) => one === text);
  if (!kind) throw notFound();
  return kind;
}

function ownItem(world: World, c: ApiContext, id: string): Item {
  const item = world.items.get(id);
  if (!item) throw visRefusal(404, "not_found", "item not found");
  if (item.sellerId !== c.var.seller.id) throw wrongCaller();
  return item;
}

function ownItems(world: World, c: ApiContext, userId: string): { items: Item[]; siteId: SiteId } {
  if (!/^\d+$/.test(userId)) throw badRequest("error decoding 'user_id'. It must be string or number");
  const owner = world.ownerOf.get(userId);
  if (owner?.seller.id !== c.var.seller.id) throw wrongCaller();
  const items = [...world.items.values()].filter((item) => item.localSellerId === userId);
  return { items, siteId: owner.siteId };
}
