import "server-only";
import { sql } from "drizzle-orm";
import type { AccountId, ThreadId, UserId } from "@/lib/shared/ids";
import type { Database } from "./database";

/** What PostgreSQL tells every web process when an account's number has moved; the payload is the account's id. */
export const CHANGES = "buzon_changes";

/** What changed: a thread, or (without one) something of the whole account; for everybody, or on one user's screens. */
export interface Change {
  threadId?: ThreadId;
  userId?: UserId;
}

/** Appends to the account's change feed, inside the transaction that made the change, as its last statement. The number
 *  comes from the account's counter row, whose lock is held until the commit: numbers are committed in their order, so a
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
}
