import "server-only";
import { sql } from "drizzle-orm";
import type { AccountId, ThreadId, UserId } from "@/lib/shared/ids";
import { noteChange } from "./changes";
import type { Database } from "./database";
import { wishReadOnLook } from "./read-wishes";

/** A member who joined an account later starts with a clean list: messages from before are not new to them. */
const JOINED_LATER = sql`interval '1 minute'`;

/** Counts, for every member of the thread's account, the buyer's visible messages that are newer than their last look. */
export async function recountUnseen(tx: Database, threadId: ThreadId): Promise<void> {
  const counted = sql`
    select m.user_id, t.id as thread_id, t.account_id, t.channel, t.sort_at, (
      select count(*)::int from messages msg
      where msg.thread_id = t.id and msg.direction = 'in' and msg.visibility = 'visible'
        and msg.created_at > greatest(
          coalesce(t.seen_baseline_at, '-infinity'),
          coalesce((select seen_at from looks l where l.user_id = m.user_id and l.thread_id = t.id), '-infinity'),
          case when m.created_at > a.created_at + ${JOINED_LATER} then m.created_at else '-infinity' end
        )
    ) as count
    from threads t
    join accounts a on a.id = t.account_id
    join memberships m on m.account_id = t.account_id
    where t.id = ${threadId}`;
  await tx.execute(sql`
    with counted as (${counted}),
    gone as (
      delete from unseen u using counted c
      where u.thread_id = c.thread_id and u.user_id = c.user_id and c.count = 0
    )
    insert into unseen (user_id, thread_id, account_id, channel, sort_at, count)
    select user_id, thread_id, account_id, channel, sort_at, count from counted where count > 0
    on conflict (user_id, thread_id) do update set count = excluded.count, sort_at = excluded.sort_at`);
}

/** This user has seen the thread up to now: its newest message, or the given one. Only moves forward.
 *  @param o.marksRead whether a worker is to mark it read at Mercado Libre then */
export async function recordLook(
  db: Database,
  accountId: AccountId,
  userId: UserId,
  threadId: ThreadId,
  messageId: string | null,
  o: { marksRead: boolean },
): Promise<void> {
  await db.transaction(async (tx) => {
    if (o.marksRead) await wishReadOnLook(tx, accountId, userId, threadId);
    await tx.execute(sql`
      insert into looks (user_id, thread_id, seen_at)
      select ${userId}, ${threadId}, max(created_at) from messages
      where thread_id = ${threadId} and account_id = ${accountId}
        and (${messageId}::text is null or created_at <= (select created_at from messages where thread_id = ${threadId} and id = ${messageId}))
      having max(created_at) is not null
      on conflict (user_id, thread_id) do update set seen_at = greatest(looks.seen_at, excluded.seen_at)`);
    await recountUnseen(tx, threadId);
    await noteChange(tx, accountId, { threadId, userId });
  });
}
