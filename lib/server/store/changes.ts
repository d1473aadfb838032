import "server-only";
import { sql } from "drizzle-orm";
import type pg from "pg";
import type { AccountId, ThreadId, UserId } from "@/lib/shared/ids";
import type { Database } from "./database";
import { recountLists } from "./list-counts";

/** What PostgreSQL tells every web process when an account's number has moved; the payload is the account's id. */
export const CHANGES = "buzon_changes";

/** What changed: a thread, or (without one) something of the whole account; for everybody, or on one user's screens. */
export interface Change {
  threadId?: ThreadId;
  userId?: UserId;
}

/** Appends to the account's change feed, inside the transaction that made the change, as the last of it, and counts the
 *  account's lists anew. The number comes from the account's counter row, whose lock is held until the commit: numbers are committed in their order, so a
 *  reader that has seen n has seen all before it. A plain sequence could not promise that. */
export async function noteChange(
  tx: Database,
  accountId: AccountId,
  { threadId, userId }: Change = {},
): Promise<void> {
  await tx.execute(sql`
    with moved as (
      update accounts set change_no = change_no + 1 where id = ${accountId} returning id, change_no
    ), noted as (
      insert into changes (account_id, no, thread_id, user_id)
      select id, change_no, ${threadId ?? null}::bigint, ${userId ?? null}::uuid from moved
    )
    select pg_notify(${CHANGES}, id) from moved`);
  // What one user typed or looked at moves nothing between the lists.
  if (userId === undefined) await recountLists(tx, accountId);
}

/** The same for several threads of one account, under one lock. */
export async function noteChanges(
  tx: Database,
  accountId: AccountId,
  threadIds: readonly ThreadId[],
): Promise<void> {
  if (threadIds.length === 0) return;
  await tx.execute(sql`
    with moved as (
      update accounts set change_no = change_no + ${threadIds.length} where id = ${accountId} returning id, change_no
    ), noted as (
      insert into changes (account_id, no, thread_id)
      select id, change_no - ${threadIds.length} + position, thread_id
      from moved, unnest(${sql.param([...threadIds])}::bigint[]) with ordinality as told (thread_id, position)
    )
    select pg_notify(${CHANGES}, id) from moved`);
  await recountLists(tx, accountId);
}

/** What an account's feed holds after a number. */
export interface FeedPart {
  accountId: AccountId;
  /** The account's number now, seen in the same instant as the changes. */
  head: number;
  /** In their order, at most as many as asked for. Those of all users: only so can a reader see that none is missing. */
  changes: { no: number; threadId: ThreadId | null; userId: UserId | null }[];
}

interface WireChange {
  account_id: AccountId;
  head: string;
  no: string | null;
  thread_id: ThreadId | null;
  user_id: UserId | null;
}

/** The changes after a number of each account, in one statement and so of one instant. An account that is gone is left
 *  out. May be repeated. @param limit changes per account. */
export async function listChanges(
  pool: pg.Pool,
  since: ReadonlyMap<string, number>,
  limit: number,
): Promise<FeedPart[]> {
  const { rows } = await pool.query<WireChange>({
    name: "changes_since",
    text: `
      select a.id as account_id, a.change_no::text as head, c.no::text as no, c.thread_id::text as thread_id, c.user_id
      from unnest($1::text[], $2::bigint[]) asked (id, since)
      join accounts a on a.id = asked.id
      left join lateral (
        select no, thread_id, user_id from changes
        where account_id = a.id and no > asked.since order by no limit $3
      ) c on true
      order by a.id, c.no`,
    values: [[...since.keys()], [...since.values()], limit],
  });
  const parts = new Map<string, FeedPart>();
  for (const row of rows) {
    const part = parts.get(row.account_id) ?? {
      accountId: row.account_id,
      head: Number(row.head),
      changes: [],
    };
    parts.set(row.account_id, part);
    if (row.no !== null) {
      part.changes.push({ no: Number(row.no), threadId: row.thread_id, userId: row.user_id });
    }
  }
  return [...parts.values()];
}

/** The number at which each account's feed stands. */
export async function readNumbers(
  pool: pg.Pool,
  accountIds: readonly AccountId[],
): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ id: string; head: string }>({
    name: "change_numbers",
    text: "select id, change_no::text as head from accounts where id = any($1)",
    values: [accountIds],
  });
  return new Map(rows.map(({ id, head }) => [id, Number(head)]));
}
