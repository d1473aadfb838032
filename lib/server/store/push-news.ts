import "server-only";
import { sql } from "drizzle-orm";
import { type AccountId, accountId, type ThreadId, type UserId, type WorkerId } from "@/lib/shared/ids";
import type { ChannelName } from "@/lib/shared/thread";
import type { Database } from "./database";

/** What of a conversation is new to a user who wants to be told, and what they were told of it. */
export interface News {
  userId: UserId;
  accountId: AccountId;
  threadId: ThreadId;
  channel: ChannelName;
  externalId: string;
  buyerName: string | null;
  product: string | null;
  /** Messages they have not seen and were not told of. */
  count: number;
  /** When the newest of them was stored here, and how long ago that is. */
  storedAt: Date;
  storedAgoMs: number;
  /** How long ago they were last told of this conversation. Null: not lately. */
  toldAgoMs: number | null;
}

/** A message that was found later than this is no news: the list shows it. */
const FRESH = sql`interval '10 minutes'`;

const keyOf = (userId: UserId, threadId: ThreadId) => `push:${userId}:${threadId}`;

/** What is new, for all users of whom a browser waits; the oldest first. New is what the row's own number counts (unseen),
 *  written after the account's first sync and in the last ten minutes. Mercado Libre's times are whole seconds.
 *  @param accounts only these; null: all. */
export async function listNews(db: Database, accounts: readonly AccountId[] | null): Promise<News[]> {
  const { rows } = await db.execute<{
    user_id: UserId;
    account_id: string;
    thread_id: ThreadId;
    channel: ChannelName;
    external_id: string;
    buyer_name: string | null;
    product: string | null;
    count: number;
    stored: number;
    stored_ago: number;
    told_ago: number | null;
  }>(sql`
    with waiting as (
      select distinct p.user_id from push_subscriptions p
      join sessions s on s.id = p.session_id and s.revoked_at is null and s.expires_at > now()
    )
    select u.user_id, u.account_id, u.thread_id::text as thread_id, t.channel, coalesce(t.brief ->> 'address', t.external_id) as external_id, t.buyer_name, t.product,
      count(*)::int as count,
      (extract(epoch from max(msg.stored_at)) * 1000)::float8 as stored,
      (extract(epoch from clock_timestamp() - max(msg.stored_at)) * 1000)::float8 as stored_ago,
      (extract(epoch from clock_timestamp() - max(told.claimed_at)) * 1000)::float8 as told_ago
    from waiting w
    join unseen u on u.user_id = w.user_id and u.sort_at > now() - ${FRESH}
    join memberships m on m.user_id = u.user_id and m.account_id = u.account_id
    join syncs y on y.account_id = u.account_id
    join threads t on t.id = u.thread_id
    left join looks l on l.user_id = u.user_id and l.thread_id = u.thread_id
    left join chores told on told.key = 'push:' || u.user_id || ':' || u.thread_id
    join messages msg on msg.thread_id = u.thread_id and msg.direction = 'in' and msg.visibility = 'visible'
      and msg.created_at > coalesce(l.seen_at, '-infinity')
      and msg.created_at >= greatest(now() - ${FRESH}, date_trunc('second', greatest(y.unread_at, m.created_at)))
      and msg.stored_at > coalesce(told.cursor_at, '-infinity')
    where y.unread_at is not null
      and (${accounts === null}::boolean or u.account_id = any(${sql.param([...(accounts ?? [])])}::text[]))
    group by u.user_id, u.account_id, u.thread_id, t.id
    order by stored`);
  return rows.map((row) => ({
    userId: row.user_id,
    accountId: accountId(row.account_id),
    threadId: row.thread_id,
    channel: row.channel,
    externalId: row.external_id,
    buyerName: row.buyer_name,
    product: row.product,
    count: row.count,
    storedAt: new Date(row.stored),
    storedAgoMs: row.stored_ago,
    toldAgoMs: row.told_ago,
  }));
}

/** Takes the telling upon one worker: true for exactly one of those that found the same news, and at most once in
 *  `pauseMs` per user and conversation. Whoever dies after this told nobody: a notification is not a promise. */
export async function claimNews(
  db: Database,
  worker: WorkerId,
  news: News,
  pauseMs: number,
): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    insert into chores (key, claimed_by, claimed_at, cursor_at, found)
    values (${keyOf(news.userId, news.threadId)}, ${worker}, clock_timestamp(), ${news.storedAt.toISOString()}::timestamptz, ${news.count})
    on conflict (key) do update
      set claimed_by = excluded.claimed_by, claimed_at = excluded.claimed_at, cursor_at = excluded.cursor_at, found = excluded.found
      where chores.cursor_at < excluded.cursor_at
        and chores.claimed_at <= clock_timestamp() - ${pauseMs} * interval '1 millisecond'`);
  return (rowCount ?? 0) > 0;
}

/** Forgets what was told so long ago that none of it can be news again. */
export async function forgetTold(db: Database): Promise<void> {
  await db.execute(
    sql`delete from chores where key like 'push:%' and claimed_at < now() - interval '1 hour'`,
  );
}
