import { route } from "@/lib/server/http/route";
import { refreshThread } from "@/lib/server/inbox/read-thread";
import { ThreadParams, ThreadQuery, ThreadViewSchema } from "@/lib/shared/api/thread";

export const POST = route(
  { params: ThreadParams, query: ThreadQuery, reply: ThreadViewSchema },
  ({ ctx, params, query }) => refreshThread(ctx.session, { ...params, ...query }),
);
