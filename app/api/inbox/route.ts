import { route } from "@/lib/server/http/route";
import { listInbox } from "@/lib/server/inbox/list-inbox";
import { InboxPageSchema, InboxQuery } from "@/lib/shared/api/inbox";

export const GET = route({ query: InboxQuery, reply: InboxPageSchema }, ({ ctx, query }) =>
  listInbox(ctx.session, query),
);
