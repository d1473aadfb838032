import { Hono } from "hono";
import { z } from "zod";
import type { Bursts } from "@/sandbox/control/bursts";
import { claimControl } from "@/sandbox/control/claim-control";
import { claimPlay } from "@/sandbox/control/claim-play";
import { missing, read, threadAt } from "@/sandbox/control/control-body";
import { createSeller } from "@/sandbox/control/create-seller";
import { createThread } from "@/sandbox/control/create-thread";
import { leadControl } from "@/sandbox/control/lead-control";
import type { LivingShop } from "@/sandbox/control/living-shop";
import { playRoutes } from "@/sandbox/control/play-routes";
import { questionControl } from "@/sandbox/control/question-control";
import { questionView } from "@/sandbox/control/question-views";
import { SellerSeed, ThreadSeed } from "@/sandbox/control/seeds";
import { troubleRoutes } from "@/sandbox/control/trouble-routes";
import { seededView, sellerView, threadRow, threadView } from "@/sandbox/control/views";
import { unreadOf } from "@/sandbox/messages/conversation";
import { setState } from "@/sandbox/messages/state";
import { notificationRoutes } from "@/sandbox/notifications/notification-routes";
import type { Notifier } from "@/sandbox/notifications/notifier";
import { buildShops } from "@/sandbox/shops/build-shops";
import { FaultOrder } from "@/sandbox/world/faults";
import type { Thread } from "@/sandbox/world/model";
import { answer, Refusal } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

const Sellers = z.strictObject({ sellerId: z.string() });

/** `/__sandbox/...`: seeding, playing the buyer, time, faults, calls. JSON in and out; README.md lists it. */
export function controlRoutes(
  world: World,
  { living, bursts, notifier }: { living: LivingShop; bursts: Bursts; notifier: Notifier },
): Hono {
  const app = new Hono().basePath("/__sandbox");

  // a page of another site must not steer the sandbox through somebody's browser
  app.use("*", async (c, next) => {
    if (c.req.header("sec-fetch-site") === "cross-site")
      throw new Refusal(403, { error: "cross-site calls are refused" });
    await next();
  });
  app.get("/state", (c) => c.json(stateView(world, living)));
  app.post("/settings", async (c) => {
    world.change(await read(c, z.record(z.string(), z.unknown())));
    return c.json(world.settings);
  });
  app.post("/reset", async (c) => {
    const { scenario } = await read(
      c,
      z.strictObject({ scenario: z.enum(["shops", "empty"]).default("empty") }),
    );
    living.stop();
    bursts.clear();
    world.clear();
    notifier.reset();
    if (scenario === "shops") buildShops(world);
    return c.json(stateView(world, living));
  });
  app.post("/clock", async (c) => {
    await world.advance((await read(c, z.strictObject({ advanceMs: z.number() }))).advanceMs);
    return c.json({ now: world.now() });
  });

  app.post("/clients", async (c) => {
    const Client = z.strictObject({
      id: z.string(),
      secret: z.string(),
      name: z.string().default("Application"),
      redirectUris: z.array(z.string()),
    });
    const client = await read(c, Client);
    world.clients.set(client.id, client);
    return c.json(client, 201);
  });
  app.post("/sellers", async (c) => {
    const { seller, threads, questions } = createSeller(world, await read(c, SellerSeed));
    return c.json(
      {
        ...sellerView(seller),
        threads: threads.map(seededView),
        questions: questions.map((question) => questionView(world, question)),
      },
      201,
    );
  });

  app.get("/threads", (c) =>
    c.json({ threads: search(world, c.req.query("sellerId"), c.req.query("q") ?? "") }),
  );
  app.post("/threads", async (c) => {
    const { sellerId, thread } = await read(c, z.strictObject({ sellerId: z.string(), thread: ThreadSeed }));
    const seller = world.sellers.get(sellerId);
    if (!seller) throw missing("seller", sellerId);
    const made = createThread(world, seller, thread);
    // notifications.md 2: orders notify their creation
    for (const order of made.orders) world.emit("order_changed", made, order.id);
    return c.json(seededView(made), 201);
  });
  app.get("/threads/:packId", (c) => c.json(threadView(world, threadAt(world, c.req.param("packId")))));
  app.post("/threads/:packId/shipment", async (c) => {
    const thread = threadAt(world, c.req.param("packId"));
    const { shipment, orders } = thread;
    if (!shipment) throw missing("shipment of", c.req.param("packId"));
    const Change = z.strictObject({ status: z.string(), substatus: z.string().nullable().default(null) });
    Object.assign(shipment, await read(c, Change), { updatedAt: world.now() });
    // messages.md 6: a Full sale opens when its parcel is delivered
    if (shipment.status === "delivered" && thread.substatus === "blocked_by_fulfillment") {
      setState(world, thread, "active", null);
    }
    world.emit("shipment_changed", thread, shipment.id);
    // notifications.md 2: any change of the sale notifies, and moves its date
    for (const order of orders) {
      order.updatedAt = world.now();
      world.emit("order_changed", thread, order.id);
    }
    return c.json(shipment);
  });

  troubleRoutes(world, app);
  playRoutes(world, bursts, app);
  claimControl(world, app);
  claimPlay(world, app);
  questionControl(world, app);
  leadControl(world, app);
  notificationRoutes(world, notifier, app);

  app.get("/unread", (c) => {
    const sellerId = c.req.query("sellerId") ?? "";
    const owner = world.ownerOf.get(sellerId)?.seller.id ?? sellerId;
    const packs = (world.threadsOf.get(owner) ?? [])
      .filter((thread) => sellerId === owner || thread.localSellerId === sellerId)
      .map((thread) => ({ packId: thread.packId, count: unreadOf(thread) }))
      .filter((one) => one.count > 0);
    return c.json({ packs });
  });
  app.get("/files/:filename", (c) => {
    const file = world.attachments.get(c.req.param("filename"));
    if (!file) throw missing("file", c.req.param("filename"));
    const name = encodeURIComponent(file.originalFilename);
    return c.body(new Uint8Array(file.bytes), 200, {
      "content-type": file.type,
      "content-disposition": `inline; filename*=UTF-8''${name}`,
      "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
      "x-content-type-options": "nosniff",
    });
  });

  app.get("/calls", (c) => c.json({ calls: world.calls.find(c.req.query()) }));
  app.post("/calls/clear", (c) => {
    world.calls.clear();
    world.usage.clear(world.now());
    return c.json({});
  });
  app.get("/usage", (c) => c.json(world.usage.view()));
  app.post("/usage/clear", (c) => {
    world.usage.clear(world.now());
    return c.json({});
  });
  app.get("/faults", (c) => c.json({ faults: world.faults.waiting() }));
  app.post("/faults", async (c) => c.json({ id: world.faults.add(await read(c, FaultOrder)) }, 201));
  app.post("/faults/clear", (c) => {
    world.faults.clear();
    return c.json({});
  });
  app.post("/faults/release", (c) => {
    world.faults.release();
    return c.json({});
  });

  app.post("/grants/revoke", async (c) =>
    c.json({ revoked: world.grants.revoke((await read(c, Sellers)).sellerId) }),
  );
  app.post("/tokens/expire", async (c) =>
    c.json({ expired: world.grants.expire((await read(c, Sellers.partial())).sellerId) }),
  );

  app.post("/living", async (c) => {
    const Living = z.strictObject({ on: z.boolean(), everyMs: z.number().int().min(50).optional() });
    const { on, everyMs } = await read(c, Living);
    if (on) living.start(everyMs);
    else living.stop();
    return c.json({ on: living.isOn, everyMs: living.everyMs });
  });

  app.notFound(() => missing("control address", "").toResponse());
  app.onError((error) => {
    if (error instanceof Refusal) return error.toResponse();
    if (error instanceof z.ZodError) return answer(422, { error: z.prettifyError(error) });
    return answer(error instanceof SyntaxError ? 422 : 500, { error: error.message });
  });
  return app;
}

function stateView(world: World, living: LivingShop): object {
  return {
    now: world.now(),
    sellers: [...world.sellers.values()].map(sellerView),
    settings: world.settings,
    living: { on: living.isOn, everyMs: living.everyMs },
  };
}

/** Newest first; `q` looks into buyer, product, pack id and substatus. */
function search(world: World, sellerId: string | undefined, q: string): object[] {
  const threads = sellerId ? (world.threadsOf.get(sellerId) ?? []) : [...world.threads.values()];
  const at = (thread: Thread) => (thread.messages.at(-1)?.createdAt ?? thread.soldAt).getTime();
  const wanted = q.trim().toLowerCase();
  return threads
    .toSorted((a, b) => at(b) - at(a))
    .map((thread) => threadRow(world, thread))
    .filter((row) => !wanted || JSON.stringify(Object.values(row)).toLowerCase().includes(wanted));
}
