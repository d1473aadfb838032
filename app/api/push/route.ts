import { route } from "@/lib/server/http/route";
import { readPush, subscribe, unsubscribe } from "@/lib/server/push/subscriptions";
import { PushStateSchema, SubscribeBody } from "@/lib/shared/api/push";

export const GET = route({ reply: PushStateSchema }, ({ ctx }) => readPush(ctx));

export const PUT = route({ body: SubscribeBody, reply: PushStateSchema }, ({ ctx, body }) =>
  subscribe(ctx, body),
);

export const DELETE = route({ reply: PushStateSchema }, ({ ctx }) => unsubscribe(ctx));
