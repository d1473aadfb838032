import "server-only";
import { and, asc, desc, eq, or, sql } from "drizzle-orm";
import type { Database } from "./database";
import { threads } from "./schema";
import type { StoredThread } from "./threads";

type Sale = Pick<StoredThread, "accountId" | "externalId" | "orderId" | "packId">;

/** The claims that an account holds on the sale of a conversation, newest last. */
export async function listClaimIds(
  db: Database,
  { accountId, externalId, orderId }: Sale,
): Promise<string[]> {
  // A conversation is named by its pack, or by its order where there is no pack (messages.md 0.2).
  const ofSale = [eq(threads.packId, externalId), eq(threads.orderId, externalId)];
  if (orderId !== null && orderId !== externalId) ofSale.push(eq(threads.orderId, orderId));
  const rows = await db
    .select({ id: threads.externalId })
    .from(threads)
    .where(and(eq(threads.accountId, accountId), eq(threads.channel, "claims"), or(...ofSale)))
    .orderBy(asc(threads.sortAt), asc(threads.id));
  return rows.map(({ id }) => id);
}

/** The conversation of a claim's sale, if the same account holds it: that of its pack before any of its order. */
export async function findSale(
  db: Database,
  { accountId, orderId, packId }: Sale,
): Promise<{ externalId: string } | null> {
  const names = [packId, orderId].flatMap((name) => (name === null ? [] : [eq(threads.externalId, name)]));
  if (orderId !== null) names.push(eq(threads.orderId, orderId));
  if (names.length === 0) return null;
  const rows = await db
    .select({ externalId: threads.externalId })
    .from(threads)
    .where(and(eq(threads.accountId, accountId), eq(threads.channel, "messages"), or(...names)))
    .orderBy(desc(sql`${threads.externalId} is not distinct from ${packId}`), desc(threads.sortAt))
    .limit(1);
  return rows[0] ?? null;
}
