import "server-only";
import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import type { AccountId } from "@/lib/shared/ids";
import { noteChange } from "./changes";
import type { Database } from "./database";
import { accounts, tokens } from "./schema-accounts";

export interface TokenRow {
  sealed: string;
  expiresAt: Date;
  version: number;
  journal: string | null;
  state: "connected" | "reconnect" | "disconnected";
}

/** The vault row of an account with the account's state. Null: no such account, or its tokens were erased. */
export async function readTokens(db: Database, accountId: AccountId): Promise<TokenRow | null> {
  const rows = await db
    .select({
      sealed: tokens.sealed,
      expiresAt: tokens.expiresAt,
      version: tokens.version,
      journal: tokens.journal,
      state: accounts.state,
    })
    .from(tokens)
    .innerJoin(accounts, eq(accounts.id, tokens.accountId))
    .where(eq(tokens.accountId, accountId));
  return rows[0] ?? null;
}

/** Takes the refresh lease of one token version, if nobody holds it. True: it is ours until `leaseMs` have passed. */
export async function takeRefreshLease(
  db: Database,
  accountId: AccountId,
  version: number,
  owner: string,
  leaseMs: number,
): Promise<boolean> {
  const taken = await db
    .update(tokens)
    .set({ leaseOwner: owner, leaseUntil: sql`now() + ${leaseMs} * interval '1 millisecond'` })
    .where(
      and(
        eq(tokens.accountId, accountId),
        eq(tokens.version, version),
        or(isNull(tokens.leaseUntil), lt(tokens.leaseUntil, sql`now()`)),
      ),
    )
    .returning({ version: tokens.version });
  return taken.length === 1;
}

/** Gives the lease back, so that the next one need not wait for its end. */
export async function releaseRefreshLease(db: Database, accountId: AccountId, owner: string): Promise<void> {
  await db
    .update(tokens)
    .set({ leaseOwner: null, leaseUntil: null })
    .where(and(eq(tokens.accountId, accountId), eq(tokens.leaseOwner, owner)));
}

/** Keeps a refresh answer, sealed, before anything is made of it. Bound to the token version, not to the lease: the
 *  answer is the only valid one whoever holds the lease by now. */
export async function journalRefresh(
  db: Database,
  accountId: AccountId,
  version: number,
  sealedAnswer: string,
): Promise<void> {
  await db
    .update(tokens)
    .set({ journal: sealedAnswer })
    .where(and(eq(tokens.accountId, accountId), eq(tokens.version, version)));
}

/** Forgets a journalled answer that nobody can read. */
export async function dropJournal(db: Database, accountId: AccountId, version: number): Promise<void> {
  await db
    .update(tokens)
    .set({ journal: null })
    .where(and(eq(tokens.accountId, accountId), eq(tokens.version, version)));
}

/** Replaces the tokens of one version by the next. False: somebody else already did. */
export async function saveRefreshed(
  db: Database,
  accountId: AccountId,
  version: number,
  next: { sealed: string; expiresAt: Date },
): Promise<boolean> {
  const saved = await db
    .update(tokens)
    .set({
      ...next,
      version: version + 1,
      journal: null,
      leaseOwner: null,
      leaseUntil: null,
      refreshedAt: sql`now()`,
    })
    .where(and(eq(tokens.accountId, accountId), eq(tokens.version, version)))
    .returning({ version: tokens.version });
  return saved.length === 1;
}

/** Stores the tokens of a new grant: they replace whatever was there, for all members (design 6). */
export async function saveGrant(
  db: Database,
  accountId: AccountId,
  next: { sealed: string; expiresAt: Date },
): Promise<void> {
  await db
    .insert(tokens)
    .values({ accountId, ...next })
    .onConflictDoUpdate({
      target: tokens.accountId,
      set: {
        ...next,
        version: sql`${tokens.version} + 1`,
        journal: null,
        leaseOwner: null,
        leaseUntil: null,
        refreshedAt: sql`now()`,
      },
    });
}

/** Marks an account as needing the seller's consent again, if its tokens are still of this version and nothing waits
 *  in the journal. False: they changed meanwhile. */
export async function markReconnect(db: Database, accountId: AccountId, version: number): Promise<boolean> {
  return db.transaction(async (tx) => {
    const current = await tx
      .select({ version: tokens.version, journal: tokens.journal })
      .from(tokens)
      .where(eq(tokens.accountId, accountId))
      .for("update");
    if (current[0]?.version !== version || current[0].journal !== null) return false;
    const marked = await tx
      .update(accounts)
      .set({ state: "reconnect" })
      .where(and(eq(accounts.id, accountId), eq(accounts.state, "connected")))
      .returning({ id: accounts.id });
    if (marked.length > 0) await noteChange(tx, accountId);
    return true;
  });
}

/** Erases the tokens of an account and says so in its state and its change feed, inside the caller's transaction, as its
 *  last statement. */
export async function eraseTokens(tx: Database, accountId: AccountId): Promise<void> {
  await tx.delete(tokens).where(eq(tokens.accountId, accountId));
  await tx.update(accounts).set({ state: "disconnected" }).where(eq(accounts.id, accountId));
  await noteChange(tx, accountId);
}

/** Every sealed value of the vault: to see whether our keys open them. */
export async function listSealed(db: Database): Promise<string[]> {
  const rows = await db.select({ sealed: tokens.sealed }).from(tokens);
  return rows.map((row) => row.sealed);
}
