import "server-only";
import { and, eq, inArray, isNotNull, notInArray, sql } from "drizzle-orm";
import type { AccountId, WorkerId } from "@/lib/shared/ids";
import type { Database } from "./database";
import { chores } from "./schema-work";
import { LIVE_WORKERS } from "./workers";

/** The chore that asks for missed notifications. */
export const MISSED_FEEDS = "missed_feeds";

/** Looks for the claims of an account that changed, for those that are open, and reads those that wait. */
export const claimsChore = (accountId: AccountId): string => `claims:${accountId}`;
export const openClaimsChore = (accountId: AccountId): string => `claims-open:${accountId}`;
export const readClaimsChore = (accountId: AccountId): string => `claims-read:${accountId}`;

/** Lists the questions of an account that wait, what of them was asked and answered meanwhile, and reads chains and listings. */
export const questionsChore = (accountId: AccountId): string => `questions:${accountId}`;
export const answeredChore = (accountId: AccountId): string => `questions-answered:${accountId}`;
export const readQuestionsChore = (accountId: AccountId): string => `questions-read:${accountId}`;
export const listingsChore = (accountId: AccountId): string => `listings:${accountId}`;

export type Chore = typeof chores.$inferSelect;

/** What passes by itself, and is no refusal. */
export const PASSING = ["slow_down", "meli_down", "meli_unreadable", "account_disconnected", "bug"];

/** Takes a periodic work upon this worker if it is due: not done for `everyMs`, not tried for a tenth of that, or for all of it
 *  where it was refused (auth-and-limits.md 6.3), and nobody who lives is at it. Null: not now. One process gets it. */
export async function claimChore(
  db: Database,
  key: string,
  everyMs: number,
  worker: WorkerId,
): Promise<Chore | null> {
  await db.insert(chores).values({ key }).onConflictDoNothing();
  const taken = await db
    .update(chores)
    .set({ claimedBy: worker, claimedAt: sql`clock_timestamp()` })
    .where(
      sql`${chores.key} = ${key}
        and (${chores.doneAt} is null or ${chores.doneAt} < clock_timestamp() - ${everyMs}::float8 * interval '1 millisecond')
        and (${chores.claimedBy} is null
          or (${chores.claimedBy} not in ${LIVE_WORKERS})
          or ${chores.claimedAt} < clock_timestamp() - interval '10 minutes')
        and (${chores.problem} is null
          or ${chores.claimedAt} < clock_timestamp() - interval '1 millisecond'
            * case when ${chores.problem} = any(${sql.param(PASSING)}::text[]) then ${everyMs / 10}::float8 else ${everyMs}::float8 end)`,
    )
    .returning();
  return taken[0] ?? null;
}

/** A work came to its end, or to a problem that it is tried again after. */
export async function finishChore(
  db: Database,
  key: string,
  result: { cursorAt?: Date; found?: number; problem?: string },
): Promise<void> {
  const isDone = result.problem === undefined;
  await db
    .update(chores)
    .set({
      claimedBy: null,
      problem: result.problem ?? null,
      ...(isDone ? { doneAt: sql`clock_timestamp()` } : {}),
      ...(result.cursorAt === undefined ? {} : { cursorAt: result.cursorAt }),
      ...(result.found === undefined ? {} : { found: result.found }),
    })
    .where(eq(chores.key, key));
}

/** Forgets that anything was done for an account: for one that comes back all is done anew. Who is at it stays so. */
export async function forgetChores(tx: Database, accountId: AccountId): Promise<void> {
  await tx
    .update(chores)
    .set({ doneAt: null, cursorAt: null, problem: null })
    .where(eq(sql`split_part(${chores.key}, ':', 2)`, accountId));
}

export async function readChore(db: Database, key: string): Promise<Chore | null> {
  const rows = await db.select().from(chores).where(eq(chores.key, key));
  return rows[0] ?? null;
}

/** What of an account Mercado Libre refuses to list, its claims first. Null: nothing. */
export async function refusedList(
  db: Database,
  accountId: AccountId,
): Promise<"claims_refused" | "questions_refused" | null> {
  const ofClaims = [claimsChore(accountId), openClaimsChore(accountId)];
  const rows = await db
    .select({ key: chores.key })
    .from(chores)
    .where(
      and(
        inArray(chores.key, [...ofClaims, questionsChore(accountId)]),
        isNotNull(chores.problem),
        notInArray(chores.problem, PASSING),
      ),
    );
  if (rows.length === 0) return null;
  return rows.some(({ key }) => ofClaims.includes(key)) ? "claims_refused" : "questions_refused";
}
