import type { Hono } from "hono";
import { z } from "zod";
import { missing, read, threadAt } from "@/sandbox/control/control-body";
import { rule } from "@/sandbox/messages/moderation";
import { setState, stateOf } from "@/sandbox/messages/state";
import type { World } from "@/sandbox/world/world";

const State = z.strictObject({
  status: z.enum(["active", "blocked"]),
  substatus: z.string().nullable().default(null),
  /** True: the sale changed, which notifies; a state alone does not (messages.md 8, "refresh state too"). */
  notify: z.boolean().default(false),
});

const Moderation = z.strictObject({
  /** null frees the message. */
  reason: z.string().nullable(),
  afterMs: z.number().int().min(0).default(0),
});

const FileChange = z.strictObject({ gone: z.boolean().optional(), threat: z.boolean().optional() });

/** What happens to a conversation without anybody writing: states, moderation, agents, files that vanish. */
export function troubleRoutes(world: World, app: Hono): void {
  app.post("/threads/:packId/state", async (c) => {
    const thread = threadAt(world, c.req.param("packId"));
    const { status, substatus, notify } = await read(c, State);
    setState(world, thread, status, substatus);
    // notifications.md 2: any change of the sale notifies
    if (notify) for (const order of thread.orders) world.emit("order_changed", thread, order.id);
    return c.json(stateOf(world, thread));
  });
  app.post("/threads/:packId/agent", async (c) => {
    const thread = threadAt(world, c.req.param("packId"));
    // messages.md 4.3: a thread is migrated while it runs; what was written keeps its sender
    thread.isAgent = (await read(c, z.strictObject({ on: z.boolean() }))).on;
    return c.json({ isAgent: thread.isAgent });
  });
  app.post("/threads/:packId/length", async (c) => {
    const thread = threadAt(world, c.req.param("packId"));
    const Length = z.strictObject({ max: z.number().int().min(0).nullable() });
    thread.sellerMaxLength = (await read(c, Length)).max;
    return c.json({ max: thread.sellerMaxLength });
  });
  app.post("/threads/:packId/caps", async (c) => {
    const thread = threadAt(world, c.req.param("packId"));
    const caps = await read(c, z.record(z.string(), z.number().int().min(0)));
    for (const [id, left] of Object.entries(caps)) thread.caps.set(id, left);
    return c.json(Object.fromEntries(thread.caps));
  });

  app.post("/messages/:id/moderation", async (c) => {
    const found = world.messages.get(c.req.param("id"));
    if (!found) throw missing("message", c.req.param("id"));
    const { reason, afterMs } = await read(c, Moderation);
    const { message, thread } = found;
    const wasHeld = message.notifiedAt === null;
    rule(world, message, reason, new Date(world.now().getTime() + afterMs));
    // a buyer's message that is freed reaches the seller now
    if (wasHeld && message.notifiedAt) world.emit("message_created", thread, message.id);
    return c.json({ status: message.status, moderation: message.moderation, verdict: message.verdict });
  });

  app.post("/files/:filename", async (c) => {
    const file = world.attachments.get(c.req.param("filename"));
    if (!file) throw missing("file", c.req.param("filename"));
    const { gone, threat } = await read(c, FileChange);
    if (gone !== undefined) file.isGone = gone;
    if (threat !== undefined) file.isThreat = threat;
    return c.json({ filename: file.filename, gone: file.isGone, threat: file.isThreat });
  });
}
