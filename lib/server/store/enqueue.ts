import "server-only";
import { and, asc, desc, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { Seen } from "@/lib/shared/api/thread";
import { type FileId, type OutboxId, outboxId, type ThreadId, type UserId } from "@/lib/shared/ids";
import { unseenOf } from "@/lib/shared/stale-reply";
import type { Database } from "./database";
import { messages } from "./schema";
import { files, outbox } from "./schema-outbox";

/** How many of a thread's newest messages a reply is compared with. Its sender names the newest hundred they saw, and what
 *  is older than those is never held against them. */
const COMPARED = 500;

/** The channel that names the conversation whose outbox changed. */
export const OUTBOX = "buzon_outbox";

/** Something may be due in a thread's queue: the workers look once the transaction is committed. */
export async function tellWorkers(tx: Database, threadId: ThreadId): Promise<void> {
  await tx.execute(sql`select pg_notify(${OUTBOX}, ${threadId}::text)`);
}

/** Who puts something into a thread's queue goes one after the other: held until the transaction ends. */
export async function lockQueue(tx: Database, threadId: ThreadId): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('enqueue'), hashtext(${threadId}))`);
}

/** Are all of these files a user's on a thread, and of no reply yet? They are held until the transaction ends. */
export async function lockDraftFiles(
  tx: Database,
  threadId: ThreadId,
  userId: UserId,
  ids: readonly FileId[],
): Promise<boolean> {
  if (ids.length === 0) return true;
  const free = await tx
    .select({ id: files.id })
    .from(files)
    .where(
      and(
        eq(files.threadId, threadId),
        eq(files.userId, userId),
        isNull(files.outboxId),
        inArray(files.id, [...ids]),
      ),
    )
    .orderBy(asc(files.id))
    .for("update");
  return free.length === new Set(ids).size;
}

/** Gives files to a row of the outbox, in this order. */
export async function takeFiles(tx: Database, id: OutboxId, ids: readonly FileId[]): Promise<void> {
  for (const [position, fileId] of ids.entries()) {
    await tx.update(files).set({ outboxId: id, position }).where(eq(files.id, fileId));
  }
}

/** Messages of a thread, as we hold it, that the sender has not seen. */
async function listUnseen(tx: Database, threadId: ThreadId, seen: Seen): Promise<string[]> {
  const held = await tx
    .select({ id: messages.id, createdAt: messages.createdAt })
    .from(messages)
    .where(eq(messages.threadId, threadId))
    .orderBy(desc(messages.createdAt), desc(messages.id))
    .limit(COMPARED);
  const became = await tx
    .select({ id: outbox.id, messageId: outbox.messageId })
    .from(outbox)
    .where(
      and(
        eq(outbox.threadId, threadId),
        isNotNull(outbox.messageId),
        inArray(outbox.id, seen.replies.map(outboxId)),
      ),
    );
  return unseenOf(held, seen, new Map(became.map(({ id, messageId }) => [id, messageId ?? ""])));
}

/** How a new row begins: held if its sender has not seen all that we hold of the thread, else with the time in which it can be
 *  taken back. */
export async function fateOf(
  tx: Database,
  { threadId, seen, undoSeconds }: { threadId: ThreadId; seen: Seen | null; undoSeconds: number },
) {
  const unseen = seen === null ? [] : await listUnseen(tx, threadId, seen);
  return unseen.length > 0
    ? { state: "held" as const, heldFor: unseen, settledAt: sql`now()` }
    : { notBefore: sql`clock_timestamp() + ${undoSeconds} * interval '1 second'` };
}
