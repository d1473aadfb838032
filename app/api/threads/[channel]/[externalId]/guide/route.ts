import { route } from "@/lib/server/http/route";
import { guideOf } from "@/lib/server/inbox/guide";
import { GuideSchema, ThreadParams, ThreadQuery } from "@/lib/shared/api/thread";

export const GET = route(
  { params: ThreadParams, query: ThreadQuery, reply: GuideSchema },
  ({ ctx, params, query }) => guideOf(ctx.session, { ...params, ...query }),
);
