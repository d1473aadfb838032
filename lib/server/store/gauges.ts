import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "./database";
import { AFTER_FIRST_SYNC, noticeOf } from "./noticed";
import { THREAD_WISHES } from "./thread-wishes";
import { LIVE_WORKERS } from "./workers";

/** One figure of the installation as it is now. */
export interface Gauge {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const NONE = sql`'{}'::jsonb`;
const ageOf = (instant: SQL) => sql`coalesce(extract(epoch from clock_timestamp() - ${instant})::float8, 0)`;
/** As the gap meter of the status page counts them (notice-counts.ts). */
const UNNOTICED = sql`
  select a.profile, found.* from accounts a join syncs s on s.account_id = a.id
  cross join lateral (
    select count(*) as last_day,
      count(*) filter (where m.stored_at > now() - interval '1 hour') as last_hour
    from messages m join threads t on t.id = m.thread_id
    where m.account_id = a.id and m.noticed_at is null and m.direction = 'in'
      and m.stored_at > now() - interval '1 day' and ${AFTER_FIRST_SYNC}
      and (${noticeOf(sql`m.id`, sql`m.created_at`)}) is null
  ) found
  where a.state = 'connected'`;

/** Each reads by an index or a small table, whatever has gathered. */
const FIGURES: SQL[] = [
  sql`select 'outbox_rows' as name, jsonb_build_object('state', s.state) as labels, coalesce(o.rows, 0)::float8 as value
    from unnest(array['queued', 'sending', 'accepted', 'uncertain']) as s (state)
    left join (
      select state, count(*) as rows from outbox where state in ('queued', 'sending', 'accepted', 'uncertain')
      group by state
    ) o on o.state = s.state`,
  sql`select 'outbox_oldest_queued_seconds', ${NONE}, ${ageOf(sql`min(created_at)`)} from outbox
    where state in ('queued', 'sending', 'accepted', 'uncertain') and state = 'queued'`,
  sql`select 'outbox_uncertain', ${NONE}, count(*) from outbox
    where state in ('queued', 'sending', 'accepted', 'uncertain') and state = 'uncertain'`,
  // More messages of one text than replies of that text: the seller's own app, or a reply that left twice.
  sql`select 'replies_doubled', ${NONE}, count(*) from accounts a
    cross join lateral (
      select id from threads where account_id = a.id and sort_at > now() - interval '1 hour'
    ) t
    cross join lateral (
      select text, count(*) as sent, min(created_at) as since from outbox
      where thread_id = t.id and created_at > now() - interval '1 day'
        and state in ('sending', 'accepted', 'uncertain', 'moderation', 'sent')
        -- An act on a claim has no text.
        and text <> ''
      group by text
    ) o
    where o.sent < (
      select count(*) from messages m
      where m.thread_id = t.id and m.direction = 'out' and m.text = o.text and m.created_at >= o.since - interval '1 minute')`,
  sql`select 'notices_pending', ${NONE}, count(*) from notices where state = 'pending'`,
  sql`select 'notices_oldest_pending_seconds', ${NONE}, ${ageOf(sql`min(stored_at)`)} from notices where state = 'pending'`,
  sql`select 'notice_age_seconds', jsonb_build_object('topic', topic), ${ageOf(sql`max(stored_at)`)} from (
      with recursive step as (
        (select user_id, topic from notices order by user_id, topic limit 1)
        union all
        select next.user_id, next.topic from step, lateral (
          select user_id, topic from notices where (user_id, topic) > (step.user_id, step.topic)
          order by user_id, topic limit 1) next
      )
      select step.topic, (
        select stored_at from notices n where n.user_id = step.user_id and n.topic = step.topic and n.source = 'push'
        order by stored_at desc limit 1) as stored_at
      from step limit 1000
    ) newest group by topic`,
  sql`select 'gap_messages', jsonb_build_object('topic', p.topic, 'window', w.name), coalesce(
      sum(case w.name when '1h' then found.last_hour else found.last_day end), 0)
    from (values ('LOCAL', 'messages'), ('GLOBAL', 'marketplace_messages')) as p (profile, topic)
    cross join (values ('1h'), ('24h')) as w (name)
    left join (${UNNOTICED}) found on found.profile = p.profile
    group by p.topic, w.name`,
  sql`select 'sweep_age_seconds', ${NONE}, ${ageOf(sql`min(coalesce(s.swept_at, a.created_at))`)}
    from accounts a left join syncs s on s.account_id = a.id where a.state = 'connected'`,
  sql`select 'accounts', jsonb_build_object('state', s.state), count(a.id)
    from unnest(array['connected','reconnect','disconnected']) as s (state)
    left join accounts a on a.state = s.state group by s.state`,
  sql`select 'pulls_wanted', jsonb_build_object('lane', l.lane), count(t.id)
    from unnest(array['open','notice','reconcile']) as l (lane)
    left join threads t on t.pull_wanted_at is not null and t.pull_lane = l.lane group by l.lane`,
  sql`select 'thread_wishes', jsonb_build_object('kind', k.kind), count(c.key)
    from unnest(${sql.param(Object.keys(THREAD_WISHES))}::text[]) as k (kind)
    left join chores c on split_part(c.key, ':', 1) = k.kind group by k.kind`,
  sql`select 'workers', ${NONE}, count(*) from workers where id in ${LIVE_WORKERS}`,
];

/** What the installation is doing now, whoever asks: for the metrics. */
export async function readGauges(db: Database): Promise<Gauge[]> {
  const { rows } = await db.execute<{ name: string; labels: Record<string, string>; value: number }>(sql`
    select name, labels, value::float8 as value from (${sql.join(FIGURES, sql` union all `)}) figures`);
  return rows;
}
