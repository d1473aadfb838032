import "server-only";
import { and, asc, eq, gt, lte, sql } from "drizzle-orm";
import type { AccountId, ThreadId, WorkerId } from "@/lib/shared/ids";
import type { ChannelName } from "@/lib/shared/thread";
import { noteChange } from "./changes";
import type { Database } from "./database";
import { type PullLane, threads } from "./schema";
import { type BackfillThread, backfillColumns } from "./threads";
import { LIVE_WORKERS } from "./workers";

/** What PostgreSQL tells the workers when a conversation is wished for. */
export const WISHES = "buzon_wishes";

/** Wishes a conversation to be read soon. However many wish it at once, it is read once; a wish that comes while it is
 *  being read has it read again. Part of the transaction that has the reason. */
export async function wishPull(
  tx: Database,
  accountId: AccountId,
  id: ThreadId,
  lane: Exclude<PullLane, "reconcile">,
): Promise<void> {
  await tx
    .update(threads)
    .set({
      pullWantedAt: sql`clock_timestamp()`,
      pullFailures: 0,
      pullLane: sql`case when ${threads.pullWantedAt} is not null and ${threads.pullLane} = 'open' then 'open' else ${lane} end`,
    })
    .where(and(eq(threads.accountId, accountId), eq(threads.id, id)));
  await tx.execute(sql`select pg_notify(${WISHES}, '')`);
}

export interface WishedThread extends BackfillThread {
  accountId: AccountId;
  lane: PullLane;
  /** Tries that failed in a row. */
  failures: number;
}

/** How many wishes are looked at for one claim: more than any burst of conversations. */
const LOOKED_AT = 2_000;

/** Takes conversations that are wished for upon a worker: those a person waits for first, then the oldest wish, and of
 *  each account no more than `perAccount` less what runs for it already: one account's flood leaves room for the others. */
export async function claimWishes(
  db: Database,
  worker: WorkerId,
  o: {
    limit: number;
    perAccount: number;
    running: ReadonlyMap<AccountId, number>;
    /** What this worker really reads now. Anything else in its name was left behind when the database went away. */
    reading: readonly ThreadId[];
  },
): Promise<WishedThread[]> {
  const free = sql`t.pull_wanted_at <= clock_timestamp() and t.pull_lane <> 'reconcile'
    and (t.pull_owner is null or t.pull_owner not in ${LIVE_WORKERS}
      or (t.pull_owner = ${worker} and t.id <> all(${sql.param([...o.reading])}::bigint[])))`;
  const { rows } = await db.execute<{ id: ThreadId }>(sql`
    with wished as (
      select t.id, t.account_id, t.pull_lane, t.pull_wanted_at
      from threads t join accounts a on a.id = t.account_id
      where ${free} and a.state = 'connected'
      order by (t.pull_lane = 'open') desc, t.pull_wanted_at
      limit ${LOOKED_AT}
    ), ranked as (
      select w.*, row_number() over (
        partition by account_id order by (pull_lane = 'open') desc, pull_wanted_at
      ) + coalesce((${JSON.stringify(Object.fromEntries(o.running))}::jsonb ->> account_id)::int, 0) as place
      from wished w
    ), taken as (
      select t.id from threads t join ranked r on r.id = t.id
      where r.place <= ${o.perAccount} and ${free}
      order by (r.pull_lane = 'open') desc, r.place, r.pull_wanted_at
      limit ${o.limit} for update of t skip locked
    )
    update threads set pull_owner = ${worker} where id in (select id from taken)
    returning id::text as id`);
  if (rows.length === 0) return [];
  return db
    .select({
      ...backfillColumns,
      accountId: threads.accountId,
      lane: threads.pullLane,
      failures: threads.pullFailures,
    })
    .from(threads)
    .where(sql`${threads.id} = any(${sql.param(rows.map(({ id }) => id))}::bigint[])`)
    .orderBy(sql`(${threads.pullLane} = 'open') desc`, asc(threads.pullWantedAt));
}

/** The read is over, whatever it brought: the next wish may be taken by anybody. */
export async function releaseWish(db: Database, id: ThreadId, worker: WorkerId): Promise<void> {
  await db
    .update(threads)
    .set({ pullOwner: null })
    .where(and(eq(threads.id, id), eq(threads.pullOwner, worker)));
}

/** A worker stops: what it was to read may be taken by another at once. */
export async function releaseWishes(db: Database, worker: WorkerId): Promise<void> {
  await db.update(threads).set({ pullOwner: null }).where(eq(threads.pullOwner, worker));
}

/** Ends the wish to read, unless it was made (again) after the read began, at `readFrom` of the database's clock.
 *  @param nextAt when it is to be read again whatever happens: a clock of it ends then. Null: nothing is known to come */
export function fulfilled(readFrom: Date, nextAt: Date | null = null) {
  // What lies ahead is no wish from during the read, but an earlier `nextAt`.
  const isLater = sql`${threads.pullWantedAt} > ${readFrom.toISOString()}::timestamptz and ${threads.pullFailures} = 0
    and ${threads.pullWantedAt} <= clock_timestamp()`;
  return {
    pullWantedAt: sql`case when ${isLater} then ${threads.pullWantedAt} else ${nextAt?.toISOString() ?? null}::timestamptz end`,
    pullLane: sql`case when ${isLater} then ${threads.pullLane} else 'reconcile' end`,
    pullFailures: 0,
  };
}

/** Mercado Libre refuses to show this conversation (messages.md 8): kept as it is, and left alone by the backfill. A wish
 *  from after the read began stands. */
export async function markRefused(
  db: Database,
  accountId: AccountId,
  id: ThreadId,
  readFrom: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .update(threads)
      .set({ refusedAt: sql`now()`, ...fulfilled(readFrom) })
      .where(and(eq(threads.accountId, accountId), eq(threads.id, id)));
    await noteChange(tx, accountId, { threadId: id });
  });
}

/** The database's time: what a wish is compared with must come from the same clock. */
export async function databaseNow(db: Database): Promise<Date> {
  const { rows } = await db.execute<{ ms: number }>(
    sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`,
  );
  return new Date(rows[0]?.ms ?? Date.now());
}

/** Threads of a channel that wait to be read again: what hurts most first where they are ranked, else those that wait longest. */
export async function listWanted(
  db: Database,
  accountId: AccountId,
  channel: ChannelName,
  limit: number,
): Promise<BackfillThread[]> {
  return db
    .select(backfillColumns)
    .from(threads)
    .where(
      and(
        eq(threads.accountId, accountId),
        eq(threads.channel, channel),
        lte(threads.pullWantedAt, sql`clock_timestamp()`),
        // What a person or a notification wishes is read at once, by whoever is free for it.
        eq(threads.pullLane, "reconcile"),
      ),
    )
    .orderBy(asc(threads.rank), asc(threads.pullWantedAt))
    .limit(limit);
}

/** Waits before what somebody waits for is read again: what is too fresh to be readable is so within seconds
 *  (notifications.md 9). */
export const WISH_RETRIES_S = [2, 5, 15, 60] as const;

/** A conversation could not be read: it is tried again after a while that grows to an hour: from half a minute on, or from
 *  seconds on when somebody wished for it. */
export async function notePullFailure(
  db: Database,
  accountId: AccountId,
  thread: Pick<BackfillThread, "id">,
): Promise<void> {
  const backoff = sql`least(30 * power(2, least(${threads.pullFailures}, 10)), 3600)`;
  const quick = sql.raw(`(array[${WISH_RETRIES_S.join(",")}])`);
  await db
    .update(threads)
    .set({
      pullFailures: sql`${threads.pullFailures} + 1`,
      pullWantedAt: sql`clock_timestamp() + interval '1 second' * case
        when ${threads.pullLane} = 'reconcile' then ${backoff}
        else coalesce(${quick}[${threads.pullFailures} + 1], ${backoff}) end`,
    })
    .where(and(eq(threads.accountId, accountId), eq(threads.id, thread.id)));
}

/** How many conversations of an account could not be read at the last try. */
export async function countUnreadable(db: Database, accountId: AccountId): Promise<number> {
  return db.$count(threads, and(eq(threads.accountId, accountId), gt(threads.pullFailures, 0)));
}
