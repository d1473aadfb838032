import "server-only";
import { sql } from "drizzle-orm";
import type { AccountId } from "@/lib/shared/ids";
import type { Profile } from "@/lib/shared/sites";
import type { ChannelName } from "@/lib/shared/thread";
import type { Database } from "./database";
import { AFTER_FIRST_SYNC, noticeOf } from "./noticed";

/** The accounts that can be asked in the name of, the longest known first. */
export async function listConnected(db: Database): Promise<AccountId[]> {
  const { rows } = await db.execute<{ id: AccountId }>(
    sql`select id from accounts where state = 'connected' order by created_at, id`,
  );
  return rows.map(({ id }) => id);
}

/** The users that notifications of an account name: itself, and its marketplace users. */
const OWNED = sql`(
  select a.id as account_id, a.id as user_id from accounts a
  union
  select a.id, m ->> 'userId' from accounts a, jsonb_array_elements(a.marketplaces) m
)`;

export interface TopicHour {
  accountId: AccountId;
  topic: string;
  /** The hour's beginning. */
  at: Date;
  count: number;
}

/** Notifications per account, topic and hour since `since`, whatever became of them. */
export async function countReceived(
  db: Database,
  accountIds: readonly AccountId[],
  since: Date,
): Promise<TopicHour[]> {
  const { rows } = await db.execute<{ account_id: AccountId; topic: string; at: string; count: number }>(sql`
    select o.account_id, n.topic, date_trunc('hour', n.stored_at, 'UTC')::text as at, count(*)::int as count
    from ${OWNED} o join notices n on n.user_id = o.user_id
    where o.account_id = any(${sql.param([...accountIds])}::text[]) and n.stored_at >= ${since.toISOString()}::timestamptz
    group by 1, 2, 3`);
  return rows.map(({ account_id, topic, at, count }) => ({
    accountId: account_id,
    topic,
    at: new Date(at),
    count,
  }));
}

export interface FoundMessage {
  accountId: AccountId;
  profile: Profile;
  channel: ChannelName;
  /** When it was stored, by whatever found it. */
  at: Date;
}

/** The gap: messages to connected accounts, written after their first sync, that were stored since `since` without a notice
 *  of their own; in claims, of their time (docs/decisions/046). A notice that comes late takes its message off again. */
export async function listFound(
  db: Database,
  accountIds: readonly AccountId[],
  since: Date,
): Promise<FoundMessage[]> {
  const { rows } = await db.execute<{
    account_id: AccountId;
    profile: Profile;
    channel: ChannelName;
    ms: number;
  }>(sql`
    select m.account_id, a.profile, t.channel, (extract(epoch from m.stored_at) * 1000)::float8 as ms
    from messages m
    join threads t on t.id = m.thread_id
    join accounts a on a.id = m.account_id and a.state = 'connected'
    join syncs s on s.account_id = m.account_id
    where m.account_id = any(${sql.param([...accountIds])}::text[])
      and m.noticed_at is null and m.direction = 'in' and m.stored_at >= ${since.toISOString()}::timestamptz
      and ${AFTER_FIRST_SYNC} and (${noticeOf(sql`m.id`, sql`m.created_at`)}) is null
    order by m.stored_at`);
  return rows.map(({ account_id, ms, ...row }) => ({ accountId: account_id, ...row, at: new Date(ms) }));
}

/** When the last notification of each topic came, as far back as notices are kept. Goes from topic to topic through the
 *  index, however many there are of each. */
export async function readLastNotices(
  db: Database,
  accountIds: readonly AccountId[],
): Promise<{ accountId: AccountId; topic: string; at: Date }[]> {
  const { rows } = await db.execute<{ account_id: AccountId; topic: string; ms: number }>(sql`
    with recursive step as (
      select o.account_id, o.user_id, (select min(topic) from notices n where n.user_id = o.user_id) as topic
      from ${OWNED} o where o.account_id = any(${sql.param([...accountIds])}::text[])
      union all
      select account_id, user_id, (select min(topic) from notices n where n.user_id = step.user_id and n.topic > step.topic)
      from step where topic is not null
    )
    select account_id, topic, (extract(epoch from max(stored_at)) * 1000)::float8 as ms from step
    cross join lateral (
      select stored_at from notices n
      where n.user_id = step.user_id and n.topic = step.topic and n.source = 'push'
      order by stored_at desc limit 1
    ) newest
    group by 1, 2`);
  return rows.map(({ account_id, topic, ms }) => ({ accountId: account_id, topic, at: new Date(ms) }));
}

/** What waits to be worked off for these accounts. */
export async function readPending(
  db: Database,
  accountIds: readonly AccountId[],
): Promise<{ pending: number; oldestAt: Date | null }> {
  const { rows } = await db.execute<{ count: number; ms: number | null }>(sql`
    select count(*)::int as count, (extract(epoch from min(n.stored_at)) * 1000)::float8 as ms
    from notices n join ${OWNED} o on o.user_id = n.user_id
    where n.state = 'pending' and o.account_id = any(${sql.param([...accountIds])}::text[])`);
  const [row] = rows;
  return { pending: row?.count ?? 0, oldestAt: row?.ms == null ? null : new Date(row.ms) };
}

/** Did a notification come for this account since then? */
export async function hasNoticeSince(db: Database, accountId: AccountId, since: Date): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select 1 from ${OWNED} o join notices n on n.user_id = o.user_id
    where o.account_id = ${accountId} and n.source = 'push' and n.stored_at >= ${since.toISOString()}::timestamptz
    limit 1`);
  return rows.length > 0;
}

/** Well-formed notifications of topics that we know nothing of, since the installation began. */
export async function countUnknownTopics(db: Database): Promise<number> {
  const { rows } = await db.execute<{ value: number }>(sql`
    select coalesce(sum(value), 0)::float8 as value from counters
    where name = 'notifications' and labels like '%result="unknown_topic"%'`);
  return rows[0]?.value ?? 0;
}
