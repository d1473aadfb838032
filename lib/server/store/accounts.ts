import "server-only";
import { and, asc, count, eq, inArray, ne, sql } from "drizzle-orm";
import { AppError } from "@/lib/shared/errors";
import type { AccountId, UserId } from "@/lib/shared/ids";
import type { Profile } from "@/lib/shared/sites";
import { hasPendingAct } from "./act-rivals";
import { noteChange } from "./changes";
import { forgetChores } from "./chores";
import type { Database } from "./database";
import { threads } from "./schema";
import { accounts, memberships, users } from "./schema-accounts";
import { contactReads, contactSeries, contactTotals, contactWishes, leadSyncs, leads } from "./schema-leads";
import { files } from "./schema-outbox";
import { accountFacts, listings } from "./schema-questions";
import { calls, syncs } from "./schema-work";
import { SESSIONS } from "./sessions";
import { eraseTokens } from "./tokens";

export interface AccountRow {
  id: AccountId;
  siteId: string;
  profile: Profile;
  nickname: string;
  marketplaces: { userId: string; siteId: string }[];
  state: "connected" | "reconnect" | "disconnected";
}

const columns = {
  id: accounts.id,
  siteId: accounts.siteId,
  profile: accounts.profile,
  nickname: accounts.nickname,
  marketplaces: accounts.marketplaces,
  state: accounts.state,
};

export async function readAccount(db: Database, accountId: AccountId): Promise<AccountRow | null> {
  const rows = await db.select(columns).from(accounts).where(eq(accounts.id, accountId));
  return rows[0] ?? null;
}

/** Holds off a disconnection until this transaction ends, and refuses to write for an account that somebody disconnected:
 *  an answer that was under way must not bring back what was forgotten. Call it before the transaction locks anything.
 *  Transactions that call it do not wait for each other. An account that waits for new consent passes.
 *  @throws AppError account_disconnected (reason `disconnected`) */
export async function assertConnected(tx: Database, accountId: AccountId): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(hashtext('account'), hashtext(${accountId}))`);
  const account = await readAccount(tx, accountId);
  if (account === null || account.state === "disconnected") {
    throw new AppError("account_disconnected", "account was disconnected", { reason: "disconnected" });
  }
}

/** Erases the account's tokens and says so in its state; with `forget`, everything we hold of its conversations goes as
 *  well. All of it or nothing, after the transactions that passed `assertConnected`.
 *  @throws AppError conflict (act_pending): nothing is forgotten while money may be on its way */
export async function disconnectAccount(db: Database, accountId: AccountId, forget: boolean): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('account'), hashtext(${accountId}))`);
    await tellMembers(tx, accountId);
    if (forget) await forgetAccount(tx, accountId);
    await eraseTokens(tx, accountId);
  });
}

/** Says, when the transaction commits, to the screens of everybody who has the account that it is not what it was. */
async function tellMembers(tx: Database, accountId: AccountId): Promise<void> {
  await tx.execute(
    sql`select pg_notify(${SESSIONS}, user_id::text) from ${memberships} where account_id = ${accountId}`,
  );
}

/** Those of the given accounts that the user has, oldest membership first. */
export async function listAccountsOf(
  db: Database,
  userId: UserId,
  accountIds: readonly AccountId[],
): Promise<(AccountRow & { changeNo: number })[]> {
  if (accountIds.length === 0) return [];
  return db
    .select({ ...columns, changeNo: accounts.changeNo })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(memberships.userId, userId), inArray(memberships.accountId, [...accountIds])))
    .orderBy(asc(memberships.createdAt), asc(accounts.id));
}

/** How many threads we hold of each account. */
export async function countThreads(
  db: Database,
  accountIds: readonly AccountId[],
): Promise<Map<AccountId, number>> {
  if (accountIds.length === 0) return new Map();
  const rows = await db
    .select({ id: threads.accountId, threads: count() })
    .from(threads)
    .where(inArray(threads.accountId, [...accountIds]))
    .groupBy(threads.accountId);
  return new Map(rows.map((row) => [row.id, row.threads]));
}

/** Creates or renews an account after a grant. Its state becomes connected. */
export async function upsertAccount(db: Database, account: Omit<AccountRow, "state">): Promise<void> {
  const { id, ...rest } = account;
  await db
    .insert(accounts)
    .values({ id, ...rest, state: "connected" })
    .onConflictDoUpdate({
      target: accounts.id,
      set: { ...rest, state: "connected" },
    });
  await db.insert(syncs).values({ accountId: id }).onConflictDoNothing();
  await tellMembers(db, id);
  await noteChange(db, id);
}

/** The user whose first sign-in was with this account; made now when there is none. */
export async function openUserOf(db: Database, accountId: AccountId): Promise<UserId> {
  const made = await db
    .insert(users)
    .values({ originAccountId: accountId, currentAccountId: accountId })
    .onConflictDoUpdate({ target: users.originAccountId, set: { currentAccountId: accountId } })
    .returning({ id: users.id });
  const user = made[0];
  if (user === undefined) throw new Error("insert returned no row");
  return user.id;
}

/** Adds the account to what the user sees, and says so to their screens. */
export async function addMembership(db: Database, userId: UserId, accountId: AccountId): Promise<void> {
  const added = await db
    .insert(memberships)
    .values({ userId, accountId })
    .onConflictDoNothing()
    .returning({ userId: memberships.userId });
  if (added.length > 0) await db.execute(sql`select pg_notify(${SESSIONS}, ${userId}::text)`);
}

/** Works as another of the user's accounts. False: it is not theirs. */
export async function setCurrentAccount(
  db: Database,
  userId: UserId,
  accountId: AccountId,
): Promise<boolean> {
  const changed = await db
    .update(users)
    .set({ currentAccountId: accountId })
    .where(
      and(
        eq(users.id, userId),
        sql`exists (select 1 from ${memberships} where ${memberships.userId} = ${userId} and ${memberships.accountId} = ${accountId})`,
      ),
    )
    .returning({ id: users.id });
  return changed.length === 1;
}

export async function saveMarketplaces(
  db: Database,
  accountId: AccountId,
  marketplaces: { userId: string; siteId: string }[],
): Promise<void> {
  await db.update(accounts).set({ marketplaces }).where(eq(accounts.id, accountId));
}

/** What is held of an account beside its threads. */
const OF_LISTINGS = [
  listings,
  accountFacts,
  leads,
  leadSyncs,
  contactReads,
  contactSeries,
  contactTotals,
  contactWishes,
];

/** Removes everything we hold of an account: threads with their messages, drafts, outbox, files; its listings with their
 *  leads and contacts; the calls made for it.
 *  The account leaves the users' lists, except that of users who have no other. */
async function forgetAccount(tx: Database, accountId: AccountId): Promise<void> {
  if (await hasPendingAct(tx, accountId)) {
    throw new AppError("conflict", "an act on a claim has not ended", { reason: "act_pending" });
  }
  await tx.delete(threads).where(eq(threads.accountId, accountId));
  await tx.delete(files).where(eq(files.accountId, accountId));
  for (const table of OF_LISTINGS) await tx.delete(table).where(eq(table.accountId, accountId));
  await tx.delete(calls).where(eq(calls.accountId, accountId));
  await forgetChores(tx, accountId);
  await tx.delete(syncs).where(eq(syncs.accountId, accountId));
  await tx.insert(syncs).values({ accountId });
  await tx
    .delete(memberships)
    .where(
      and(
        eq(memberships.accountId, accountId),
        inArray(
          memberships.userId,
          tx.select({ id: memberships.userId }).from(memberships).where(ne(memberships.accountId, accountId)),
        ),
      ),
    );
  await tx
    .update(users)
    .set({
      currentAccountId: sql`(select ${memberships.accountId} from ${memberships} where ${memberships.userId} = ${users.id} order by ${memberships.createdAt} limit 1)`,
    })
    .where(eq(users.currentAccountId, accountId));
}
