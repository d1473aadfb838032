import "server-only";
import type pg from "pg";
import type { ClaimBrief } from "@/lib/shared/api/claim";
import type { Summary, ThreadRow } from "@/lib/shared/api/inbox";
import type { QuestionBrief } from "@/lib/shared/api/question";
import type { AccountId, ThreadId, UserId } from "@/lib/shared/ids";
import type { Money } from "@/lib/shared/money";
import { DUE_BELOW } from "@/lib/shared/rank";
import type { ChannelName } from "@/lib/shared/thread";

/** Where a page of the inbox starts: in what is due, in the new conversations or in the rest, after this one. `at`: its
 *  rank in what is due and in a ranked channel, else its time in milliseconds. */
export interface InboxCursor {
  part: "due" | "new" | "rest";
  at: number;
  id: string;
}

export interface InboxScope {
  userId: UserId;
  accountIds: readonly AccountId[];
  channel: ChannelName | null;
}

/** What jsonb makes of a chain's brief. */
type StoredBrief = Omit<QuestionBrief, "waitingSince"> & { waitingSince: string | null };

interface WireRow {
  id: ThreadId;
  part: InboxCursor["part"];
  account_id: string;
  profile: ThreadRow["profile"];
  site_id: string;
  channel: ChannelName;
  external_id: string;
  product: string | null;
  buyer_name: string | null;
  snippet: string | null;
  last_direction: ThreadRow["lastDirection"];
  sort_at_ms: number;
  is_waiting: boolean;
  new_count: number;
  meli_unread: number;
  status: ThreadRow["status"];
  substatus: string | null;
  outbox_flag: ThreadRow["outbox"];
  due_at_ms: number | null;
  rank: number | null;
  brief: ClaimBrief | StoredBrief | null;
  amount: Money | null;
  has_draft: boolean;
  is_pulled: boolean;
}

const COLUMNS = `t.id, t.account_id, t.channel, t.external_id, t.site_id, t.product, t.buyer_name, t.snippet,
  t.last_direction, t.sort_at, t.is_waiting, t.meli_unread, t.status, t.substatus, t.outbox_flag, t.due_at, t.rank, t.brief,
  case when t.channel = 'claims' then t.context -> 'order' -> 'total' end as amount,
  (t.pulled_at is not null or t.refused_at is not null) as is_pulled`;

/** Their names, in the order that all parts of a page share. */
const GIVEN = `id, account_id, channel, external_id, site_id, product, buyer_name, snippet, last_direction, sort_at, is_waiting, meli_unread,
  status, substatus, outbox_flag, due_at, rank, brief, amount, is_pulled`;

/** The same, with instants as numbers: the driver takes its time to read a date from text. */
const SHOWN = `p.id, p.account_id, p.channel, p.external_id, p.site_id, p.product, p.buyer_name, p.snippet, p.last_direction,
  (extract(epoch from p.sort_at) * 1000)::float8 as sort_at_ms, p.is_waiting, p.meli_unread, p.status, p.substatus, p.outbox_flag,
  (extract(epoch from p.due_at) * 1000)::float8 as due_at_ms, p.rank::float8 as rank, p.brief,
  nullif(p.amount, 'null'::jsonb) as amount, p.is_pulled`;

const HAS_DRAFT = `exists (select 1 from drafts d where d.user_id = $1 and d.thread_id = p.id
  and (d.text <> '' or d.file_ids <> '[]'::jsonb))`;

/** What of the list is the seller's to do, and what is not: the index threads_due knows the bound. */
const IS_DUE = `t.rank < ${DUE_BELOW}`;
const IS_NOT_DUE = `(t.rank is null or t.rank >= ${DUE_BELOW})`;

/** One statement for a page: what is due, by its rank; new conversations from their own small table; then the rest of each
 *  account by its index. $1 user, $2 accounts, $3 limit, $4 part, $5 sort_at, $6 id, $7 rank[, $8 channel]. */
function pageStatement(hasChannel: boolean): string {
  const channel = (table: string) => (hasChannel ? `and ${table}.channel = $8` : "");
  const left = (...parts: string[]) =>
    `greatest(0, $3 - ${parts.map((part) => `(select count(*) from ${part})`).join(" - ")})`;
  return `
    with due as materialized (
      select 'due' as part, d.*
      from unnest($2::text[]) owner(id)
      cross join lateral (
        select ${COLUMNS}
        from threads t
        where t.account_id = owner.id and ${IS_DUE} ${channel("t")}
          and $4::text = 'due' and (t.rank, t.id) > ($7::bigint, $6::bigint)
        order by t.rank, t.id
        limit $3
      ) d
      order by d.rank, d.id
      limit $3
    ), fresh as materialized (
      select 'new' as part, n.count as new_count, ${COLUMNS}
      from unseen n
      join threads t on t.id = n.thread_id and ${IS_NOT_DUE}
      where n.user_id = $1 and n.account_id = any($2) ${channel("n")} and $4 in ('due', 'new')
        and (n.sort_at, n.thread_id) < (case when $4 = 'new' then $5::timestamptz else 'infinity' end, case when $4 = 'new' then $6::bigint else 9223372036854775807 end)
      order by n.sort_at desc, n.thread_id desc
      limit ${left("due")}
    ), rest as (
      select 'rest' as part, 0 as new_count, r.*
      from unnest($2::text[]) owner(id)
      cross join lateral (
        select ${COLUMNS}
        from threads t
        where t.account_id = owner.id and ${IS_NOT_DUE} ${channel("t")}
          and (t.sort_at, t.id) < (case when $4 = 'rest' then $5::timestamptz else 'infinity' end, case when $4 = 'rest' then $6::bigint else 9223372036854775807 end)
          and not exists (select 1 from unseen u where u.user_id = $1 and u.thread_id = t.id)
        order by t.sort_at desc, t.id desc
        limit ${left("due", "fresh")}
      ) r
      order by r.sort_at desc, r.id desc
      limit ${left("due", "fresh")}
    ), page as (
      select part, coalesce((select u.count from unseen u where u.user_id = $1 and u.thread_id = due.id), 0) as new_count, ${GIVEN}
      from due
      union all select part, new_count, ${GIVEN} from fresh
      union all select part, new_count, ${GIVEN} from rest
    )
    select p.part, p.new_count, ${SHOWN}, a.profile, ${HAS_DRAFT} as has_draft
    from page p
    join accounts a on a.id = p.account_id
    order by p.part, case when p.part = 'due' then p.rank end, case when p.part = 'due' then p.id end, p.sort_at desc, p.id desc`;
}

/** A channel whose every conversation has its rank, in that order alone: $1 user, $2 accounts, $3 limit, $4 rank, $5 id, $6 channel. */
const RANKED = {
  name: "inbox_page_ranked",
  text: `
    select 'due' as part, coalesce(u.count, 0) as new_count, ${SHOWN}, a.profile, ${HAS_DRAFT} as has_draft
    from (
      select r.*
      from unnest($2::text[]) owner(id)
      cross join lateral (
        select ${COLUMNS}
        from threads t
        where t.account_id = owner.id and t.channel = $6 and t.rank is not null
          and (t.rank, t.id) > ($4::bigint, $5::bigint)
        order by t.rank, t.id
        limit $3
      ) r
      order by r.rank, r.id
      limit $3
    ) p
    join accounts a on a.id = p.account_id
    left join unseen u on u.user_id = $1 and u.thread_id = p.id
    order by p.rank, p.id`,
};

const ALL = { name: "inbox_page", text: pageStatement(false) };
const ONE_CHANNEL = { name: "inbox_page_channel", text: pageStatement(true) };

function briefOf(brief: WireRow["brief"]): Pick<ThreadRow, "claim" | "question"> {
  if (brief === null) return { claim: null, question: null };
  if (!("address" in brief)) return { claim: brief, question: null };
  const { waitingSince } = brief;
  return {
    claim: null,
    question: { ...brief, waitingSince: waitingSince === null ? null : new Date(waitingSince) },
  };
}

function rowOf(row: WireRow): ThreadRow {
  return {
    accountId: row.account_id,
    profile: row.profile,
    siteId: row.site_id,
    channel: row.channel,
    externalId: row.external_id,
    product: row.product,
    buyer: row.buyer_name,
    isPulled: row.is_pulled,
    snippet: row.snippet,
    lastDirection: row.last_direction,
    sortAt: new Date(row.sort_at_ms),
    isWaiting: row.is_waiting,
    newCount: row.new_count,
    meliUnread: row.meli_unread,
    status: row.status,
    substatus: row.substatus,
    outbox: row.outbox_flag,
    dueAt: row.due_at_ms === null ? null : new Date(row.due_at_ms),
    rank: row.rank,
    ...briefOf(row.brief),
    amount: row.amount,
    hasDraft: row.has_draft,
  };
}

/** Claims are one queue, whatever is new: what hurts most is on top. */
const isRanked = (channel: ChannelName | null): boolean => channel === "claims";

function statementOf({ userId, accountIds, channel }: InboxScope, cursor: InboxCursor | null, limit: number) {
  const { part, at, id } = cursor ?? { part: "due", at: -1, id: "0" };
  if (isRanked(channel)) return { ...RANKED, values: [userId, accountIds, limit, at, id, channel] };
  const [sortAt, rank] = part === "due" ? ["infinity", at] : [new Date(at).toISOString(), -1];
  const values = [userId, accountIds, limit, part, sortAt, id, rank];
  return channel === null ? { ...ALL, values } : { ...ONE_CHANNEL, values: [...values, channel] };
}

/** A page of conversations: what is the seller's to do by its rank, then those with something new for this user, then the
 *  newest; of claims all by their rank. The statement is prepared once per connection: planning it would cost more than
 *  running it. */
export async function listInboxRows(
  pool: pg.Pool,
  scope: InboxScope,
  cursor: InboxCursor | null,
  limit: number,
): Promise<{ rows: ThreadRow[]; next: InboxCursor | null }> {
  const { rows } = await pool.query<WireRow>(statementOf(scope, cursor, limit + 1));
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page.map(rowOf),
    next: rows.length > limit && last !== undefined ? cursorOf(last) : null,
  };
}

function cursorOf({ part, rank, sort_at_ms, id }: WireRow): InboxCursor {
  return { part, at: part === "due" ? (rank ?? 0) : sort_at_ms, id };
}

const SOME = {
  name: "inbox_rows",
  text: `
    select 'rest' as part, coalesce(u.count, 0) as new_count, ${SHOWN}, a.profile, ${HAS_DRAFT} as has_draft
    from (select ${COLUMNS} from threads t where t.id = any($2::bigint[]) and t.account_id = any($3)) p
    join accounts a on a.id = p.account_id
    left join unseen u on u.user_id = $1 and u.thread_id = p.id`,
};

/** The list's rows of these threads, as this user sees them, in no order. A thread that is gone, or of an account that is
 *  not among the given, is left out. */
export async function readInboxRows(
  pool: pg.Pool,
  userId: UserId,
  accountIds: readonly AccountId[],
  ids: readonly ThreadId[],
): Promise<ThreadRow[]> {
  const { rows } = await pool.query<WireRow>({ ...SOME, values: [userId, ids, accountIds] });
  return rows.map(rowOf);
}

/** The list's row of one thread, as this user sees it. */
export async function readInboxRow(
  pool: pg.Pool,
  userId: UserId,
  accountIds: readonly AccountId[],
  id: ThreadId,
): Promise<ThreadRow | null> {
  const [row] = await readInboxRows(pool, userId, accountIds, [id]);
  return row ?? null;
}

/** Counts stop here: nobody needs to tell 1,000 from 1,001, and counting further would cost more the more there is. */
export const COUNT_CAP = 1_000;

export interface AccountCounts {
  id: string;
  change: number;
  waiting: number;
  state: Summary["accounts"][number]["state"];
}

/** Per account: the change number, its connection and how many conversations are the seller's to do; and how many are new to the user. */
export async function countInbox(
  pool: pg.Pool,
  userId: UserId,
  accountIds: readonly AccountId[],
): Promise<{ accounts: AccountCounts[]; fresh: number }> {
  const { rows } = await pool.query<Omit<AccountCounts, "change"> & { change: string; fresh: number }>({
    name: "inbox_counts",
    text: `
      select a.id, a.change_no::text as change, a.state,
        (select count(*)::int from (
          select 1 from unnest(array['messages', 'claims', 'questions']) c(channel)
          cross join lateral (select 1 from threads t where t.account_id = a.id and t.channel = c.channel and t.is_todo order by t.sort_at desc, t.id desc limit $3) one
          limit $3
        ) w) as waiting,
        (select count(*)::int from (select 1 from unseen u where u.user_id = $1 and u.account_id = any($2) limit $3) n) as fresh
      from accounts a where a.id = any($2)`,
    values: [userId, accountIds, COUNT_CAP],
  });
  return {
    accounts: rows.map(({ id, change, waiting, state }) => ({ id, change: Number(change), waiting, state })),
    fresh: rows[0]?.fresh ?? 0,
  };
}
