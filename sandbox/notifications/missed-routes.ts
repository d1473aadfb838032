import { Hono } from "hono";
import type { Notifier } from "@/sandbox/notifications/notifier";
import type { ApiEnv } from "@/sandbox/world/guard";
import { guard } from "@/sandbox/world/guard";
import { standard } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

/** `GET /missed_feeds`: what was given up in the last 2 days (notifications.md 5). */
export function missedRoutes(world: World, notifier: Notifier): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.use("/missed_feeds", guard(world, "missed_feeds"));
  app.get("/missed_feeds", (c) => {
    const { app_id: appId, topic, site_id: siteId, limit = "10", offset = "0" } = c.req.query();
    if (!appId) throw standard(400, "bad_request", "app_id is required");
    if (appId !== c.var.grant.clientId) throw standard(403, "forbidden", "The application is not the caller");
    // notifications.md 11: which token it needs is unknown
    const owner = world.grants.list({ clientId: appId })[0]?.sellerId;
    if (world.settings.missedFeedsToken === "owner" && c.var.seller.id !== owner) {
      throw standard(403, "forbidden", "The caller is not the owner of the application");
    }
    if (topic === "items" && !siteId) throw standard(400, "bad_request", "site_id is required for items");
    if (!/^[1-9]\d*$/.test(limit) || !/^\d+$/.test(offset)) {
      throw standard(400, "bad_request", "Invalid limit or offset");
    }
    const body = notifier.missed.page(world.now(), {
      clientId: appId,
      topic,
      siteId,
      limit: Number(limit),
      offset: Number(offset),
      newestFirst: world.settings.missedOrder === "newest",
    });
    return c.body(body, 200, { "content-type": "application/json" });
  });
  return app;
}
