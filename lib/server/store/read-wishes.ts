import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { AccountId, OutboxId, ThreadId, UserId, WorkerId } from "@/lib/shared/ids";
import { accountId, threadId } from "@/lib/shared/ids";
import type { Database } from "./database";
import { LIVE_WORKERS } from "./workers";

/** The channel that says: a conversation is to be marked read. */
export const READS = "buzon_reads";

/** A wish is a row beside the chores, `mark-read:{account}:{thread}`: `cursor_at` says when it is due, `found` how often it failed. */
const PREFIX = "mark-read:";
const keyOf = (account: AccountId, thread: ThreadId) => `${PREFIX}${account}:${thread}`;

/** Waits before it is tried again; what fails more often is left to a person, who sees it unread. */
const RETRIES_S = [1, 2, 5, 10, 30, 60, 120, 300] as const;

/** Whether Mercado Libre may count something of a conversation `t` as unread: its list says so or, of what that list was not asked
 *  about yet, the buyer's newest message itself. */
const IS_UNREAD = sql`t.channel = 'messages' and (t.meli_unread > 0 or coalesce((
  select m.read_at is null from messages m
  where m.thread_id = t.id and m.direction = 'in' and m.visibility = 'visible' order by m.created_at desc limit 1
), false))`;

async function wish(tx: Database, found: SQL): Promise<void> {
  const { rows } = await tx.execute(sql`
    insert into chores (key, cursor_at, found)
    select ${PREFIX} || t.account_id || ':' || t.id, clock_timestamp(), 0 ${found} and ${IS_UNREAD}
    on conflict (key) do update set cursor_at = excluded.cursor_at, found = 0
    returning 1`);
  if (rows.length > 0) await tx.execute(sql`select pg_notify(${READS}, '')`);
}

/** Has the conversation marked read that a user now looks at for the first time since the buyer wrote, or that is still counted as
 *  unread. Part of the transaction that keeps the look, and before it. */
export function wishReadOnLook(
  tx: Database,
  accountId: AccountId,
  userId: UserId,
  id: ThreadId,
): Promise<void> {
  return wish(
    tx,
    sql`from threads t where t.id = ${id} and t.account_id = ${accountId} and (t.meli_unread > 0 or exists (
      select 1 from messages m where m.thread_id = t.id and m.direction = 'in' and m.visibility = 'visible'
        and m.created_at > coalesce((select seen_at from looks where user_id = ${userId} and thread_id = t.id), '-infinity')))`,
  );
}

/** Has the conversation of a delivered reply marked read, if who wrote it chose that. Part of the transaction that notes it. */
export function wishReadOnReply(tx: Database, id: OutboxId): Promise<void> {
  return wish(
    tx,
    sql`from outbox o join users u on u.id = o.user_id join threads t on t.id = o.thread_id
      where o.id = ${id} and u.mark_read <> 'never'`,
  );
}

export interface ReadWish {
  accountId: AccountId;
  threadId: ThreadId;
}

/** Takes conversations that are to be marked read upon a worker, the oldest wish first; they are free again within seconds when it
 *  dies. @param running what this worker is at */
export async function claimReads(
  db: Database,
  worker: WorkerId,
  o: { limit: number; running: readonly ReadWish[] },
): Promise<ReadWish[]> {
  const running = o.running.map((one) => keyOf(one.accountId, one.threadId));
  const { rows } = await db.execute<{ account: string; thread: string }>(sql`
    with due as (
      select key from chores
      where key like ${`${PREFIX}%`} and coalesce(cursor_at <= clock_timestamp() + interval '2 milliseconds', true)
        and (claimed_by is null or claimed_by not in ${LIVE_WORKERS} or claimed_by = ${worker})
        and key <> all(${sql.param(running)}::text[])
      order by cursor_at limit ${o.limit} for update skip locked
    )
    update chores c set claimed_by = ${worker}, claimed_at = clock_timestamp() from due where c.key = due.key
    returning split_part(c.key, ':', 2) as account, split_part(c.key, ':', 3) as thread`);
  return rows.map(({ account, thread }) => ({ accountId: accountId(account), threadId: threadId(thread) }));
}

/** A wish from during the work is a new one. */
const IS_NEWER = sql`coalesce(cursor_at > claimed_at, false)`;

/** It is marked, or cannot be: the wish ends. One from meanwhile stands. */
export async function endRead(db: Database, one: ReadWish, worker: WorkerId): Promise<void> {
  const isMine = sql`key = ${keyOf(one.accountId, one.threadId)} and claimed_by = ${worker}`;
  await db.transaction(async (tx) => {
    await tx.execute(sql`delete from chores where ${isMine} and not ${IS_NEWER}`);
    await tx.execute(sql`update chores set claimed_by = null where ${isMine}`);
  });
}

/** It failed for a reason that passes: it is tried again after a while that grows, up to nine minutes in all.
 *  @param notBefore when Mercado Libre lets itself be asked again */
export async function postponeRead(
  db: Database,
  one: ReadWish,
  worker: WorkerId,
  notBefore: Date | null,
): Promise<void> {
  const isMine = sql`key = ${keyOf(one.accountId, one.threadId)} and claimed_by = ${worker}`;
  const waits = sql.raw(`(array[${RETRIES_S.join(",")}])`);
  await db.transaction(async (tx) => {
    await tx.execute(
      sql`delete from chores where ${isMine} and not ${IS_NEWER} and found >= ${RETRIES_S.length}`,
    );
    await tx.execute(sql`
      update chores set claimed_by = null, found = found + 1,
        cursor_at = case when ${IS_NEWER} and found = 0 then cursor_at
          else greatest(${notBefore?.toISOString() ?? null}::timestamptz, clock_timestamp() + ${waits}[found + 1] * interval '1 second') end
      where ${isMine}`);
  });
}
