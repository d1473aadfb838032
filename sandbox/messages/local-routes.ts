import { Hono } from "hono";
import { guideRoutes } from "@/sandbox/messages/action-guide";
import { attachmentRoutes } from "@/sandbox/messages/attachment-routes";
import { readConversation, readMessage, threadOf } from "@/sandbox/messages/conversation";
import { forbidden, messageRefusal } from "@/sandbox/messages/refuse";
import { sendMessage } from "@/sandbox/messages/send";
import { localUnread, localUnreadOf } from "@/sandbox/messages/unread";
import type { ApiEnv } from "@/sandbox/world/guard";
import { guard } from "@/sandbox/world/guard";
import { notFound } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

/** `/messages/...`: one country (messages.md 2 and 3). */
export function localMessageRoutes(world: World): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.use("*", guard(world, "messages"), async (c, next) => {
    if (c.var.seller.isModel6) throw forbidden();
    // messages.md 2.1: mandatory on every /messages call; the wording is ours
    if (c.req.query("tag") !== "post_sale") {
      throw messageRefusal(world, "LOCAL", 400, "bad_request", "The queryparam 'tag' is required");
    }
    await next();
  });

  app.get("/unread", (c) => {
    // messages.md 8: one integrator got 404 here
    if (world.settings.unreadPath === "marketplace") throw notFound();
    return c.json(localUnread(world, c));
  });
  for (const path of ["/unread/packs/:pack/sellers/:seller", "/unread/packs/:pack"] as const) {
    app.get(path, (c) => c.json(localUnreadOf(world, c, c.req.param("pack"))));
  }
  // messages.md 2.6, row 400
  app.get("/unread/*", () => {
    throw messageRefusal(world, "LOCAL", 400, "bad_request", "Messages id empty or invalid");
  });
  app.route("/attachments", attachmentRoutes(world, "LOCAL"));
  app.route("/action_guide", guideRoutes(world));

  // messages.md 5: a Global Selling account reads state and marks read on this path too
  for (const path of [
    "/packs/:pack/sellers/:seller",
    "/packs/:pack/sellers/:seller/conversations/:type",
  ] as const) {
    app.get(path, (c) => {
      const thread = threadOf(world, c, "LOCAL", c.req.param("pack"), c.req.param("seller"));
      return c.json(readConversation(world, c, { profile: "LOCAL", thread, marksRead: true }));
    });
    app.post(path, (c) => {
      if (c.var.seller.siteId === "CBT") throw forbidden();
      const thread = threadOf(world, c, "LOCAL", c.req.param("pack"), c.req.param("seller"));
      return sendMessage(world, c, "LOCAL", thread);
    });
  }
  app.get("/:id", (c) => c.json(readMessage(world, c, "LOCAL", c.req.param("id"))));
  return app;
}
