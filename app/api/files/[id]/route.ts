import { route } from "@/lib/server/http/route";
import { removeFile } from "@/lib/server/inbox/files";
import { Done } from "@/lib/shared/api/common";
import { FileParams } from "@/lib/shared/api/thread";

export const DELETE = route({ params: FileParams, reply: Done }, async ({ ctx, params }) => {
  await removeFile(ctx.session, params.id);
  return { ok: true as const };
});
