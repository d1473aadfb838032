import "server-only";
import { sql } from "drizzle-orm";
import { CONTACT_KINDS, type ContactKind } from "@/lib/shared/api/leads";
import type { AccountId } from "@/lib/shared/ids";
import { assertConnected } from "./accounts";
import type { Database } from "./database";

/** A total of the totals resource: of a listing, or of the account (`OWN`). */
export interface StoredTotal {
  itemId: string;
  kind: ContactKind;
  total: number;
  readAt: Date;
}

/** What was told of exactly this period. */
export async function listTotals(
  db: Database,
  accountId: AccountId,
  itemIds: readonly string[],
  period: { from: Date; to: Date },
): Promise<StoredTotal[]> {
  const { rows } = await db.execute<{ item_id: string; kind: string; total: number; read_ms: number }>(sql`
    select item_id, kind, total, (extract(epoch from read_at) * 1000)::float8 as read_ms from contact_totals
    where account_id = ${accountId} and item_id = any(${sql.param([...itemIds])}::text[])
      and from_at = ${period.from.toISOString()}::timestamptz and to_at = ${period.to.toISOString()}::timestamptz`);
  return rows.flatMap(({ item_id, kind, total, read_ms }) => {
    const known = CONTACT_KINDS.find((one) => one === kind);
    return known === undefined ? [] : [{ itemId: item_id, kind: known, total, readAt: new Date(read_ms) }];
  });
}

/** Keeps what was told just now. @throws AppError account_disconnected: nothing is written for an account that was disconnected
 *  meanwhile */
export async function saveTotal(
  db: Database,
  accountId: AccountId,
  of: { itemId: string; kind: ContactKind; from: Date; to: Date },
  total: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    await assertConnected(tx, accountId);
    await tx.execute(sql`
      insert into contact_totals (account_id, item_id, kind, from_at, to_at, total, read_at)
      values (${accountId}, ${of.itemId}, ${of.kind}, ${of.from.toISOString()}::timestamptz,
        ${of.to.toISOString()}::timestamptz, ${total}, ${new Date().toISOString()}::timestamptz)
      on conflict (account_id, item_id, kind, from_at, to_at) do update set total = excluded.total, read_at = excluded.read_at`);
  });
}

/** Forgets totals of periods that nobody looks at any more. */
export async function trimContacts(db: Database): Promise<void> {
  await db.execute(sql`delete from contact_totals where read_at < now() - interval '7 days'`);
  await db.execute(sql`delete from contact_wishes where asked_at < now() - interval '1 day'`);
}
