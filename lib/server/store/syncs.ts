import "server-only";
import { and, eq, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { AccountId, WorkerId } from "@/lib/shared/ids";
import { noteChange } from "./changes";
import type { Database } from "./database";
import { accounts } from "./schema-accounts";
import { chores, syncs } from "./schema-work";
import { LIVE_WORKERS } from "./workers";

export type SyncRow = typeof syncs.$inferSelect;

export async function readSync(db: Database, accountId: AccountId): Promise<SyncRow | null> {
  const rows = await db.select().from(syncs).where(eq(syncs.accountId, accountId));
  return rows[0] ?? null;
}

/** The syncs of connected accounts: one that is not connected makes no progress worth showing. */
export async function listSyncs(db: Database, accountIds: readonly AccountId[]): Promise<SyncRow[]> {
  if (accountIds.length === 0) return [];
  const rows = await db
    .select({ sync: syncs })
    .from(syncs)
    .innerJoin(accounts, eq(accounts.id, syncs.accountId))
    .where(and(inArray(syncs.accountId, [...accountIds]), eq(accounts.state, "connected")));
  return rows.map((row) => row.sync);
}

/** Notes how far an account's sync is; the screen shows it. */
export async function saveProgress(
  db: Database,
  accountId: AccountId,
  progress: Partial<Omit<SyncRow, "accountId">>,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(syncs).set(progress).where(eq(syncs.accountId, accountId));
    await noteChange(tx, accountId);
  });
}

/** The channel that says: an account may want its first sync. */
export const SYNCS = "buzon_syncs";

/** Starts an account's sync over if it is not from just now: after a new consent there may be sales we missed. What
 *  was read stays read. Wakes the workers for a sync that has not come to its end, when the transaction commits. */
export async function restartSync(tx: Database, accountId: AccountId): Promise<void> {
  await tx
    .update(syncs)
    .set({ salesOffset: 0, salesAt: null, backfillAt: null, backfillDone: 0, backfillTotal: null })
    .where(and(eq(syncs.accountId, accountId), lt(syncs.backfillAt, sql`now() - interval '10 minutes'`)));
  await tx.execute(sql`select pg_notify(${SYNCS}, '')`);
}

/** Mercado Libre refused to let this account be read: kept for the seller to see, and asked again only after a while. */
export async function saveProblem(db: Database, accountId: AccountId, problem: string): Promise<void> {
  await saveProgress(db, accountId, { problem, problemAt: new Date() });
}

/** A sweep came to its end. Tells no browser: nothing that it shows has changed by this. */
export async function saveSwept(db: Database, accountId: AccountId): Promise<void> {
  await db
    .update(syncs)
    .set({ sweptAt: sql`now()`, problem: null, problemAt: null })
    .where(eq(syncs.accountId, accountId));
}

/** A refusal that no retry heals is not repeated every minute: too many of them cost an application its access
 *  (auth-and-limits.md 6.3). */
const NO_RECENT_PROBLEM = or(
  isNull(syncs.problemAt),
  lt(syncs.problemAt, sql`now() - interval '15 minutes'`),
);

/** Who sweeps an account now: a row beside the chores, so that the death of that worker is noticed. */
const sweeper = sql`'sweep:' || ${syncs.accountId}`;

/** Claims the connected accounts whose unread list is due for a sweep: each goes to one process. What a worker that died
 *  had begun is due at once. */
export async function claimSweeps(db: Database, everyMs: number, worker: WorkerId): Promise<AccountId[]> {
  return db.transaction(async (tx) => {
    const claimed = await tx
      .update(syncs)
      .set({ sweepClaimedAt: sql`now()` })
      .from(accounts)
      .where(
        and(
          eq(accounts.id, syncs.accountId),
          eq(accounts.state, "connected"),
          NO_RECENT_PROBLEM,
          or(
            isNull(syncs.sweepClaimedAt),
            lt(syncs.sweepClaimedAt, sql`now() - ${everyMs} * interval '1 millisecond'`),
            sql`exists (select 1 from chores c where c.key = ${sweeper} and c.claimed_by not in ${LIVE_WORKERS})`,
          ),
        ),
      )
      .returning({ accountId: syncs.accountId });
    const ids = claimed.map((row) => row.accountId);
    if (ids.length > 0) {
      await tx
        .insert(chores)
        .values(ids.map((id) => ({ key: `sweep:${id}`, claimedBy: worker })))
        .onConflictDoUpdate({ target: chores.key, set: { claimedBy: worker } });
    }
    return ids;
  });
}

/** A sweep is over, whatever it brought. */
export async function releaseSweep(db: Database, accountId: AccountId, worker: WorkerId): Promise<void> {
  await db
    .update(chores)
    .set({ claimedBy: null })
    .where(and(eq(chores.key, `sweep:${accountId}`), eq(chores.claimedBy, worker)));
}

/** Takes first syncs that have not come to their end upon a worker. Each is done by one worker; one whose worker died is
 *  free as soon as its silence is noticed, and one that failed is begun again after 5 seconds.
 *  @param running what this worker is at: any other claim of its own is an abandoned one */
export async function claimSyncs(
  db: Database,
  worker: WorkerId,
  o: { limit: number; running: readonly AccountId[] },
): Promise<AccountId[]> {
  const { rows } = await db.execute<{ id: AccountId }>(sql`
    insert into chores as held (key, claimed_by, claimed_at)
    select 'sync:' || ${syncs.accountId}, ${worker}::uuid, clock_timestamp()
    from ${syncs} join ${accounts} on ${accounts.id} = ${syncs.accountId}
    where ${accounts.state} = 'connected' and ${syncs.backfillAt} is null and ${NO_RECENT_PROBLEM}
      and ${syncs.accountId} <> all(${sql.param([...o.running])}::text[])
      and not exists (select 1 from chores c where c.key = 'sync:' || ${syncs.accountId}
        and c.claimed_by in ${LIVE_WORKERS} and c.claimed_by <> ${worker})
    limit ${o.limit}
    on conflict (key) do update set claimed_by = excluded.claimed_by, claimed_at = excluded.claimed_at
    where (held.claimed_by is null or held.claimed_by = ${worker} or held.claimed_by not in ${LIVE_WORKERS})
      and (held.problem is null or held.claimed_at < clock_timestamp() - interval '5 seconds')
    returning substr(key, 6) as id`);
  return rows.map((row) => row.id);
}

/** A first sync ended, well or with a problem that it is begun again after. */
export async function releaseSync(
  db: Database,
  accountId: AccountId,
  worker: WorkerId,
  problem: string | null,
): Promise<void> {
  await db
    .update(chores)
    .set({ claimedBy: null, problem })
    .where(and(eq(chores.key, `sync:${accountId}`), eq(chores.claimedBy, worker)));
}
