import "server-only";
import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { AccountId, FileId, ThreadId, UserId } from "@/lib/shared/ids";
import type { Database } from "./database";
import type { OutboxRow } from "./outbox";
import { refreshFlag } from "./outbox-flag";
import { drafts, files, outbox } from "./schema";

export type Enqueued = { kind: "enqueued"; row: OutboxRow } | { kind: "key_used" } | { kind: "file_gone" };

/** Puts a reply in the queue, once per key: asking again answers the same row. Takes the files along and ends the draft,
 *  all in one transaction. A file goes with one reply only: whoever comes second is told that it is gone. */
export async function enqueueReply(
  db: Database,
  accountId: AccountId,
  reply: { threadId: ThreadId; userId: UserId; key: string; text: string; fileIds: FileId[] },
): Promise<Enqueued> {
  const { threadId, userId, key, text, fileIds } = reply;
  return db.transaction(async (tx) => {
    const free = fileIds.length === 0 ? [] : await lockDraftFiles(tx, threadId, userId, fileIds);
    if (free.length !== new Set(fileIds).size) {
      // A repeated request finds its files already with the reply.
      return (await readByKey(tx, reply)) ?? { kind: "file_gone" };
    }
    const made = await tx
      .insert(outbox)
      .values({ accountId, threadId, userId, key, text })
      .onConflictDoNothing()
      .returning();
    const row = made[0];
    if (row === undefined) return (await readByKey(tx, reply)) ?? { kind: "key_used" };
    for (const [position, fileId] of fileIds.entries()) {
      await tx.update(files).set({ outboxId: row.id, position }).where(eq(files.id, fileId));
    }
    await tx.delete(drafts).where(and(eq(drafts.userId, userId), eq(drafts.threadId, threadId)));
    await refreshFlag(tx, accountId, threadId);
    return { kind: "enqueued", row };
  });
}

/** A user's files on a thread that belong to no reply yet, held until the transaction ends. */
async function lockDraftFiles(tx: Database, threadId: ThreadId, userId: UserId, ids: FileId[]) {
  return tx
    .select({ id: files.id })
    .from(files)
    .where(
      and(
        eq(files.threadId, threadId),
        eq(files.userId, userId),
        isNull(files.outboxId),
        inArray(files.id, ids),
      ),
    )
    .orderBy(asc(files.id))
    .for("update");
}

/** What this user has sent under the key, if anything. */
async function readByKey(
  tx: Database,
  reply: { threadId: ThreadId; userId: UserId; key: string; text: string },
): Promise<Enqueued | null> {
  const rows = await tx
    .select()
    .from(outbox)
    .where(and(eq(outbox.userId, reply.userId), eq(outbox.key, reply.key)));
  const held = rows[0];
  if (held === undefined) return null;
  const isSame = held.threadId === reply.threadId && held.text === reply.text;
  return isSame ? { kind: "enqueued", row: held } : { kind: "key_used" };
}
