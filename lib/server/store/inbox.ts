import "server-only";
import type pg from "pg";
import type { ClaimBrief } from "@/lib/shared/api/claim";
import type { InboxCounts, InboxState, Summary, ThreadRow } from "@/lib/shared/api/inbox";
import type { QuestionBrief } from "@/lib/shared/api/question";
import type { AccountId, ThreadId, UserId } from "@/lib/shared/ids";
import type { Money } from "@/lib/shared/money";
import { CHANNELS, type ChannelName } from "@/lib/shared/thread";
import { COLUMNS, FLAT, HAS_DRAFT, IS_BLOCKED, IS_TROUBLED, MIXED, RANKED, SHOWN } from "./inbox-statements";

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
  /** Null: all of them. */
  state: InboxState | null;
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

/** Claims and questions are one queue each, whatever is new: what hurts most is on top. */
const isRanked = (channel: ChannelName | null): channel is "claims" | "questions" =>
  channel === "claims" || channel === "questions";

function statementOf(scope: InboxScope, cursor: InboxCursor | null, limit: number) {
  const { userId, accountIds, channel, state } = scope;
  const isTodo = state === "todo";
  if (state === "new" || state === "blocked" || state === "troubled") {
    const { at, id } = cursor ?? { at: null, id: LAST_ID };
    const sortAt = at === null ? "infinity" : new Date(at).toISOString();
    return { ...FLAT[state], values: [userId, accountIds, limit, sortAt, id, channelsOf(channel)] };
  }
  const { part, at, id } = cursor ?? { part: "due", at: -1, id: "0" };
  if (isRanked(channel)) {
    return { ...RANKED[isTodo ? "todo" : "all"], values: [userId, accountIds, limit, at, id, channel] };
  }
  const [sortAt, rank] = part === "due" ? ["infinity", at] : [new Date(at).toISOString(), -1];
  const values = [userId, accountIds, limit, part, sortAt, id, rank];
  if (channel === null) return { ...MIXED[isTodo ? "todo" : "all"], values };
  return { ...MIXED[isTodo ? "todoChannel" : "channel"], values: [...values, channel] };
}

/** Beyond every thread's number. */
const LAST_ID = "9223372036854775807";

const channelsOf = (channel: ChannelName | null): readonly ChannelName[] =>
  channel === null ? CHANNELS : [channel];

/** A page of conversations: what is the seller's to do by its rank, then those with something new for this user, then the
 *  newest; of claims and questions all by their rank; of most states the newest. */
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

/** Beyond this a list says that it holds more than 99: all of its counts come with its first page, and each index entry that
 *  is counted costs. */
const LIST_COUNT_CAP = 100;

/** Up to so many of the accounts' conversations of some channels, by the index of their state. */
const counted = (channels: string, which: string) => `(select count(*)::int from (
      select 1
      from unnest($1::text[]) owner(id)
      cross join unnest(${channels}) list(channel)
      cross join lateral (
        select 1
        from threads t
        where t.account_id = owner.id and t.channel = list.channel and ${which}
        order by t.sort_at desc, t.id desc
        limit $2
      ) one
      limit $2
    ) held)`;

const COUNTS = {
  name: "inbox_state_counts",
  text: `select
    ${counted("array['messages']", "t.is_todo")} as messages,
    ${counted("array['claims']", "t.is_todo")} as claims,
    ${counted("array['questions']", "t.is_todo")} as questions,
    ${counted("$3::text[]", IS_BLOCKED)} as blocked,
    ${counted("$3::text[]", IS_TROUBLED)} as troubled,
    (select count(*)::int from (
      select 1 from unseen u where u.user_id = $4 and u.account_id = any($1) and u.channel = any($3) limit $2
    ) n) as fresh`,
};

/** How many conversations the lists of these accounts hold: those to do by channel, and every state of the channel that is
 *  looked at. Never more than LIST_COUNT_CAP. */
export async function countStates(
  pool: pg.Pool,
  { userId, accountIds, channel }: Omit<InboxScope, "state">,
): Promise<InboxCounts> {
  const { rows } = await pool.query<
    Record<"messages" | "claims" | "questions" | "blocked" | "troubled" | "fresh", number>
  >({ ...COUNTS, values: [accountIds, LIST_COUNT_CAP, channelsOf(channel), userId] });
  const { messages = 0, claims = 0, questions = 0, blocked = 0, troubled = 0, fresh = 0 } = rows[0] ?? {};
  const todo = { messages, claims, questions };
  const sum = channelsOf(channel).reduce((all, one) => all + todo[one], 0);
  return { todo, states: { todo: Math.min(sum, LIST_COUNT_CAP), new: fresh, blocked, troubled } };
}
