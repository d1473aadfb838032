import "server-only";
import { and, asc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
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
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('enqueue'), hashtext(${threadId}))`);
    const known = await readByKey(tx, reply);
    if (known !== null) return known;
    const twin = await findTwin(tx, reply);
    if (twin !== null) {
      await tx.delete(drafts).where(and(eq(drafts.userId, userId), eq(drafts.threadId, threadId)));
      return { kind: "enqueued", row: twin };
    }
    const free = fileIds.length === 0 ? [] : await lockDraftFiles(tx, threadId, userId, fileIds);
    if (free.length !== new Set(fileIds).size) return { kind: "file_gone" };
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

/** The same draft sent from two tabs or devices within seconds is one reply: the same words with the same files, or with
 *  none. The same words with other files are another one. */
async function findTwin(
  tx: Database,
  reply: { threadId: ThreadId; text: string; fileIds: FileId[] },
): Promise<OutboxRow | null> {
  const rows = await tx
    .select()
    .from(outbox)
    .where(
      and(
        eq(outbox.threadId, reply.threadId),
        eq(outbox.text, reply.text),
        gt(outbox.createdAt, sql`now() - interval '10 seconds'`),
        inArray(outbox.state, ["queued", "sending", "accepted", "uncertain", "sent", "moderation"]),
      ),
    );
  for (const row of rows) {
    if (reply.fileIds.length === 0) return row;
    const shared = await tx.$count(files, and(eq(files.outboxId, row.id), inArray(files.id, reply.fileIds)));
    if (shared === reply.fileIds.length) return row;
  }
  return null;
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
