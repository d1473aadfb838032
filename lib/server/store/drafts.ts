import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { AccountId, FileId, ThreadId, UserId } from "@/lib/shared/ids";
import { noteChange } from "./changes";
import type { Database } from "./database";
import { drafts } from "./schema-outbox";

export interface Draft {
  text: string;
  fileIds: FileId[];
  updatedAt: Date;
}

/** What a user has typed on a thread and not sent. @param about which question of a chain it answers; empty elsewhere */
export async function readDraft(
  db: Database,
  userId: UserId,
  threadId: ThreadId,
  about: string,
): Promise<Draft | null> {
  const draft = db
    .select({ text: drafts.text, fileIds: drafts.fileIds, updatedAt: drafts.updatedAt })
    .from(drafts)
    .where(
      and(
        eq(drafts.userId, sql.placeholder("userId")),
        eq(drafts.threadId, sql.placeholder("threadId")),
        eq(drafts.about, sql.placeholder("about")),
      ),
    )
    .prepare("thread_draft");
  return (await draft.execute({ userId, threadId, about }))[0] ?? null;
}

/** Keeps what was typed; nothing typed and nothing attached ends the draft. This user's other screens are told. */
export async function saveDraft(
  db: Database,
  accountId: AccountId,
  userId: UserId,
  threadId: ThreadId,
  about: string,
  draft: { text: string; fileIds: FileId[] },
): Promise<Date> {
  return db.transaction(async (tx) => {
    if (draft.text === "" && draft.fileIds.length === 0) {
      const gone = await tx
        .delete(drafts)
        .where(and(eq(drafts.userId, userId), eq(drafts.threadId, threadId), eq(drafts.about, about)))
        .returning({ threadId: drafts.threadId });
      if (gone.length > 0) await noteChange(tx, accountId, { threadId, userId });
      return new Date();
    }
    const saved = await tx
      .insert(drafts)
      .values({ userId, threadId, about, ...draft })
      .onConflictDoUpdate({
        target: [drafts.userId, drafts.threadId, drafts.about],
        set: { ...draft, updatedAt: sql`now()` },
      })
      .returning({ updatedAt: drafts.updatedAt, isNew: sql<boolean>`xmax = 0` });
    await noteChange(tx, accountId, { threadId, userId });
    return saved[0]?.updatedAt ?? new Date();
  });
}
