import "server-only";
import { sql } from "drizzle-orm";
import type { Listing } from "@/lib/shared/api/question";
import type { AccountId } from "@/lib/shared/ids";
import type { Database } from "./database";
import { reviveListing } from "./questions";
import type { StoredListing } from "./schema-questions";

/** The account's classified listings, as they were read last. */
export async function listClassifieds(db: Database, accountId: AccountId): Promise<Listing[]> {
  const { rows } = await db.execute<{ listing: StoredListing }>(sql`
    select listing from listings
    where account_id = ${accountId} and listing ->> 'buyingMode' = 'classified' order by item_id`);
  return rows.flatMap(({ listing }) => reviveListing(listing) ?? []);
}

/** Their ids. */
export async function listClassifiedIds(db: Database, accountId: AccountId): Promise<string[]> {
  const { rows } = await db.execute<{ item_id: string }>(sql`
    select item_id from listings
    where account_id = ${accountId} and listing ->> 'buyingMode' = 'classified' order by item_id`);
  return rows.map(({ item_id }) => item_id);
}

/** Those of the given listings that were not read since then. */
export async function listUnread(
  db: Database,
  accountId: AccountId,
  itemIds: readonly string[],
  since: Date,
): Promise<string[]> {
  if (itemIds.length === 0) return [];
  const { rows } = await db.execute<{ id: string }>(sql`
    select asked.id from unnest(${sql.param([...itemIds])}::text[]) asked (id)
    left join listings l on l.account_id = ${accountId} and l.item_id = asked.id
    where l.read_at is null or l.read_at < ${since.toISOString()}::timestamptz`);
  return rows.map(({ id }) => id);
}

/** Should a notice of this listing be looked at, although nobody asked a question there? Yes of an account that has classified
 *  listings, if it is one of them or a new one. */
export async function mayBeClassified(db: Database, accountId: AccountId, itemId: string): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select 1 from lead_syncs s
    left join listings l on l.account_id = s.account_id and l.item_id = ${itemId}
    where s.account_id = ${accountId} and s.has_classifieds
      and (l.item_id is null or l.listing ->> 'buyingMode' = 'classified')`);
  return rows.length > 0;
}
