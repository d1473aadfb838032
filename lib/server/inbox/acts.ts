import "server-only";
import type { Session } from "@/lib/server/accounts/current-session";
import { count } from "@/lib/server/metrics/count";
import { runtime } from "@/lib/server/runtime";
import { saveDraft } from "@/lib/server/store/drafts";
import { readInboxRow } from "@/lib/server/store/inbox";
import { recordLook } from "@/lib/server/store/unseen";
import { markThreadRead } from "@/lib/server/sync/mark-read";
import type { ThreadRow } from "@/lib/shared/api/inbox";
import { AppError } from "@/lib/shared/errors";
import { fileId } from "@/lib/shared/ids";
import { aboutOf } from "./about";
import { requireThread, type ThreadAddress } from "./find-thread";

/** Keeps what this user has typed on a thread. @throws AppError not_found */
export async function keepDraft(
  session: Session,
  address: ThreadAddress,
  draft: { text: string; files: string[] },
): Promise<{ updatedAt: Date }> {
  const { db } = runtime();
  let result = "refused";
  try {
    const thread = await requireThread(session, address);
    const updatedAt = await saveDraft(db, thread.accountId, session.userId, thread.id, aboutOf(thread), {
      text: draft.text,
      fileIds: draft.files.map(fileId),
    });
    result = "saved";
    return { updatedAt };
  } finally {
    count("drafts", { result });
  }
}

/** This user looked at the thread up to a message. Tells Mercado Libre nothing, unless the user chose "when I open". */
export async function look(
  session: Session,
  address: ThreadAddress,
  messageId: string | null,
): Promise<void> {
  const rt = runtime();
  const thread = await requireThread(session, address);
  const marksRead = session.settings.markRead === "on_open" && thread.accountState === "connected";
  await recordLook(rt.db, thread.accountId, session.userId, thread.id, messageId, { marksRead });
}

/** Marks the conversation read at Mercado Libre: the explicit act of a person. It cannot be taken back.
 *  @throws AppError not_found, account_disconnected, meli_down, slow_down. */
export async function markReadNow(session: Session, address: ThreadAddress): Promise<ThreadRow> {
  const rt = runtime();
  const thread = await requireThread(session, address);
  await markThreadRead(rt, thread, "reply");
  const row = await readInboxRow(rt.database.pool, session.userId, session.accountIds, thread.id);
  if (row === null) throw new AppError("not_found", "the thread vanished");
  return row;
}
