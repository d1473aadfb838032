import { readLimited, route } from "@/lib/server/http/route";
import { addFile } from "@/lib/server/inbox/files";
import { FileQuery, FileSchema, ThreadParams } from "@/lib/shared/api/thread";
import { LARGEST_FILE_BYTES } from "@/lib/shared/attachment-rules";

export const POST = route(
  { params: ThreadParams, query: FileQuery, reply: FileSchema },
  async ({ ctx, params, query, request }) => {
    const bytes = await readLimited(request, LARGEST_FILE_BYTES);
    return addFile(ctx.session, { ...params, account: query.account }, query.name, bytes);
  },
);
