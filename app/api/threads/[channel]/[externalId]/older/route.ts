import { route } from "@/lib/server/http/route";
import { readOlder } from "@/lib/server/inbox/read-thread";
import { OlderPageSchema, OlderQuery, ThreadParams } from "@/lib/shared/api/thread";

export const GET = route(
  { params: ThreadParams, query: OlderQuery, reply: OlderPageSchema },
  ({ ctx, params, query }) => readOlder(ctx.session, { ...params, account: query.account }, query.before),
);
