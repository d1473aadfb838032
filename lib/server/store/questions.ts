import "server-only";
import { and, asc, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import * as z from "zod/mini";
import { type Chain, ChainSchema, type Listing, ListingSchema } from "@/lib/shared/api/question";
import type { AccountId, ThreadId } from "@/lib/shared/ids";
import { DUE_BELOW } from "@/lib/shared/rank";
import type { Database } from "./database";
import { type StoredChain, threads } from "./schema";
import type { StoredListing } from "./schema-questions";

/** A chain as it was stored, with its instants. One of an older shape is none: it is read anew from Mercado Libre. Pure. */
export function reviveChain(stored: StoredChain | null): Chain | null {
  const parsed = stored === null ? null : z.safeParse(ChainSchema, stored);
  return parsed?.success ? parsed.data : null;
}

/** A listing as it was stored. Pure. */
export function reviveListing(stored: StoredListing | null): Listing | null {
  const parsed = stored === null ? null : z.safeParse(ListingSchema, stored);
  return parsed?.success ? parsed.data : null;
}

/** Chains that are the seller's to do and whose buyer has no name yet, those that hurt most first. One whose context was asked
 *  for is not asked again: some buyers have none. */
export async function listNamelessChains(
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
        // As the index of what is due says it.
        sql.raw(`rank < ${DUE_BELOW}`),
        eq(threads.channel, "questions"),
        isNotNull(threads.buyerId),
        isNull(threads.buyerName),
        isNull(threads.contextAt),
      ),
    )
    .orderBy(asc(threads.rank))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** How these buyers are called, as far as any of the account's chains knows. */
export async function nameBuyers(
  db: Database,
  accountId: AccountId,
  buyerIds: readonly string[],
): Promise<Map<string, string>> {
  if (buyerIds.length === 0) return new Map();
  const rows = await db
    .select({ buyerId: threads.buyerId, name: threads.buyerName })
    .from(threads)
    .where(
      and(
        eq(threads.accountId, accountId),
        inArray(threads.buyerId, [...buyerIds]),
        isNotNull(threads.buyerName),
      ),
    );
  return new Map(rows.flatMap(({ buyerId, name }) => (buyerId && name ? [[buyerId, name] as const] : [])));
}
