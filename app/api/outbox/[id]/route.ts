import { route } from "@/lib/server/http/route";
import { decideReply } from "@/lib/server/inbox/replies";
import { OutboxActBody, OutboxParams, OutboxSchema } from "@/lib/shared/api/thread";

export const POST = route(
  { params: OutboxParams, body: OutboxActBody, reply: OutboxSchema },
  ({ ctx, params, body }) => decideReply(ctx.session, params.id, body.act, body.seen),
);
