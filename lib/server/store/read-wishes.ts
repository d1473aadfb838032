import "server-only";
import { sql } from "drizzle-orm";
import type { AccountId, OutboxId, ThreadId, UserId } from "@/lib/shared/ids";
import type { Database } from "./database";
import { wishFor } from "./thread-wishes";

/** Whether Mercado Libre may count something of a conversation `t` as unread: its list says so or, of what that list was not asked
 *  about yet, the buyer's newest message itself. */
const IS_UNREAD = sql`t.channel = 'messages' and (t.meli_unread > 0 or coalesce((
  select m.read_at is null from messages m
  where m.thread_id = t.id and m.direction = 'in' and m.visibility = 'visible' order by m.created_at desc limit 1
), false))`;

/** Has the conversation marked read that a user now looks at for the first time since the buyer wrote, or that is still counted as
 *  unread. Part of the transaction that keeps the look, and before it. */
export function wishReadOnLook(
  tx: Database,
  accountId: AccountId,
  userId: UserId,
  id: ThreadId,
): Promise<void> {
  return wishFor(
    tx,
    "mark-read",
    sql`from threads t where t.id = ${id} and t.account_id = ${accountId} and (t.meli_unread > 0 or exists (
      select 1 from messages m where m.thread_id = t.id and m.direction = 'in' and m.visibility = 'visible'
        and m.created_at > coalesce((select seen_at from looks where user_id = ${userId} and thread_id = t.id), '-infinity')))
      and ${IS_UNREAD}`,
    { isMore: true },
  );
}

/** Has the conversation of a delivered reply marked read, if who wrote it chose that. Part of the transaction that notes it. */
export function wishReadOnReply(tx: Database, id: OutboxId): Promise<void> {
  return wishFor(
    tx,
    "mark-read",
    sql`from outbox o join users u on u.id = o.user_id join threads t on t.id = o.thread_id
      where o.id = ${id} and u.mark_read <> 'never' and ${IS_UNREAD}`,
    { isMore: true },
  );
}
