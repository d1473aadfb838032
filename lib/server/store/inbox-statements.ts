import "server-only";
import { DUE_BELOW } from "@/lib/shared/rank";
import { CHANNELS } from "@/lib/shared/thread";

/** The statements that read pages of the inbox: the right rows in no order (store/inbox.ts puts them in theirs: sorting whole
 *  rows here costs an eighth of the statement). Each is prepared once per connection: planning it would cost more than
 *  running it. */

/** What a row is made of, of `threads t`. */
export const COLUMNS = `t.id, t.account_id, t.channel, t.external_id, t.site_id, t.product, t.buyer_name, t.snippet,
  t.last_direction, t.sort_at, t.is_waiting, t.meli_unread, t.status, t.substatus, t.outbox_flag, t.due_at, t.rank, t.brief,
  case when t.channel = 'claims' then t.context -> 'order' -> 'total' end as amount,
  (t.pulled_at is not null or t.refused_at is not null) as is_pulled`;

/** Their names, in the order that all parts of a page share. */
const GIVEN = `id, account_id, channel, external_id, site_id, product, buyer_name, snippet, last_direction, sort_at, is_waiting, meli_unread,
  status, substatus, outbox_flag, due_at, rank, brief, amount, is_pulled`;

/** The same of a page `p`, with instants as text: they go on as text, and the driver takes its time to make dates of them. */
export const SHOWN = `p.id, p.account_id, p.channel, p.external_id, p.site_id, p.product, p.buyer_name, p.snippet, p.last_direction,
  (p.sort_at at time zone 'utc')::text as sort_at, p.is_waiting, p.meli_unread, p.status, p.substatus, p.outbox_flag,
  (p.due_at at time zone 'utc')::text as due_at, p.rank::float8 as rank, p.brief,
  nullif(p.amount, 'null'::jsonb) as amount, p.is_pulled`;

export const HAS_DRAFT = `exists (select 1 from drafts d where d.user_id = $1 and d.thread_id = p.id
  and (d.text <> '' or d.file_ids <> '[]'::jsonb))`;

/** What is new to the user of a page's row, asked row by row: by a join, all that is new to them would be read. */
export const NEW_COUNT =
  "coalesce((select u.count from unseen u where u.user_id = $1 and u.thread_id = p.id), 0)";

/** What of the list is the seller's to do, and what is not: the index threads_due knows the bound. */
const IS_DUE = `t.rank < ${DUE_BELOW}`;
const IS_NOT_DUE = `(t.rank is null or t.rank >= ${DUE_BELOW})`;

export const IS_BLOCKED = "t.status = 'blocked'";
export const IS_TROUBLED = "t.outbox_flag in ('held', 'uncertain', 'rejected', 'failed')";

/** Beyond this a list says that it holds more than 99: each index entry that is counted costs. */
export const LIST_COUNT_CAP = 100;

/** How many the lists hold, as one text: to do by channel (messages, claims, questions), then blocked, troubled and new of the
 *  given channels; at least LIST_COUNT_CAP where there are more. What is of the accounts is kept (store/list-counts.ts),
 *  what is new to the user is counted. $1 user, $2 accounts. */
const countsOf = (channels: string) => `(
      select concat_ws(',',
        coalesce(sum(k.todo) filter (where k.channel = 'messages'), 0),
        coalesce(sum(k.todo) filter (where k.channel = 'claims'), 0),
        coalesce(sum(k.todo) filter (where k.channel = 'questions'), 0),
        coalesce(sum(k.blocked) filter (where k.channel = any(${channels})), 0),
        coalesce(sum(k.troubled) filter (where k.channel = any(${channels})), 0),
        (select count(*) from (
          select 1
          from unnest($2::text[]) owner(id)
          cross join unnest(${channels}) list(channel)
          cross join lateral (
            select 1
            from unseen n
            where n.user_id = $1 and n.account_id = owner.id and n.channel = list.channel
            order by n.sort_at desc, n.thread_id desc
            limit ${LIST_COUNT_CAP}
          ) one
          limit ${LIST_COUNT_CAP}
        ) held))
      from list_counts k
      where k.account_id = any($2))`;

/** The counts beside a page, in every row of it and read once: a statement of their own would cost more than they do. Only
 *  where `flag` asks for them. */
const withCounts = (flag: string, channels: string) =>
  `case when ${flag}::boolean then ${countsOf(channels)} end as counts`;

const ALL_CHANNELS = `array[${CHANNELS.map((name) => `'${name}'`).join(", ")}]`;

/** One statement for a page: what is due, by its rank; new conversations from their own small table; then the rest of each
 *  account by its index. $1 user, $2 accounts, $3 limit, $4 part, $5 sort_at, $6 id, $7 rank, $8 whether with counts[, $9 channel]. */
function pageStatement(hasChannel: boolean): string {
  const channel = hasChannel ? "and t.channel = $9" : "";
  const left = (...parts: string[]) =>
    `greatest(0, $3 - ${parts.map((part) => `(select count(*) from ${part})`).join(" - ")})`;
  return `
    with due as materialized (
      select 'due' as part, d.*
      from unnest($2::text[]) owner(id)
      cross join lateral (
        select ${COLUMNS}
        from threads t
        where t.account_id = owner.id and ${IS_DUE} ${channel}
          and $4::text = 'due' and (t.rank, t.id) > ($7::bigint, $6::bigint)
        order by t.rank, t.id
        limit $3
      ) d
      order by d.rank, d.id
      limit $3
    ), fresh as materialized (
      select 'new' as part, f.*
      from unnest($2::text[]) owner(id)
      cross join unnest(${hasChannel ? "array[$9]" : ALL_CHANNELS}) list(channel)
      cross join lateral (
        select n.count as new_count, ${COLUMNS}
        from unseen n
        join threads t on t.id = n.thread_id and ${IS_NOT_DUE}
        where n.user_id = $1 and n.account_id = owner.id and n.channel = list.channel and $4 in ('due', 'new')
          and (n.sort_at, n.thread_id) < (case when $4 = 'new' then $5::timestamptz else 'infinity' end, case when $4 = 'new' then $6::bigint else 9223372036854775807 end)
        order by n.sort_at desc, n.thread_id desc
        limit ${left("due")}
      ) f
      order by f.sort_at desc, f.id desc
      limit ${left("due")}
    ), rest as (
      select 'rest' as part, 0 as new_count, r.*
      from unnest($2::text[]) owner(id)
      cross join lateral (
        select ${COLUMNS}
        from threads t
        where t.account_id = owner.id and ${IS_NOT_DUE} ${channel}
          and (t.sort_at, t.id) < (case when $4 = 'rest' then $5::timestamptz else 'infinity' end, case when $4 = 'rest' then $6::bigint else 9223372036854775807 end)
          and not exists (select 1 from unseen u where u.user_id = $1 and u.thread_id = t.id)
        order by t.sort_at desc, t.id desc
        limit ${left("due", "fresh")}
      ) r
      order by r.sort_at desc, r.id desc
      limit ${left("due", "fresh")}
    ), page as (
      select part, ${NEW_COUNT} as new_count, ${GIVEN}
      from due p
      union all select part, new_count, ${GIVEN} from fresh
      union all select part, new_count, ${GIVEN} from rest
    )
    select p.part, p.new_count, ${SHOWN}, a.profile, ${HAS_DRAFT} as has_draft,
      ${withCounts("$8", hasChannel ? "array[$9]" : ALL_CHANNELS)}
    from page p
    join accounts a on a.id = p.account_id`;
}

/** A channel whose every conversation has its rank, in that order alone: $1 user, $2 accounts, $3 limit, $4 rank, $5 id, $6 channel,
 *  $7 whether with counts. */
const ranked = (which: string) => `
    select 'due' as part, ${NEW_COUNT} as new_count, ${SHOWN}, a.profile, ${HAS_DRAFT} as has_draft,
      ${withCounts("$7", "array[$6]")}
    from (
      select r.*
      from unnest($2::text[]) owner(id)
      cross join lateral (
        select ${COLUMNS}
        from threads t
        where t.account_id = owner.id and t.channel = $6 and ${which}
          and (t.rank, t.id) > ($4::bigint, $5::bigint)
        order by t.rank, t.id
        limit $3
      ) r
      order by r.rank, r.id
      limit $3
    ) p
    join accounts a on a.id = p.account_id`;

/** What is the seller's to do: by its rank, then the messages that wait without a term, newest first. $1 user, $2 accounts,
 *  $3 limit, $4 part, $5 sort_at, $6 id, $7 rank, $8 whether with counts[, $9 channel]. */
function todoStatement(hasChannel: boolean): string {
  return `
    with due as materialized (
      select 'due' as part, d.*
      from unnest($2::text[]) owner(id)
      cross join lateral (
        select ${COLUMNS}
        from threads t
        where t.account_id = owner.id and ${IS_DUE} ${hasChannel ? "and t.channel = $9" : ""}
          and $4::text = 'due' and (t.rank, t.id) > ($7::bigint, $6::bigint)
        order by t.rank, t.id
        limit $3
      ) d
      order by d.rank, d.id
      limit $3
    ), rest as (
      select 'rest' as part, r.*
      from unnest($2::text[]) owner(id)
      cross join lateral (
        select ${COLUMNS}
        from threads t
        where t.account_id = owner.id and t.channel = 'messages' and t.is_todo and t.rank is null
          and (t.sort_at, t.id) < (case when $4 = 'rest' then $5::timestamptz else 'infinity' end, case when $4 = 'rest' then $6::bigint else 9223372036854775807 end)
        order by t.sort_at desc, t.id desc
        limit greatest(0, $3 - (select count(*) from due))
      ) r
      order by r.sort_at desc, r.id desc
      limit greatest(0, $3 - (select count(*) from due))
    ), p as (
      select part, ${GIVEN} from due
      union all select part, ${GIVEN} from rest
    )
    select p.part, ${NEW_COUNT} as new_count, ${SHOWN}, a.profile, ${HAS_DRAFT} as has_draft,
      ${withCounts("$8", hasChannel ? "array[$9]" : ALL_CHANNELS)}
    from p
    join accounts a on a.id = p.account_id`;
}

/** A state that orders by time alone. $1 user, $2 accounts, $3 limit, $4 sort_at, $5 id, $6 channels, $7 whether with counts. */
const flat = (from: string) => `
    select 'rest' as part, ${NEW_COUNT} as new_count, ${SHOWN}, a.profile, ${HAS_DRAFT} as has_draft,
      ${withCounts("$7", "$6::text[]")}
    from (${from} limit $3) p
    join accounts a on a.id = p.account_id`;

/** Each account's and channel's own newest by the index of the state. */
const byState = (which: string) => `
      select r.*
      from unnest($2::text[]) owner(id)
      cross join unnest($6::text[]) list(channel)
      cross join lateral (
        select ${COLUMNS}
        from threads t
        where t.account_id = owner.id and t.channel = list.channel and ${which}
          and (t.sort_at, t.id) < ($4::timestamptz, $5::bigint)
        order by t.sort_at desc, t.id desc
        limit $3
      ) r
      order by r.sort_at desc, r.id desc`;

const FRESH = `
      select ${COLUMNS}
      from (
        select one.thread_id, one.sort_at
        from unnest($2::text[]) owner(id)
        cross join unnest($6::text[]) list(channel)
        cross join lateral (
          select n.thread_id, n.sort_at
          from unseen n
          where n.user_id = $1 and n.account_id = owner.id and n.channel = list.channel
            and (n.sort_at, n.thread_id) < ($4::timestamptz, $5::bigint)
          order by n.sort_at desc, n.thread_id desc
          limit $3
        ) one
        order by one.sort_at desc, one.thread_id desc
        limit $3
      ) n
      join threads t on t.id = n.thread_id
      order by n.sort_at desc, n.thread_id desc`;

/** Whole lists and those of what is to do, by rank and by time. */
export const MIXED = {
  all: { name: "inbox_page", text: pageStatement(false) },
  channel: { name: "inbox_page_channel", text: pageStatement(true) },
  todo: { name: "inbox_todo", text: todoStatement(false) },
  todoChannel: { name: "inbox_todo_channel", text: todoStatement(true) },
} as const;

/** Channels of ranks: all of it, or what is to do. */
export const RANKED = {
  all: { name: "inbox_page_ranked", text: ranked("t.rank is not null") },
  todo: { name: "inbox_todo_ranked", text: ranked(IS_DUE) },
} as const;

/** States by time alone. */
export const FLAT = {
  new: { name: "inbox_new", text: flat(FRESH) },
  blocked: { name: "inbox_blocked", text: flat(byState(IS_BLOCKED)) },
  troubled: { name: "inbox_troubled", text: flat(byState(IS_TROUBLED)) },
} as const;

/** The counts alone: $1 user, $2 accounts, $3 channels. */
export const COUNTS = {
  name: "inbox_state_counts",
  text: `select ${countsOf("$3::text[]")} as counts`,
} as const;
