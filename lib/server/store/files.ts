import "server-only";
import { and, asc, eq, inArray, isNull, lt, sql, sum } from "drizzle-orm";
import { AppError } from "@/lib/shared/errors";
import type { AccountId, FileId, OutboxId, ThreadId, UserId } from "@/lib/shared/ids";
import type { Database } from "./database";
import { fileChunks, files } from "./schema-outbox";

/** Small enough that no single row hurts, large enough that 25 MB is a few dozen. */
const CHUNK_BYTES = 512 * 1024;

/** What one user may keep on one thread beyond what replies have taken: more than one message can carry (25 files of
 *  25 MB, messages.md 2.4), so that nobody meets it who means to send. */
const UNCLAIMED_LIMIT_BYTES = 700_000_000;

export interface StoredFile {
  id: FileId;
  name: string;
  type: string;
  size: number;
}

const columns = { id: files.id, name: files.name, type: files.type, size: files.size };

/** Keeps a file until the reply it belongs to is sent. @throws AppError invalid_input (reason `too_big`) when too much waits
 *  on the thread already. */
export async function keepFile(
  db: Database,
  accountId: AccountId,
  file: { userId: UserId; threadId: ThreadId; name: string; type: string; bytes: Buffer },
): Promise<StoredFile> {
  return db.transaction(async (tx) => {
    const key = `${file.userId} ${file.threadId}`;
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('files'), hashtext(${key}))`);
    if ((await unclaimedBytes(tx, file)) + file.bytes.length > UNCLAIMED_LIMIT_BYTES) {
      throw new AppError("invalid_input", "too many files wait on this thread", { reason: "too_big" });
    }
    const made = await tx
      .insert(files)
      .values({
        accountId,
        userId: file.userId,
        threadId: file.threadId,
        name: file.name,
        type: file.type,
        size: file.bytes.length,
      })
      .returning(columns);
    const row = made[0];
    if (row === undefined) throw new Error("insert returned no row");
    for (let seq = 0; seq * CHUNK_BYTES < file.bytes.length; seq += 1) {
      const bytes = file.bytes.subarray(seq * CHUNK_BYTES, (seq + 1) * CHUNK_BYTES);
      await tx.insert(fileChunks).values({ fileId: row.id, seq, bytes });
    }
    return row;
  });
}

async function unclaimedBytes(tx: Database, of: { userId: UserId; threadId: ThreadId }): Promise<number> {
  const rows = await tx
    .select({ bytes: sum(files.size) })
    .from(files)
    .where(and(eq(files.threadId, of.threadId), eq(files.userId, of.userId), isNull(files.outboxId)));
  return Number(rows[0]?.bytes ?? 0);
}

/** The bytes of a file that waits to be sent. */
export async function readFileBytes(db: Database, accountId: AccountId, id: FileId): Promise<Buffer> {
  const rows = await db
    .select({ bytes: fileChunks.bytes })
    .from(fileChunks)
    .innerJoin(files, eq(files.id, fileChunks.fileId))
    .where(and(eq(files.id, id), eq(files.accountId, accountId)))
    .orderBy(asc(fileChunks.seq));
  return Buffer.concat(rows.map((row) => row.bytes));
}

/** A user's files on a thread that belong to no reply yet, among the given ids, in their order. */
export async function listDraftFiles(
  db: Database,
  threadId: ThreadId,
  userId: UserId,
  ids: readonly FileId[],
): Promise<StoredFile[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select(columns)
    .from(files)
    .where(
      and(
        eq(files.threadId, threadId),
        eq(files.userId, userId),
        isNull(files.outboxId),
        inArray(files.id, [...ids]),
      ),
    );
  return rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

export async function listOutboxFiles(
  db: Database,
  outboxIds: readonly OutboxId[],
): Promise<(StoredFile & { outboxId: OutboxId | null })[]> {
  if (outboxIds.length === 0) return [];
  return db
    .select({ ...columns, outboxId: files.outboxId })
    .from(files)
    .where(inArray(files.outboxId, [...outboxIds]))
    .orderBy(asc(files.position));
}

/** Deletes a user's own file that belongs to no reply. False: there is none. */
export async function dropFile(db: Database, userId: UserId, id: FileId): Promise<boolean> {
  const gone = await db
    .delete(files)
    .where(and(eq(files.id, id), eq(files.userId, userId), isNull(files.outboxId)))
    .returning({ id: files.id });
  return gone.length === 1;
}

/** Deletes files that no draft and no reply names any more. */
export async function dropAbandonedFiles(db: Database, olderThanHours: number): Promise<void> {
  await db
    .delete(files)
    .where(
      and(
        isNull(files.outboxId),
        lt(files.createdAt, sql`now() - ${olderThanHours} * interval '1 hour'`),
        sql`not exists (select 1 from drafts d where d.user_id = ${files.userId} and d.thread_id = ${files.threadId} and d.file_ids ? ${files.id}::text)`,
      ),
    );
}
