import { route } from "@/lib/server/http/route";
import { keepDraft } from "@/lib/server/inbox/acts";
import { DraftBody, DraftSavedSchema, ThreadParams, ThreadQuery } from "@/lib/shared/api/thread";

export const PUT = route(
  { params: ThreadParams, query: ThreadQuery, body: DraftBody, reply: DraftSavedSchema },
  ({ ctx, params, query, body }) => keepDraft(ctx.session, { ...params, ...query }, body),
);
