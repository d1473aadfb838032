import { route } from "@/lib/server/http/route";
import { look } from "@/lib/server/inbox/acts";
import { Done } from "@/lib/shared/api/common";
import { LookedBody, ThreadParams, ThreadQuery } from "@/lib/shared/api/thread";

export const POST = route(
  { params: ThreadParams, query: ThreadQuery, body: LookedBody, reply: Done },
  async ({ ctx, params, query, body }) => {
    await look(ctx.session, { ...params, ...query }, body.messageId);
    return { ok: true as const };
  },
);
