import "server-only";
import type { Session } from "@/lib/server/accounts/current-session";
import { runtime } from "@/lib/server/runtime";
import { dropFile, keepFile } from "@/lib/server/store/files";
import type { FileView } from "@/lib/shared/api/thread";
import { attachmentRulesOf, refusalOf } from "@/lib/shared/attachment-rules";
import { AppError } from "@/lib/shared/errors";
import { fileId } from "@/lib/shared/ids";
import { typeByContent } from "./file-type";
import { requireThread, type ThreadAddress } from "./find-thread";

/** Keeps a file that is to be sent with a reply. What it is comes from its bytes, never from what the browser says.
 *  @throws AppError not_found; invalid_input with a FileRefusal as reason. */
export async function addFile(
  session: Session,
  address: ThreadAddress,
  name: string,
  bytes: Buffer,
): Promise<FileView> {
  const { db } = runtime();
  const thread = await requireThread(session, address);
  const type = await typeByContent(bytes, name);
  const rules = attachmentRulesOf(thread.channel, thread.profile);
  const refusal = refusalOf({ name, size: bytes.length, type }, rules);
  if (refusal !== null) throw new AppError("invalid_input", "file refused", { reason: refusal });
  return keepFile(db, thread.accountId, { userId: session.userId, threadId: thread.id, name, type, bytes });
}

/** Removes a file of this user's that no reply has taken. @throws AppError not_found */
export async function removeFile(session: Session, id: string): Promise<void> {
  const { db } = runtime();
  if (!(await dropFile(db, session.userId, fileId(id)))) throw new AppError("not_found", "no such file");
}
