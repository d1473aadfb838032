import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { AppError } from "@/lib/shared/errors";
import type { AccountId, WorkerId } from "@/lib/shared/ids";
import { assertConnected } from "./accounts";
import { noteChange } from "./changes";
import { PASSING } from "./chores";
import { LEADS, NO_PROBLEM, type StoredProblem } from "./contact-wishes";
import type { Database } from "./database";
import { leadSyncs } from "./schema-leads";
import { chores } from "./schema-work";
import { LIVE_WORKERS } from "./workers";

export type LeadSyncRow = typeof leadSyncs.$inferSelect;

export async function listLeadSyncs(db: Database, accountIds: readonly AccountId[]): Promise<LeadSyncRow[]> {
  if (accountIds.length === 0) return [];
  return db
    .select()
    .from(leadSyncs)
    .where(inArray(leadSyncs.accountId, [...accountIds]));
}

export async function readLeadSync(db: Database, accountId: AccountId): Promise<LeadSyncRow | null> {
  const rows = await db.select().from(leadSyncs).where(eq(leadSyncs.accountId, accountId));
  return rows[0] ?? null;
}

/** Notes what was found or how far a reading is. Of an account that was disconnected meanwhile nothing is noted. */
export async function saveLeadSync(
  db: Database,
  accountId: AccountId,
  change: Partial<Omit<LeadSyncRow, "accountId">>,
): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await isConnected(tx, accountId))) return;
    await tx
      .insert(leadSyncs)
      .values({ accountId, ...change })
      .onConflictDoUpdate({ target: leadSyncs.accountId, set: { ...change, accountId } });
  });
}

/** Holds off a disconnection until this transaction ends, if there was none. */
async function isConnected(tx: Database, accountId: AccountId): Promise<boolean> {
  try {
    await assertConnected(tx, accountId);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "account_disconnected") return false;
    throw error;
  }
}

/** Does the account have classified listings? From the first yes on its leads are waited for. Browsers are told when it is news. */
export async function saveChecked(
  db: Database,
  accountId: AccountId,
  hasClassifieds: boolean,
): Promise<void> {
  const checkedAt = new Date();
  await db.transaction(async (tx) => {
    const before = await readLeadSync(tx, accountId);
    const isNew = hasClassifieds && before?.hasClassifieds !== true;
    await saveLeadSync(tx, accountId, {
      hasClassifieds,
      checkedAt,
      ...NO_PROBLEM,
      ...(isNew ? { wantedAt: checkedAt } : {}),
    });
    if (!isNew) return;
    await tx.execute(sql`select pg_notify(${LEADS}, '')`);
    await noteChange(tx, accountId);
  });
}

/** Has the leads of these accounts read again, if that was not done since `before`; from an earlier day on where one is named.
 *  Only of accounts that have classified listings. */
export async function wishLeads(
  db: Database,
  accountIds: readonly AccountId[],
  o: { before: Date; from?: string; evenAfterProblem?: boolean },
): Promise<void> {
  if (accountIds.length === 0) return;
  const from = o.from ?? null;
  const wished = await db
    .update(leadSyncs)
    .set({
      wantedAt: new Date(),
      done: 0,
      total: null,
      wantedFrom: sql`least(${leadSyncs.wantedFrom}, ${from}::text)`,
      ...(o.evenAfterProblem === true ? { retryAt: null } : {}),
    })
    .where(
      and(
        inArray(leadSyncs.accountId, [...accountIds]),
        eq(leadSyncs.hasClassifieds, true),
        sql`(${leadSyncs.leadsAt} is null or ${leadSyncs.leadsAt} < ${o.before.toISOString()}::timestamptz
          or ${leadSyncs.leadsFrom} > ${from}::text)`,
        sql`(${leadSyncs.wantedAt} is null or ${leadSyncs.wantedFrom} is null and ${from}::text is not null
          or ${leadSyncs.wantedFrom} > ${from}::text)`,
      ),
    )
    .returning({ id: leadSyncs.accountId });
  if (wished.length > 0) await db.execute(sql`select pg_notify(${LEADS}, '')`);
}

/** Has the leads read again of every account for which that is due. */
export async function wishDueLeads(db: Database, everyMs: number): Promise<void> {
  const { rows } = await db.execute(sql`
    update lead_syncs set wanted_at = now(), done = 0, total = null
    from accounts a
    where a.id = lead_syncs.account_id and a.state = 'connected' and has_classifieds and wanted_at is null
      and (leads_at is null or leads_at < now() - ${everyMs}::float8 * interval '1 millisecond')
    returning 1`);
  if (rows.length > 0) await db.execute(sql`select pg_notify(${LEADS}, '')`);
}

/** Connected accounts that were read once and of which nobody knows yet whether they have classified listings. One that may not
 *  be asked is asked once a day: refusals cost an application its access (auth-and-limits.md 6.3). Of Global Selling none: those
 *  are made on local accounts. */
export async function listUnchecked(db: Database, limit: number): Promise<AccountId[]> {
  const { rows } = await db.execute<{ id: AccountId }>(sql`
    select a.id from accounts a join syncs s on s.account_id = a.id
    left join lead_syncs l on l.account_id = a.id
    where a.state = 'connected' and a.profile = 'LOCAL' and s.backfill_at is not null
      and l.checked_at is null and (l.retry_at is null or l.retry_at < now()
        - case when l.problem = any(${sql.param([...PASSING])}::text[]) then interval '0' else interval '1 day' end)
    limit ${limit}`);
  return rows.map(({ id }) => id);
}

/** What was wished for until then was read. A wish from during the reading stays. */
export async function finishLeads(
  db: Database,
  accountId: AccountId,
  o: { wantedAt: Date; leadsFrom: string; startedAt: Date; isWhole: boolean },
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .update(leadSyncs)
      .set({
        leadsAt: o.startedAt,
        leadsFrom: sql`least(${leadSyncs.leadsFrom}, ${o.leadsFrom}::text)`,
        ...(o.isWhole ? { leadsWholeAt: o.startedAt } : {}),
        ...NO_PROBLEM,
        wantedAt: sql`case when ${leadSyncs.wantedAt} <= ${o.wantedAt.toISOString()}::timestamptz then null else ${leadSyncs.wantedAt} end`,
        wantedFrom: sql`case when ${leadSyncs.wantedFrom} >= ${o.leadsFrom}::text then null else ${leadSyncs.wantedFrom} end`,
      })
      .where(eq(leadSyncs.accountId, accountId));
    await noteChange(tx, accountId);
  });
}

/** Leads could not be read: what is held stays, and browsers are told why it is not newer. */
export async function saveLeadProblem(
  db: Database,
  accountId: AccountId,
  problem: StoredProblem,
): Promise<void> {
  await db.transaction(async (tx) => {
    await saveLeadSync(tx, accountId, problem);
    await noteChange(tx, accountId);
  });
}

/** Takes accounts whose leads or listings' contacts are waited for upon a worker: each is read by one, and is free again within
 *  seconds when it dies. @param running what this worker is at */
export async function claimLeadWork(
  db: Database,
  worker: WorkerId,
  o: { limit: number; running: readonly AccountId[] },
): Promise<AccountId[]> {
  const { rows } = await db.execute<{ id: AccountId }>(sql`
    insert into chores as held (key, claimed_by, claimed_at)
    select 'leads:' || a.id, ${worker}::uuid, clock_timestamp()
    from (
      select account_id from lead_syncs where wanted_at is not null and (retry_at is null or retry_at <= now())
      union
      select account_id from contact_wishes where done_at is null and (retry_at is null or retry_at <= now())
    ) waiting
    join accounts a on a.id = waiting.account_id and a.state = 'connected'
    where a.id <> all(${sql.param([...o.running])}::text[])
      and not exists (select 1 from chores c where c.key = 'leads:' || a.id
        and c.claimed_by in ${LIVE_WORKERS} and c.claimed_by <> ${worker})
    limit ${o.limit}
    on conflict (key) do update set claimed_by = excluded.claimed_by, claimed_at = excluded.claimed_at
    where held.claimed_by is null or held.claimed_by = ${worker} or held.claimed_by not in ${LIVE_WORKERS}
    returning substr(key, 7) as id`);
  return rows.map(({ id }) => id);
}

export async function releaseLeadWork(db: Database, accountId: AccountId, worker: WorkerId): Promise<void> {
  await db
    .update(chores)
    .set({ claimedBy: null, doneAt: sql`clock_timestamp()` })
    .where(and(eq(chores.key, `leads:${accountId}`), eq(chores.claimedBy, worker)));
}
