import "server-only";
import type pg from "pg";
import type * as z from "zod/mini";
import type { ClaimBrief } from "@/lib/shared/api/claim";
import type { InboxCounts, InboxState, Summary, ThreadRow, ThreadRowSchema } from "@/lib/shared/api/inbox";
import type { QuestionBriefSchema } from "@/lib/shared/api/question";
import type { AccountId, ThreadId, UserId } from "@/lib/shared/ids";
import type { Money } from "@/lib/shared/money";
import { CHANNELS, type ChannelName } from "@/lib/shared/thread";
import {
  COLUMNS,
  COUNTS,
  FLAT,
  HAS_DRAFT,
  LIST_COUNT_CAP,
  MIXED,
  NEW_COUNT,
  RANKED,
  SHOWN,
} from "./inbox-statements";

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

/** A row as it is told to browsers: instants are text. A page of dates would cost more to write than to read. */
export type ToldRow = z.input<typeof ThreadRowSchema>;
type ToldBrief = z.input<typeof QuestionBriefSchema>;

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
  /** ISO 8601 in UTC, but for a space between day and time, and without a zone. */
  sort_at: string;
  is_waiting: boolean;
  new_count: number;
  meli_unread: number;
  status: ThreadRow["status"];
  substatus: string | null;
  outbox_flag: ThreadRow["outbox"];
  due_at: string | null;
  rank: number | null;
  brief: ClaimBrief | ToldBrief | null;
  amount: Money | null;
  has_draft: boolean;
  is_pulled: boolean;
  /** On first pages: the same in every row (inbox-statements.ts). */
  counts?: string | null;
}

function briefOf(brief: WireRow["brief"]): Pick<ToldRow, "claim" | "question"> {
  if (brief === null) return { claim: null, question: null };
  return "address" in brief ? { claim: null, question: brief } : { claim: brief, question: null };
}

const isoOf = (utc: string) => `${utc.replace(" ", "T")}Z`;

function rowOf(row: WireRow): ToldRow {
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
    sortAt: isoOf(row.sort_at),
    isWaiting: row.is_waiting,
    newCount: row.new_count,
    meliUnread: row.meli_unread,
    status: row.status,
    substatus: row.substatus,
    outbox: row.outbox_flag,
    dueAt: row.due_at === null ? null : isoOf(row.due_at),
    rank: row.rank,
    ...briefOf(row.brief),
    amount: row.amount,
    hasDraft: row.has_draft,
  };
}

/** The row as our own code and the browser's have it. */
export function reviveRow({ sortAt, dueAt, question, ...row }: ToldRow): ThreadRow {
  const waitingSince = question?.waitingSince ?? null;
  return {
    ...row,
    sortAt: new Date(sortAt),
    dueAt: dueAt === null ? null : new Date(dueAt),
    question: question && {
      ...question,
      waitingSince: waitingSince === null ? null : new Date(waitingSince),
    },
  };
}

/** Claims and questions are one queue each, whatever is new: what hurts most is on top. */
const isRanked = (channel: ChannelName | null): channel is "claims" | "questions" =>
  channel === "claims" || channel === "questions";

/** Lists that are ordered by time alone. */
export const isByTime = (state: InboxState | null): state is "new" | "blocked" | "troubled" =>
  state !== null && state !== "todo";

function statementOf(scope: InboxScope, cursor: InboxCursor | null, limit: number) {
  const { userId, accountIds, channel, state } = scope;
  const isTodo = state === "todo";
  const isFirst = cursor === null;
  if (isByTime(state)) {
    const { at, id } = cursor ?? { at: null, id: LAST_ID };
    const sortAt = at === null ? "infinity" : new Date(at).toISOString();
    return { ...FLAT[state], values: [userId, accountIds, limit, sortAt, id, channelsOf(channel), isFirst] };
  }
  const { part, at, id } = cursor ?? { part: "due", at: -1, id: "0" };
  if (isRanked(channel)) {
    const values = [userId, accountIds, limit, at, id, channel, isFirst];
    return { ...RANKED[isTodo ? "todo" : "all"], values };
  }
  const [sortAt, rank] = part === "due" ? ["infinity", at] : [new Date(at).toISOString(), -1];
  const values = [userId, accountIds, limit, part, sortAt, id, rank, isFirst];
  if (channel === null) return { ...MIXED[isTodo ? "todo" : "all"], values };
  return { ...MIXED[isTodo ? "todoChannel" : "channel"], values: [...values, channel] };
}

/** Beyond every thread's number. */
const LAST_ID = "9223372036854775807";

const channelsOf = (channel: ChannelName | null): readonly ChannelName[] =>
  channel === null ? CHANNELS : [channel];

/** A page of conversations: what is the seller's to do by its rank, then those with something new for this user, then the
 *  newest; of claims and questions all by their rank; of most states the newest. The first page brings the counts of all lists. */
export async function listInboxRows(
  pool: pg.Pool,
  scope: InboxScope,
  cursor: InboxCursor | null,
  limit: number,
): Promise<{ rows: ToldRow[]; next: InboxCursor | null; counts: InboxCounts | null }> {
  const { rows } = await pool.query<WireRow>(statementOf(scope, cursor, limit + 1));
  const page = rows.sort(byPlace).slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page.map(rowOf),
    next: rows.length > limit && last !== undefined ? cursorOf(last) : null,
    counts: cursor === null ? await firstCounts(pool, scope, rows[0]) : null,
  };
}

/** What is due first, by its rank; then what is new and the rest, the newest first. Of two alike the threads' numbers decide. */
function byPlace(a: WireRow, b: WireRow): number {
  if (a.part !== b.part) return PLACES[a.part] - PLACES[b.part];
  if (a.part === "due") return (a.rank ?? 0) - (b.rank ?? 0) || Number(a.id) - Number(b.id);
  if (a.sort_at !== b.sort_at) return a.sort_at < b.sort_at ? 1 : -1;
  return Number(b.id) - Number(a.id);
}

const PLACES = { due: 0, new: 1, rest: 2 } as const;

/** They stand in the rows of a page: an empty one has none to stand in. */
async function firstCounts(
  pool: pg.Pool,
  scope: InboxScope,
  first: WireRow | undefined,
): Promise<InboxCounts> {
  const text = first?.counts ?? null;
  return text === null ? countStates(pool, scope) : countsOf(text, scope.channel);
}

function cursorOf({ part, rank, sort_at, id }: WireRow): InboxCursor {
  return { part, at: part === "due" ? (rank ?? 0) : Date.parse(isoOf(sort_at)), id };
}

const SOME = {
  name: "inbox_rows",
  text: `
    select 'rest' as part, ${NEW_COUNT} as new_count, ${SHOWN}, a.profile, ${HAS_DRAFT} as has_draft
    from (select ${COLUMNS} from threads t where t.id = any($2::bigint[]) and t.account_id = any($3)) p
    join accounts a on a.id = p.account_id`,
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
  return rows.map((row) => reviveRow(rowOf(row)));
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

/** How many conversations the lists of these accounts hold: those to do by channel, and every state of the channel that is
 *  looked at. Never more than LIST_COUNT_CAP. */
export async function countStates(
  pool: pg.Pool,
  { userId, accountIds, channel }: Omit<InboxScope, "state">,
): Promise<InboxCounts> {
  const values = [userId, accountIds, channelsOf(channel)];
  const { rows } = await pool.query<{ counts: string }>({ ...COUNTS, values });
  return countsOf(rows[0]?.counts ?? "", channel);
}

/** @param text what the statements make of them: six numbers. */
function countsOf(text: string, channel: ChannelName | null): InboxCounts {
  const [messages = 0, claims = 0, questions = 0, blocked = 0, troubled = 0, fresh = 0] = text
    .split(",")
    .map((count) => Math.min(Number(count), LIST_COUNT_CAP));
  const todo = { messages, claims, questions };
  const sum = channelsOf(channel).reduce((all, one) => all + todo[one], 0);
  return { todo, states: { todo: Math.min(sum, LIST_COUNT_CAP), new: fresh, blocked, troubled } };
}
