import { route } from "@/lib/server/http/route";
import { markReadNow } from "@/lib/server/inbox/acts";
import { ThreadRowSchema } from "@/lib/shared/api/inbox";
import { ThreadParams, ThreadQuery } from "@/lib/shared/api/thread";

export const POST = route(
  { params: ThreadParams, query: ThreadQuery, reply: ThreadRowSchema },
  ({ ctx, params, query }) => markReadNow(ctx.session, { ...params, ...query }),
);
