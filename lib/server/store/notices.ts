import "server-only";
import { sql } from "drizzle-orm";
import type { AccountId, WorkerId } from "@/lib/shared/ids";
import type { Profile } from "@/lib/shared/sites";
import type { Database } from "./database";
import { LIVE_WORKERS } from "./workers";

/** What PostgreSQL tells the workers when notices were stored. */
export const NOTICES = "buzon_notices";

export interface NewNotice {
  userId: string;
  topic: string;
  resource: string;
  subject: string;
  actions: readonly string[];
  noticeId: string | null;
  attempts: number;
  sentAt: Date | null;
  receivedAt: Date | null;
  source: "push" | "missed";
  dedupe: string;
}

/** Stores notices and wakes the workers, in one statement: durable when this resolves. What is stored already is left as
 *  it is. Returns how many were new. */
export async function insertNotices(db: Database, notices: readonly NewNotice[]): Promise<number> {
  if (notices.length === 0) return 0;
  const { rows } = await db.execute<{ count: number }>(sql`
    with stored as (
      insert into notices
        (user_id, topic, resource, subject, actions, notice_id, attempts, sent_at, received_at, source, dedupe)
      select "userId", topic, resource, subject, actions, "noticeId", attempts, "sentAt", "receivedAt", source, dedupe
      from jsonb_to_recordset(${JSON.stringify(notices)}::jsonb) as told (
        "userId" text, topic text, resource text, subject text, actions jsonb, "noticeId" text, attempts int,
        "sentAt" timestamptz, "receivedAt" timestamptz, source text, dedupe text)
      on conflict (dedupe) do nothing
      returning id
    ), told as (
      select pg_notify(${NOTICES}, '') from (select 1 from stored limit 1) as any_new
    )
    select (select count(*)::int from stored) as count, (select count(*) from told) as told`);
  return rows[0]?.count ?? 0;
}

export interface ClaimedNotice {
  id: number;
  userId: string;
  topic: string;
  subject: string;
  actions: string[];
  tries: number;
}

/** How many due notices are looked at for one claim, from the oldest and from the newest end: of a flood that is larger
 *  the middle waits, and whoever else has few is still found among the newest. */
const OLDEST_LOOKED_AT = 4_000;
const NEWEST_LOOKED_AT = 2_000;

/** Takes due notices upon a worker, the oldest of each user first, and of nobody more than `perUser`: one account's flood
 *  leaves room for the others. Those of a worker that died are taken over.
 *  @param o.exceptUsers whose notices this worker is at now. What else it holds was left behind when the database went
 *  away, and is taken again. */
export async function claimNotices(
  db: Database,
  worker: WorkerId,
  o: { limit: number; perUser: number; exceptUsers: readonly string[] },
): Promise<ClaimedNotice[]> {
  const unheld = sql`(claimed_by is null or claimed_by = ${worker} or claimed_by not in ${LIVE_WORKERS})`;
  const free = sql`state = 'pending' and not_before <= clock_timestamp() and ${unheld}
    and user_id <> all(${sql.param([...o.exceptUsers])}::text[])`;
  const { rows } = await db.execute<{
    id: string;
    user_id: string;
    topic: string;
    subject: string;
    actions: string[];
    tries: number;
  }>(sql`
    with due as (
      (select id, user_id from notices where ${free} order by not_before, id limit ${OLDEST_LOOKED_AT})
      union
      (select id, user_id from notices where ${free} order by not_before desc, id desc limit ${NEWEST_LOOKED_AT})
    ), ranked as (
      select id, row_number() over (partition by user_id order by id) as place from due
    ), taken as (
      -- One by one by their number: a join of both is quadratic as long as PostgreSQL has not counted a fresh flood.
      select n.id from (select id, place from ranked where place <= ${o.perUser} order by place, id) r
      cross join lateral (
        select id from notices where id = r.id and state = 'pending' and ${unheld} for update skip locked
      ) n
      order by r.place, r.id limit ${o.limit}
    )
    update notices set claimed_by = ${worker} where id in (select id from taken)
    returning id::text, user_id, topic, subject, actions, tries`);
  return rows
    .map(({ id, user_id, ...row }) => ({ id: Number(id), userId: user_id, ...row }))
    .sort((a, b) => a.id - b.id);
}

export interface NoticeOutcome {
  state: "done" | "kept" | "dropped";
  /** Why, in one word. */
  outcome: string;
}

/** What became of notices. Part of the transaction that did it. Only what this worker still holds is touched. */
export async function finishNotices(
  tx: Database,
  worker: WorkerId,
  ids: readonly number[],
  { state, outcome }: NoticeOutcome,
  accountId: AccountId | null = null,
): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute(sql`
    update notices
    set state = ${state}, outcome = ${outcome}, claimed_by = null, account_id = coalesce(${accountId}::text, account_id)
    where id = any(${sql.param([...ids])}::bigint[]) and claimed_by = ${worker}`);
}

/** A notice could not be worked off now: it is due again after `pauseMs`. */
export async function retryNotices(
  db: Database,
  worker: WorkerId,
  ids: readonly number[],
  { outcome, pauseMs, isTry }: { outcome: string; pauseMs: number; isTry: boolean },
): Promise<void> {
  if (ids.length === 0) return;
  await db.execute(sql`
    update notices
    set claimed_by = null, outcome = ${outcome}, tries = tries + ${isTry ? 1 : 0}::int,
      not_before = clock_timestamp() + ${pauseMs}::float8 * interval '1 millisecond'
    where id = any(${sql.param([...ids])}::bigint[]) and claimed_by = ${worker}`);
}

/** How many of somebody's notices wait to be worked off again for one reason. */
export async function countRetried(db: Database, userId: string, outcome: string): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from notices
    where state = 'pending' and user_id = ${userId} and outcome = ${outcome}`);
  return rows[0]?.count ?? 0;
}

/** A worker stops: what it holds may be taken by another at once. */
export async function releaseNotices(db: Database, worker: WorkerId): Promise<void> {
  await db.execute(
    sql`update notices set claimed_by = null where claimed_by = ${worker} and state = 'pending'`,
  );
}

export interface NoticeOwner {
  accountId: AccountId;
  profile: Profile;
  isConnected: boolean;
}

/** Whose account a notice is for: the user it names, or the Global Selling account that this user is a marketplace of.
 *  Users of nobody are left out. */
export async function readOwners(
  db: Database,
  userIds: readonly string[],
): Promise<Map<string, NoticeOwner[]>> {
  const { rows } = await db.execute<{
    user_id: string;
    id: AccountId;
    profile: Profile;
    is_connected: boolean;
  }>(sql`
    select u.user_id, a.id, a.profile, a.state = 'connected' as is_connected
    from unnest(${sql.param([...userIds])}::text[]) as u (user_id)
    join accounts a on a.id = u.user_id
      or a.marketplaces @> jsonb_build_array(jsonb_build_object('userId', u.user_id))
    order by a.state = 'connected' desc, a.id = u.user_id desc, a.id`);
  const owners = new Map<string, NoticeOwner[]>();
  for (const row of rows) {
    const owner = { accountId: row.id, profile: row.profile, isConnected: row.is_connected };
    owners.set(row.user_id, [...(owners.get(row.user_id) ?? []), owner]);
  }
  return owners;
}
