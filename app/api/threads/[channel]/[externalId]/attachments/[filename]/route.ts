import { route } from "@/lib/server/http/route";
import { download } from "@/lib/server/inbox/files";
import { Done } from "@/lib/shared/api/common";
import { AttachmentParams, ThreadQuery } from "@/lib/shared/api/thread";

export const GET = route(
  { params: AttachmentParams, query: ThreadQuery, reply: Done },
  ({ ctx, params, query }) => download(ctx.session, { ...params, account: query.account }, params.filename),
);
