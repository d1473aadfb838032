import "server-only";
import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import * as z from "zod/mini";
import { type Claim, ClaimSchema } from "@/lib/shared/api/claim";
import type { AccountId, ThreadId } from "@/lib/shared/ids";
import type { Database } from "./database";
import { type StoredClaim, threads } from "./schema";

/** A claim as it was stored, with its instants. One of an older shape is none: it is read anew from Mercado Libre. Pure. */
export function reviveClaim(stored: StoredClaim | null): Claim | null {
  if (stored === null) return null;
  const parsed = z.safeParse(ClaimSchema, stored);
  return parsed.success ? parsed.data : null;
}

/** What tells whether a claim moved since it was read. */
export interface HeldClaim {
  id: ThreadId;
  externalId: string;
  isOpen: boolean;
  /** Null: it was never read. */
  updatedAt: Date | null;
}

/** Of these claims those that we have a row for; with `andOpen` also whatever else we take for open. */
export async function listHeldClaims(
  db: Database,
  accountId: AccountId,
  o: { externalIds: readonly string[]; andOpen: boolean },
): Promise<HeldClaim[]> {
  const rows = await db
    .select({
      id: threads.id,
      externalId: threads.externalId,
      status: threads.status,
      updatedAt: sql<
        string | null
      >`case when ${threads.pulledAt} is not null then ${threads.claim} ->> 'updatedAt' end`,
    })
    .from(threads)
    .where(
      and(
        eq(threads.accountId, accountId),
        eq(threads.channel, "claims"),
        sql`(${threads.externalId} = any(${sql.param([...o.externalIds])}::text[])
          or (${o.andOpen}::boolean and ${threads.status} = 'open'))`,
      ),
    );
  return rows.map(({ status, updatedAt, ...row }) => ({
    ...row,
    isOpen: status === "open",
    updatedAt: updatedAt === null ? null : new Date(updatedAt),
  }));
}

/** Has these claims, or chains of questions, read again by whoever reads what reconciliation finds. A more urgent wish stands. */
export async function wishReads(db: Database, accountId: AccountId, ids: readonly ThreadId[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(threads)
    .set({ pullWantedAt: sql`least(${threads.pullWantedAt}, clock_timestamp())` })
    .where(and(eq(threads.accountId, accountId), sql`${threads.id} = any(${sql.param([...ids])}::bigint[])`));
}

/** Claims that were read and whose sale was not. */
export async function listWithoutSale(
  db: Database,
  accountId: AccountId,
  limit: number,
): Promise<ThreadId[]> {
  const rows = await db
    .select({ id: threads.id })
    .from(threads)
    .where(
      and(
        eq(threads.accountId, accountId),
        eq(threads.channel, "claims"),
        isNotNull(threads.pulledAt),
        isNull(threads.contextAt),
      ),
    )
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** The sale of a claim among those that we hold: by what its conversation says of claims, else by what the claim is about
 *  (claims.md 12.7: a number alone does not tell what it numbers). Null: none that we know. */
export async function findSaleOfClaim(
  db: Database,
  accountId: AccountId,
  { claimId, resourceId }: { claimId: string; resourceId: string },
): Promise<{ externalId: string; orderId: string | null } | null> {
  const isOf = sql`${threads.claimIds} @> ${JSON.stringify([claimId])}::jsonb`;
  const rows = await db
    .select({ externalId: threads.externalId, orderId: threads.orderId })
    .from(threads)
    .where(
      and(
        eq(threads.accountId, accountId),
        eq(threads.channel, "messages"),
        sql`(${isOf} or ${resourceId} in (${threads.externalId}, ${threads.orderId}, ${threads.shipmentId}))`,
      ),
    )
    .orderBy(sql`${isOf} desc`)
    .limit(1);
  return rows[0] ?? null;
}
