import "server-only";
import { and, asc, eq, gt, lte, sql } from "drizzle-orm";
import type { AccountId } from "@/lib/shared/ids";
import type { Database } from "./database";
import { threads } from "./schema";
import { type BackfillThread, backfillColumns } from "./threads";

/** Conversations that wait to be read again, those that wait longest first. */
export async function listWanted(
  db: Database,
  accountId: AccountId,
  limit: number,
): Promise<BackfillThread[]> {
  return db
    .select(backfillColumns)
    .from(threads)
    .where(and(eq(threads.accountId, accountId), lte(threads.pullWantedAt, sql`now()`)))
    .orderBy(asc(threads.pullWantedAt))
    .limit(limit);
}

/** A conversation could not be read: it is tried again after a while that doubles, from half a minute to an hour. */
export async function notePullFailure(
  db: Database,
  accountId: AccountId,
  thread: BackfillThread,
): Promise<void> {
  await db
    .update(threads)
    .set({
      pullFailures: sql`${threads.pullFailures} + 1`,
      pullWantedAt: sql`now() + least(30 * power(2, least(${threads.pullFailures}, 10)), 3600) * interval '1 second'`,
    })
    .where(and(eq(threads.accountId, accountId), eq(threads.id, thread.id)));
}

/** How many conversations of an account could not be read at the last try. */
export async function countUnreadable(db: Database, accountId: AccountId): Promise<number> {
  return db.$count(threads, and(eq(threads.accountId, accountId), gt(threads.pullFailures, 0)));
}
