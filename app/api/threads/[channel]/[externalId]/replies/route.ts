import { route } from "@/lib/server/http/route";
import { enqueue } from "@/lib/server/inbox/replies";
import { OutboxSchema, ReplyBody, ThreadParams, ThreadQuery } from "@/lib/shared/api/thread";

export const POST = route(
  { params: ThreadParams, query: ThreadQuery, body: ReplyBody, reply: OutboxSchema },
  ({ ctx, params, query, body }) => enqueue(ctx.session, { ...params, ...query }, body),
);
