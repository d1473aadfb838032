import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { AccountId, ThreadId, WorkerId } from "@/lib/shared/ids";
import { accountId, threadId } from "@/lib/shared/ids";
import type { Database } from "./database";
import { LIVE_WORKERS } from "./workers";

/** What a worker may be wished to do with one conversation, and the channel on which PostgreSQL tells of it. */
export const THREAD_WISHES = { "mark-read": "buzon_reads", context: "buzon_contexts" } as const;
/** `mark-read`: tell Mercado Libre that it was read; `context`: read what stands beside it, its sale or its listing. */
export type WishKind = keyof typeof THREAD_WISHES;

/** A wish is a row beside the chores, `{kind}:{account}:{thread}`: `cursor_at` says when it is due, `found` how often it failed. */
const keyOf = (kind: WishKind, one: ThreadWish) => `${kind}:${one.accountId}:${one.threadId}`;

/** Waits before it is tried again; what fails more often is given up. */
const RETRIES_S = [1, 2, 5, 10, 30, 60, 120, 300] as const;

export interface ThreadWish {
  accountId: AccountId;
  threadId: ThreadId;
}

/** Wishes something for conversations, and tells the workers once it is committed. However often it is wished, it is done once;
 *  what is wished while it is being done is done again.
 *  @param from which conversations `t`: `from threads t where ...`
 *  @param o.isMore false: what is wished for already waits as it did, also for its next try */
export async function wishFor(
  tx: Database,
  kind: WishKind,
  from: SQL,
  { isMore }: { isMore: boolean },
): Promise<void> {
  // Instants are kept in milliseconds: one in that of the claim came after it.
  const newer = sql`greatest(excluded.cursor_at, c.claimed_at + interval '1 millisecond')`;
  const known = isMore ? sql`do update set cursor_at = ${newer}, found = 0` : sql`do nothing`;
  await tx.execute(sql`
    with wished as (
      insert into chores as c (key, cursor_at, found)
      select ${`${kind}:`} || t.account_id || ':' || t.id, clock_timestamp(), 0 ${from}
      on conflict (key) ${known}
      returning 1
    )
    select pg_notify(${THREAD_WISHES[kind]}, '') from (select 1 from wished limit 1) any_new`);
}

/** Has what stands beside a conversation read again: something of it moved, or somebody looks at it. */
export function wishContext(tx: Database, accountId: AccountId, id: ThreadId): Promise<void> {
  const from = sql`from threads t where t.account_id = ${accountId} and t.id = ${id}`;
  return wishFor(tx, "context", from, { isMore: true });
}

/** Has what stands beside conversations read of which nothing was read yet. */
export async function wishFirstContexts(
  db: Database,
  accountId: AccountId,
  ids: readonly ThreadId[],
): Promise<void> {
  if (ids.length === 0) return;
  const from = sql`from threads t where t.account_id = ${accountId} and t.id = any(${sql.param([...ids])}::bigint[])`;
  await wishFor(db, "context", from, { isMore: false });
}

/** Takes wishes of a kind upon a worker, the oldest first; they are free again within seconds when it dies.
 *  @param o.running what this worker is at */
export async function claimThreadWishes(
  db: Database,
  kind: WishKind,
  worker: WorkerId,
  o: { limit: number; running: readonly ThreadWish[] },
): Promise<ThreadWish[]> {
  const running = o.running.map((one) => keyOf(kind, one));
  const { rows } = await db.execute<{ account: string; thread: string }>(sql`
    with due as (
      select key from chores
      where key like ${`${kind}:%`} and coalesce(cursor_at <= clock_timestamp() + interval '2 milliseconds', true)
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

/** It is done, or cannot be: the wish ends. One from meanwhile stands. */
export async function endThreadWish(
  db: Database,
  kind: WishKind,
  one: ThreadWish,
  worker: WorkerId,
): Promise<void> {
  const isMine = sql`key = ${keyOf(kind, one)} and claimed_by = ${worker}`;
  await db.transaction(async (tx) => {
    await tx.execute(sql`delete from chores where ${isMine} and not ${IS_NEWER}`);
    await tx.execute(sql`update chores set claimed_by = null where ${isMine}`);
  });
}

/** It failed for a reason that passes: it is tried again after a while that grows, up to nine minutes in all.
 *  @param notBefore when Mercado Libre lets itself be asked again */
export async function postponeThreadWish(
  db: Database,
  kind: WishKind,
  one: ThreadWish,
  worker: WorkerId,
  notBefore: Date | null,
): Promise<void> {
  const isMine = sql`key = ${keyOf(kind, one)} and claimed_by = ${worker}`;
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
