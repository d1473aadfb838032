import "server-only";
import { and, asc, eq, gt, lte, sql } from "drizzle-orm";
import type { AccountId, ThreadId, WorkerId } from "@/lib/shared/ids";
import type { Database } from "./database";
import { type PullLane, threads } from "./schema";
import { type BackfillThread, backfillColumns } from "./threads";
import { LIVE_WORKERS } from "./workers";

/** What PostgreSQL tells the workers when a conversation is wished for. */
export const WISHES = "buzon_wishes";

/** Wishes a conversation to be read soon. However many wish it at once, it is read once; a wish that comes while it is
 *  being read has it read again. Part of the transaction that has the reason. */
export async function wishPull(
  tx: Database,
  accountId: AccountId,
  id: ThreadId,
  lane: Exclude<PullLane, "reconcile">,
): Promise<void> {
  await tx
    .update(threads)
    .set({
      pullWantedAt: sql`clock_timestamp()`,
      pullFailures: 0,
      pullLane: sql`case when ${threads.pullWantedAt} is not null and ${threads.pullLane} = 'open' then 'open' else ${lane} end`,
    })
    .where(and(eq(threads.accountId, accountId), eq(threads.id, id)));
  await tx.execute(sql`select pg_notify(${WISHES}, '')`);
}

export interface WishedThread extends BackfillThread {
  accountId: AccountId;
  lane: PullLane;
}

/** Takes conversations that are wished for upon a worker: those a person waits for first, then the oldest wish. */
export async function claimWishes(
  db: Database,
  worker: WorkerId,
  o: { limit: number; exceptAccounts: readonly AccountId[] },
): Promise<WishedThread[]> {
  const { rows } = await db.execute<{ id: ThreadId }>(sql`
    update threads set pull_owner = ${worker}
    where id in (
      select t.id from threads t join accounts a on a.id = t.account_id
      where t.pull_wanted_at <= clock_timestamp() and t.pull_lane <> 'reconcile' and a.state = 'connected'
        and (t.pull_owner is null or t.pull_owner not in ${LIVE_WORKERS})
        and t.account_id <> all(${sql.param([...o.exceptAccounts])}::text[])
      order by (t.pull_lane = 'open') desc, t.pull_wanted_at
      limit ${o.limit} for update of t skip locked
    )
    returning id::text as id`);
  if (rows.length === 0) return [];
  return db
    .select({ ...backfillColumns, accountId: threads.accountId, lane: threads.pullLane })
    .from(threads)
    .where(sql`${threads.id} = any(${sql.param(rows.map(({ id }) => id))}::bigint[])`)
    .orderBy(sql`(${threads.pullLane} = 'open') desc`, asc(threads.pullWantedAt));
}

/** The read is over, whatever it brought: the next wish may be taken by anybody. */
export async function releaseWish(db: Database, id: ThreadId, worker: WorkerId): Promise<void> {
  await db
    .update(threads)
    .set({ pullOwner: null })
    .where(and(eq(threads.id, id), eq(threads.pullOwner, worker)));
}

/** The database's time: what a wish is compared with must come from the same clock. */
export async function databaseNow(db: Database): Promise<Date> {
  const { rows } = await db.execute<{ ms: number }>(
    sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`,
  );
  return new Date(rows[0]?.ms ?? Date.now());
}

/** Conversations that wait to be read again, those that wait longest first. */
export async function listWanted(
  db: Database,
  accountId: AccountId,
  limit: number,
): Promise<BackfillThread[]> {
  return db
    .select(backfillColumns)
    .from(threads)
    .where(
      and(
        eq(threads.accountId, accountId),
        lte(threads.pullWantedAt, sql`clock_timestamp()`),
        // What a person or a notification wishes is read at once, by whoever is free for it.
        eq(threads.pullLane, "reconcile"),
      ),
    )
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
