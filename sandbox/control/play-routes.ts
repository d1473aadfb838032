import type { Hono } from "hono";
import { z } from "zod";
import { AttachmentSeed } from "@/sandbox/control/attachment-seed";
import type { Bursts } from "@/sandbox/control/bursts";
import { buyerPays, buyerReads, buyerWrites } from "@/sandbox/control/buyer-acts";
import { missing, read, threadAt } from "@/sandbox/control/control-body";
import { markRead, visibleTo } from "@/sandbox/messages/conversation";
import { judge } from "@/sandbox/messages/moderation";
import { newSellerMessage } from "@/sandbox/messages/send";
import { stateOf } from "@/sandbox/messages/state";
import { Refusal } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

const BuyerMessage = z.strictObject({
  packId: z.string(),
  text: z.string(),
  translated: z.string().optional(),
  attachments: z.array(AttachmentSeed).optional(),
  /** A reason: the message is moderated, the seller never sees it, the unread count does. */
  moderatedFor: z.string().optional(),
  /** Let the moderation words judge the text, as they judge a seller's. */
  judged: z.boolean().default(false),
});

const SellerMessage = z.strictObject({
  packId: z.string(),
  text: z.string(),
  /** Opening the conversation marks what the buyer wrote (messages.md 8). */
  reads: z.boolean().default(true),
});

const BurstBody = z.strictObject({
  count: z.number().int().min(1).max(100_000),
  perSecond: z.number().positive().max(5_000),
  sellerId: z.string().optional(),
  sellerIds: z.array(z.string()).optional(),
  packIds: z.array(z.string()).optional(),
  text: z.string().min(1).default("Mensaje"),
});

const OnePack = z.strictObject({ packId: z.string() });

/** Playing the buyer, the agent, and the seller in Mercado Libre's own app. */
export function playRoutes(world: World, bursts: Bursts, app: Hono): void {
  app.post("/buyer/message", async (c) => {
    const { packId, judged, moderatedFor, ...rest } = await read(c, BuyerMessage);
    const thread = threadAt(world, packId);
    const reason = moderatedFor ?? (judged ? judge(world, rest.text) : null) ?? undefined;
    const message = buyerWrites(world, thread, { ...rest, moderatedFor: reason });
    return c.json({ messageId: message.id, state: stateOf(world, thread) }, 201);
  });
  app.post("/buyer/read", async (c) => {
    buyerReads(world, threadAt(world, (await read(c, OnePack)).packId));
    return c.json({});
  });
  app.post("/buyer/pay", async (c) => {
    const thread = threadAt(world, (await read(c, OnePack)).packId);
    buyerPays(world, thread);
    return c.json(stateOf(world, thread));
  });

  app.post("/seller/message", async (c) => {
    const { packId, text, reads } = await read(c, SellerMessage);
    const thread = threadAt(world, packId);
    if (reads) markRead(world, thread, visibleTo(world, thread));
    // messages.md 2.1: `client_id` is empty when no application wrote it
    const message = newSellerMessage(world, thread, {
      text,
      textTranslated: null,
      clientId: null,
      optionId: null,
    });
    world.addMessage(thread, message);
    return c.json({ messageId: message.id }, 201);
  });
  app.post("/agent/message", async (c) => {
    const { packId, text } = await read(c, OnePack.extend({ text: z.string() }));
    const thread = threadAt(world, packId);
    // messages.md 0.4: on such threads what arrives is from the agent's id
    if (!thread.isAgent) throw new Refusal(409, { error: `thread ${packId} has no agent` });
    const message = buyerWrites(world, thread, { text });
    return c.json({ messageId: message.id, state: stateOf(world, thread) }, 201);
  });

  app.post("/buyer/burst", async (c) => {
    const { sellerId, sellerIds, ...order } = await read(c, BurstBody);
    const burst = bursts.start({ ...order, sellerIds: sellerId ? [sellerId] : sellerIds });
    if (!burst) throw new Refusal(422, { error: "no conversation that a buyer can write in" });
    return c.json({ id: burst.id, state: burst.state }, 202);
  });
  app.get("/buyer/burst/:id", (c) => {
    const burst = bursts.get(c.req.param("id"));
    if (!burst) throw missing("burst", c.req.param("id"));
    return c.json(burst);
  });
  app.post("/buyer/burst/:id/stop", (c) => {
    const burst = bursts.stop(c.req.param("id"));
    if (!burst) throw missing("burst", c.req.param("id"));
    return c.json(burst);
  });
}
