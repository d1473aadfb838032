import { route } from "@/lib/server/http/route";
import { readWhy } from "@/lib/server/inbox/why";
import { QuestionParams, WhySchema } from "@/lib/shared/api/question";
import { ThreadQuery } from "@/lib/shared/api/thread";

export const GET = route(
  { params: QuestionParams, query: ThreadQuery, reply: WhySchema },
  ({ ctx, params, query }) => readWhy(ctx.session, { ...params, ...query }),
);
