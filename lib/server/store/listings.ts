import "server-only";
import { isDeepStrictEqual } from "node:util";
import { and, asc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { Listing } from "@/lib/shared/api/question";
import type { AccountId, ThreadId } from "@/lib/shared/ids";
import { assertConnected } from "./accounts";
import { noteChanges } from "./changes";
import { sameJson } from "./claim-columns";
import type { Database } from "./database";
import { KEY_ORDER } from "./lock-chain";
import { chainColumns } from "./question-columns";
import { reviveChain, reviveListing } from "./questions";
import { threads } from "./schema";
import { listings, questions } from "./schema-questions";

/** Keeps listings as they were read, and moves what is asked about them with them: a question about a listing that is not
 *  active waits for the listing, not for the seller. One that Mercado Libre does not show keeps what is held of it.
 *  @param asked the ids that were asked for */
export async function saveListings(
  db: Database,
  accountId: AccountId,
  asked: readonly string[],
  found: ReadonlyMap<string, Listing>,
): Promise<void> {
  const ids = [...new Set(asked)].toSorted();
  if (ids.length === 0) return;
  await db.transaction(async (tx) => {
    await assertConnected(tx, accountId);
    const before = await readListings(tx, accountId, ids);
    await tx
      .insert(listings)
      .values(ids.map((itemId) => ({ accountId, itemId, listing: found.get(itemId) ?? null })))
      .onConflictDoUpdate({
        target: [listings.accountId, listings.itemId],
        set: { listing: sql`coalesce(excluded.listing, ${listings.listing})`, readAt: sql`now()` },
      });
    const rows = await tx
      .select()
      .from(threads)
      .where(and(eq(threads.accountId, accountId), inArray(threads.itemId, ids), isNotNull(threads.chainKey)))
      .orderBy(asc(KEY_ORDER))
      .for("update");
    const stored = await readListings(tx, accountId, ids);
    const changed: ThreadId[] = [];
    for (const row of rows) {
      const chain = reviveChain(row.chain);
      const listing = stored.get(row.itemId ?? "")?.listing ?? null;
      if (chain === null || listing === null) continue;
      const next = chainColumns(chain, listing, row);
      const isMoved = !sameJson({ ...row, ...next }, JSON.parse(JSON.stringify(row)));
      if (isMoved) await tx.update(threads).set(next).where(eq(threads.id, row.id));
      // The price or the stock beside it may have moved, and not its place.
      const held = before.get(row.itemId ?? "")?.listing ?? null;
      if (isMoved || !isDeepStrictEqual(held, listing)) changed.push(row.id);
    }
    await noteChanges(tx, accountId, changed);
  });
}

export interface StoredListingRow {
  listing: Listing | null;
  readAt: Date;
}

/** Of these listings those that were asked for before. */
export async function readListings(
  db: Database,
  accountId: AccountId,
  ids: readonly string[],
): Promise<Map<string, StoredListingRow>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select()
    .from(listings)
    .where(and(eq(listings.accountId, accountId), inArray(listings.itemId, [...ids])));
  return new Map(
    rows.map(({ itemId, listing, readAt }) => [itemId, { listing: reviveListing(listing), readAt }]),
  );
}

/** Listings that are asked about and were never read; and of those with a question that waits the ones that were not read
 *  for a while, the oldest read first. */
export async function listStaleListings(
  db: Database,
  accountId: AccountId,
  before: Date,
  limit: number,
): Promise<string[]> {
  const { rows } = await db.execute<{ item_id: string }>(sql`
    select t.item_id from ${threads} t
    left join ${listings} l on l.account_id = t.account_id and l.item_id = t.item_id
    where t.account_id = ${accountId} and t.item_id is not null
      and (l.item_id is null or (l.read_at < ${before.toISOString()}::timestamptz
        and exists (select 1 from ${questions} q where q.thread_id = t.id and q.status = 'UNANSWERED')))
    group by t.item_id
    order by min(l.read_at) nulls first, t.item_id limit ${limit}`);
  return rows.map(({ item_id }) => item_id);
}

/** The listings that a notice of an item means: itself, and on Global Selling those that are sold of it on each site. */
export async function listListingsOf(db: Database, accountId: AccountId, itemId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ itemId: threads.itemId })
    .from(threads)
    .where(
      and(
        eq(threads.accountId, accountId),
        isNotNull(threads.itemId),
        itemId.startsWith("CBT")
          ? sql`(${threads.itemId} = ${itemId} or ${threads.chain} ->> 'itemId' = ${itemId})`
          : eq(threads.itemId, itemId),
      ),
    );
  return rows.flatMap((row) => row.itemId ?? []);
}
