import { randomUUID } from "node:crypto";
import type { Hono } from "hono";
import { z } from "zod";
import { missing, read } from "@/sandbox/control/control-body";
import { NoticeFaults } from "@/sandbox/notifications/notice-faults";
import type { Notifier } from "@/sandbox/notifications/notifier";
import { subscriptionView } from "@/sandbox/notifications/subscriptions";
import type { World } from "@/sandbox/world/world";

const Registration = z.strictObject({
  callbackUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .optional(),
  topics: z.array(z.string().min(1)).optional(),
  clientId: z.string().optional(),
});

const TopicSwitch = z.strictObject({
  topic: z.string().min(1),
  on: z.boolean(),
  clientId: z.string().optional(),
});

/** A notice of one's own: another topic, a forged one, a broken one (notifications.md 7.3). */
const Free = z.strictObject({
  topic: z.string(),
  resource: z.string(),
  userId: z.string(),
  actions: z.array(z.string()).optional(),
  idKey: z.enum(["id", "_id", "none"]).optional(),
  noticeId: z.string().optional(),
  applicationId: z.string().optional(),
  stringUserId: z.boolean().default(false),
  attempts: z.number().int().min(1).default(1),
  received: z.iso.datetime({ offset: true }).optional(),
  extra: z.record(z.string(), z.unknown()).optional(),
  raw: z.string().optional(),
  times: z.number().int().min(1).max(100_000).default(1),
  gapMs: z.number().int().min(0).default(0),
  sameId: z.boolean().default(false),
  retries: z.boolean().default(false),
  clientId: z.string().optional(),
});

/** `/__sandbox/notifications...`: who is told, what was sent, and what goes wrong with it. */
export function notificationRoutes(world: World, notifier: Notifier, app: Hono): void {
  const { subscriptions, log, fates } = notifier;
  const clientOf = (id: string | undefined) => {
    const client = id ? world.clients.get(id) : [...world.clients.values()][0];
    if (!client) throw missing("client", id ?? "");
    return client.id;
  };

  app.get("/notifications", (c) =>
    c.json({
      subscriptions: subscriptions.all().map(subscriptionView),
      faults: fates.order,
      totals: log.totals(),
      ack: log.ack(),
      notices: log.find(c.req.query()),
    }),
  );
  app.post("/notifications", async (c) => {
    const { clientId, ...change } = await read(c, Registration);
    return c.json(subscriptionView(subscriptions.change(clientOf(clientId), change)));
  });
  app.post("/notifications/topics", async (c) => {
    const { clientId, topic, on } = await read(c, TopicSwitch);
    return c.json(subscriptionView(subscriptions.switch(clientOf(clientId), topic, on)));
  });
  app.post("/notifications/clear", (c) => {
    notifier.clear();
    return c.json({});
  });
  app.post("/notifications/flush", async (c) => c.json(await notifier.flush()));

  app.get("/notifications/faults", (c) => c.json(fates.order));
  app.post("/notifications/faults", async (c) => {
    fates.set(await read(c, NoticeFaults));
    return c.json(fates.order);
  });

  app.post("/notifications/send", async (c) => {
    const free = await read(c, Free);
    const clientId = clientOf(free.clientId);
    const noticeId = free.noticeId ?? randomUUID();
    const ids: number[] = [];
    const send = (first: boolean) => {
      const id = notifier.send({
        clientId,
        topic: free.topic,
        resource: free.resource,
        userId: free.userId,
        actions: free.actions ?? null,
        noticeId: first || free.sameId ? noticeId : randomUUID(),
        receivedAt: free.received ?? world.now().toISOString(),
        isRetried: free.retries,
        shape: {
          idKey: free.idKey,
          isTextUserId: free.stringUserId,
          applicationId: free.applicationId,
          extra: free.extra,
          raw: free.raw,
          firstAttempt: free.attempts,
        },
      });
      ids.push(id);
    };
    for (let time = 0; time < free.times; time += 1)
      notifier.after(time * free.gapMs, () => send(time === 0));
    return c.json({ ids }, 202);
  });
}
