import "server-only";
import { and, desc, eq, isNull, or, sql } from "drizzle-orm";
import type { Unit } from "@/lib/shared/contacts/buckets";
import type { AccountId } from "@/lib/shared/ids";
import { noteChange } from "./changes";
import type { Database } from "./database";
import { contactReads, contactWishes } from "./schema-leads";

/** The channel that says: listings or leads of an account are waited for. */
export const LEADS = "buzon_leads";

/** Why something was not read, and when it is tried again. */
export interface StoredProblem {
  problem: string;
  problemReason: string | null;
  retryAt: Date;
}

export const NO_PROBLEM = { problem: null, problemReason: null, retryAt: null };

/** The series of all listings over some buckets: those of a period and of the one it is compared with. */
export interface WishKey {
  unit: Unit;
  from: Date;
  to: Date;
}

export type ContactWish = typeof contactWishes.$inferSelect;

const isKey = (accountId: AccountId, { unit, from, to }: WishKey) =>
  and(
    eq(contactWishes.accountId, accountId),
    eq(contactWishes.unit, unit),
    eq(contactWishes.fromAt, from),
    eq(contactWishes.toAt, to),
  );

export async function readWish(
  db: Database,
  accountId: AccountId,
  key: WishKey,
): Promise<ContactWish | null> {
  const rows = await db.select().from(contactWishes).where(isKey(accountId, key));
  return rows[0] ?? null;
}

/** Asks the workers for these series, or says that somebody still waits for them. One that came to its end begins anew. */
export async function wishContacts(db: Database, accountId: AccountId, key: WishKey): Promise<ContactWish> {
  const askedAt = new Date();
  const rows = await db
    .insert(contactWishes)
    .values({ accountId, unit: key.unit, fromAt: key.from, toAt: key.to, askedAt })
    .onConflictDoUpdate({
      target: [contactWishes.accountId, contactWishes.unit, contactWishes.fromAt, contactWishes.toAt],
      set: {
        askedAt,
        doneAt: null,
        done: sql`case when ${contactWishes.doneAt} is null then ${contactWishes.done} else 0 end`,
      },
    })
    .returning();
  await db.execute(sql`select pg_notify(${LEADS}, '')`);
  const wish = rows[0];
  if (wish === undefined) throw new Error("insert returned no row");
  return wish;
}

/** What is waited for and may be asked for now, what was asked for last before the rest. */
export async function listWishes(db: Database, accountId: AccountId): Promise<ContactWish[]> {
  return db
    .select()
    .from(contactWishes)
    .where(
      and(
        eq(contactWishes.accountId, accountId),
        isNull(contactWishes.doneAt),
        or(isNull(contactWishes.retryAt), sql`${contactWishes.retryAt} <= now()`),
      ),
    )
    .orderBy(desc(contactWishes.askedAt));
}

/** How many listings were read, of how many. */
export async function saveWishProgress(
  db: Database,
  accountId: AccountId,
  key: WishKey,
  progress: { done: number; total: number },
): Promise<void> {
  await db.update(contactWishes).set(progress).where(isKey(accountId, key));
}

/** All of it is there. Browsers are told, if that is news. */
export async function finishWish(
  db: Database,
  accountId: AccountId,
  key: WishKey,
  total: number,
  o: { isNews: boolean },
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .insert(contactWishes)
      .values({
        accountId,
        unit: key.unit,
        fromAt: key.from,
        toAt: key.to,
        askedAt: new Date(),
        doneAt: new Date(),
        done: total,
        total,
      })
      .onConflictDoUpdate({
        target: [contactWishes.accountId, contactWishes.unit, contactWishes.fromAt, contactWishes.toAt],
        set: { doneAt: new Date(), done: total, total, ...NO_PROBLEM },
      });
    if (o.isNews) await noteChange(tx, accountId);
  });
}

/** It could not be read: tried again from `retryAt` on, and the browsers are told why nothing moves. */
export async function saveWishProblem(
  db: Database,
  accountId: AccountId,
  key: WishKey,
  problem: StoredProblem,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(contactWishes).set(problem).where(isKey(accountId, key));
    await noteChange(tx, accountId);
  });
}

/** Takes the reading of an account's own contacts upon this request. False: another one is at it, which ends by itself even
 *  when its process dies. */
export async function leaseReading(db: Database, accountId: AccountId, ms: number): Promise<boolean> {
  const { rows } = await db.execute(sql`
    insert into contact_reads as held (account_id, lease_until)
    values (${accountId}, now() + ${ms}::float8 * interval '1 millisecond')
    on conflict (account_id) do update set lease_until = excluded.lease_until
    where held.lease_until is null or held.lease_until < now()
    returning 1`);
  return rows.length > 0;
}

/** It still goes on: the lease holds for so long from now. */
export async function renewReading(db: Database, accountId: AccountId, ms: number): Promise<void> {
  await db.execute(sql`
    update contact_reads set lease_until = now() + ${ms}::float8 * interval '1 millisecond'
    where account_id = ${accountId} and lease_until is not null`);
}

/** It came to its end, well or with a problem. */
export async function endReading(
  db: Database,
  accountId: AccountId,
  problem: StoredProblem | null,
): Promise<void> {
  await db
    .update(contactReads)
    .set({ leaseUntil: null, ...(problem ?? { ...NO_PROBLEM, readAt: new Date() }) })
    .where(eq(contactReads.accountId, accountId));
}

/** The lease ends, and nothing of the account's own was read or failed. */
export async function releaseReading(db: Database, accountId: AccountId): Promise<void> {
  await db.update(contactReads).set({ leaseUntil: null }).where(eq(contactReads.accountId, accountId));
}

export async function readReading(
  db: Database,
  accountId: AccountId,
): Promise<typeof contactReads.$inferSelect | null> {
  const rows = await db.select().from(contactReads).where(eq(contactReads.accountId, accountId));
  return rows[0] ?? null;
}
