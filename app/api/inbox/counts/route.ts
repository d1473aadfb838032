import { route } from "@/lib/server/http/route";
import { countLists } from "@/lib/server/inbox/list-inbox";
import { InboxCountsQuery, InboxCountsSchema } from "@/lib/shared/api/inbox";

export const GET = route({ query: InboxCountsQuery, reply: InboxCountsSchema }, ({ ctx, query }) =>
  countLists(ctx.session, query),
);
