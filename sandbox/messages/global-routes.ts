import { Hono } from "hono";
import { attachmentRoutes } from "@/sandbox/messages/attachment-routes";
import { readConversation, readMessage, threadOf } from "@/sandbox/messages/conversation";
import { forbidden } from "@/sandbox/messages/refuse";
import { sendMessage } from "@/sandbox/messages/send";
import { globalUnread } from "@/sandbox/messages/unread";
import type { ApiEnv } from "@/sandbox/world/guard";
import { guard } from "@/sandbox/world/guard";
import { notFound } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

/** `/marketplace/messages/...`: Global Selling (messages.md 5). */
export function globalMessageRoutes(world: World): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.use("*", guard(world, "messages"), async (c, next) => {
    // messages.md 8: an integrator of one country settled on this list
    const isOpenToAll =
      world.settings.unreadPath === "marketplace" && c.req.path === "/marketplace/messages/unread";
    if ((c.var.seller.siteId !== "CBT" && !isOpenToAll) || c.var.seller.isModel6) throw forbidden();
    await next();
  });

  app.get("/unread", (c) => c.json(globalUnread(world, c)));
  app.route("/attachments", attachmentRoutes(world, "GLOBAL"));

  app.get("/packs/:pack", (c) => {
    if (world.settings.globalReadForm === "old") throw notFound();
    const thread = threadOf(world, c, "GLOBAL", c.req.param("pack"));
    const marksRead = world.settings.globalReadMarks;
    return c.json(readConversation(world, c, { profile: "GLOBAL", thread, marksRead }));
  });
  app.get("/packs/:pack/sellers/:seller", (c) => {
    if (world.settings.globalReadForm === "new") throw notFound();
    const thread = threadOf(world, c, "GLOBAL", c.req.param("pack"), c.req.param("seller"));
    return c.json(readConversation(world, c, { profile: "GLOBAL", thread, marksRead: true }));
  });
  app.post("/packs/:pack", (c) =>
    sendMessage(world, c, "GLOBAL", threadOf(world, c, "GLOBAL", c.req.param("pack"))),
  );
  app.get("/:id", (c) => c.json(readMessage(world, c, "GLOBAL", c.req.param("id"))));
  return app;
}
