import { route } from "@/lib/server/http/route";
import { confirmAct } from "@/lib/server/inbox/claim-acts";
import { ActBody, ActSchema } from "@/lib/shared/api/claim";
import { ThreadParams, ThreadQuery } from "@/lib/shared/api/thread";

export const POST = route(
  { params: ThreadParams, query: ThreadQuery, body: ActBody, reply: ActSchema },
  ({ ctx, params, query, body }) => confirmAct(ctx.session, { ...params, ...query }, body),
);
