import { route } from "@/lib/server/http/route";
import { optionsOf } from "@/lib/server/inbox/claim-acts";
import { ActOptionsSchema, OptionsParams } from "@/lib/shared/api/claim";
import { ThreadQuery } from "@/lib/shared/api/thread";

export const GET = route(
  { params: OptionsParams, query: ThreadQuery, reply: ActOptionsSchema },
  ({ ctx, params, query }) => {
    const { act, ...address } = params;
    return optionsOf(ctx.session, { ...address, ...query }, act);
  },
);
