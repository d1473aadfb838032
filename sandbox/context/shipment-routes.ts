import { Hono } from "hono";
import { wireShipment } from "@/sandbox/context/views";
import type { ApiContext, ApiEnv } from "@/sandbox/world/guard";
import { guard } from "@/sandbox/world/guard";
import type { Thread } from "@/sandbox/world/model";
import { standard } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

/** Shipments and the orders in them (questions-and-contacts.md 5.4). */
export function shipmentRoutes(world: World): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  for (const path of ["/shipments/*", "/marketplace/shipments/*"]) app.use(path, guard(world, "shipments"));

  for (const path of ["/shipments/:id", "/marketplace/shipments/:id"] as const) {
    app.get(path, (c) => {
      // questions-and-contacts.md 5.4: mandatory since 12/10/2025
      if (c.req.header("x-format-new") !== "true") {
        throw standard(400, "bad_request", "The header x-format-new: true is required");
      }
      return c.json({ ...wireShipment(threadOf(world, c, c.req.param("id"))) });
    });
  }

  app.get("/shipments/:id/orders", (c) => {
    const thread = threadOf(world, c, c.req.param("id"));
    return c.json(
      thread.orders.flatMap((order) =>
        order.lines.map((line) => ({
          order_id: order.id,
          pack_id: order.packId ?? order.id,
          item_id: line.item.id,
          variation_id: line.variationId,
          user_product_id: null,
          seller_id: Number(thread.localSellerId),
          requested_quantity: line.quantity,
        })),
      ),
    );
  });
  return app;
}

function threadOf(world: World, c: ApiContext, id: string): Thread {
  const found = world.shipments.get(id);
  if (!found) throw standard(404, "not_found", `Shipment ${id} not found`);
  if (found.thread.sellerId !== c.var.seller.id) throw standard(403, "forbidden", "access denied");
  return found.thread;
}
