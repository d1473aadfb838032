import "server-only";
import { and, eq, sql } from "drizzle-orm";
import * as z from "zod/mini";
import { Instant } from "@/lib/shared/api/common";
import { ResponseTimeSchema } from "@/lib/shared/api/question";
import type { AccountId } from "@/lib/shared/ids";
import { noteChange } from "./changes";
import type { Database } from "./database";
import { accountFacts } from "./schema-questions";

/** The buyers who may ask an account nothing. */
const BlockedSchema = z.object({
  buyers: z.array(z.object({ id: z.string(), blockedAt: z.nullable(Instant) })),
  isComplete: z.boolean(),
});
export type Blocked = z.infer<typeof BlockedSchema>;

export type AnswerTime = z.infer<typeof ResponseTimeSchema>;

/** Something that was read of an account, and when. */
export interface Fact<T> {
  value: T;
  readAt: Date;
}

async function readFact<T>(
  db: Database,
  accountId: AccountId,
  name: (typeof accountFacts.$inferSelect)["name"],
  parse: (value: unknown) => { success: true; data: T } | { success: false },
): Promise<Fact<T> | null> {
  const [row] = await db
    .select({ value: accountFacts.value, readAt: accountFacts.readAt })
    .from(accountFacts)
    .where(and(eq(accountFacts.accountId, accountId), eq(accountFacts.name, name)));
  if (row === undefined) return null;
  // One of an older shape is none: it is read anew.
  const parsed = parse(row.value);
  return parsed.success ? { value: parsed.data, readAt: row.readAt } : null;
}

async function saveFact(
  db: Database,
  accountId: AccountId,
  name: (typeof accountFacts.$inferSelect)["name"],
  value: unknown,
): Promise<void> {
  await db
    .insert(accountFacts)
    .values({ accountId, name, value })
    .onConflictDoUpdate({
      target: [accountFacts.accountId, accountFacts.name],
      set: { value: sql`excluded.value`, readAt: sql`now()` },
    });
}

/** The blocked buyers as they were listed last. Null: never. */
export const readBlocked = (db: Database, accountId: AccountId): Promise<Fact<Blocked> | null> =>
  readFact(db, accountId, "blocked_buyers", (value) => z.safeParse(BlockedSchema, value));

/** Keeps the list of blocked buyers. */
export const saveBlocked = (db: Database, accountId: AccountId, blocked: Blocked): Promise<void> =>
  saveFact(db, accountId, "blocked_buyers", blocked);

/** A buyer was blocked or let ask again with Buzón, whatever the list says meanwhile: every screen of the account shows it. */
export async function noteBlocked(
  db: Database,
  accountId: AccountId,
  buyerId: string,
  isBlocked: boolean,
): Promise<void> {
  await db.transaction(async (tx) => {
    const held = (await readBlocked(tx, accountId))?.value ?? { buyers: [], isComplete: false };
    const others = held.buyers.filter(({ id }) => id !== buyerId);
    const buyers = isBlocked ? [...others, { id: buyerId, blockedAt: new Date() }] : others;
    await saveBlocked(tx, accountId, { ...held, buyers });
    await noteChange(tx, accountId);
  });
}

/** How long answers took, as it was read last; `value` null: nothing was asked. Null: never read. */
export const readAnswerTime = (db: Database, accountId: AccountId): Promise<Fact<AnswerTime> | null> =>
  readFact(db, accountId, "response_time", (value) => z.safeParse(ResponseTimeSchema, value));

/** Keeps how long answers took. */
export const saveAnswerTime = (db: Database, accountId: AccountId, time: AnswerTime): Promise<void> =>
  saveFact(db, accountId, "response_time", time);
