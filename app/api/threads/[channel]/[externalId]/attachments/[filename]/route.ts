import { route } from "@/lib/server/http/route";
import { openAttachment } from "@/lib/server/inbox/attachment";
import { Done } from "@/lib/shared/api/common";
import { AttachmentParams, AttachmentQuery } from "@/lib/shared/api/thread";

export const GET = route(
  { params: AttachmentParams, query: AttachmentQuery, reply: Done },
  ({ ctx, params, query, request }) =>
    openAttachment(ctx.session, { ...params, account: query.account }, params.filename, {
      view: query.view === "1",
      again: query.again === "1",
      request,
    }),
);
