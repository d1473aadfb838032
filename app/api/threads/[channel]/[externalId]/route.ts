import { route } from "@/lib/server/http/route";
import { readThread } from "@/lib/server/inbox/read-thread";
import { ThreadParams, ThreadQuery, ThreadViewSchema } from "@/lib/shared/api/thread";
import { AppError } from "@/lib/shared/errors";

export const GET = route(
  { params: ThreadParams, query: ThreadQuery, reply: ThreadViewSchema },
  async ({ ctx, params, query }) => {
    const view = await readThread(ctx.session, { ...params, ...query });
    if (view === null) throw new AppError("not_found", "no such thread");
    return view;
  },
);
