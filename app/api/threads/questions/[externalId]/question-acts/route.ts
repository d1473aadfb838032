import { route } from "@/lib/server/http/route";
import { actOnQuestion } from "@/lib/server/inbox/question-acts";
import { QuestionActBody, QuestionParams } from "@/lib/shared/api/question";
import { ThreadQuery, ThreadViewSchema } from "@/lib/shared/api/thread";

export const POST = route(
  { params: QuestionParams, query: ThreadQuery, body: QuestionActBody, reply: ThreadViewSchema },
  ({ ctx, params, query, body }) => actOnQuestion(ctx.session, { ...params, ...query }, body.act),
);
