import "server-only";
import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { AccountId, ThreadId } from "@/lib/shared/ids";
import { noteChange } from "./changes";
import type { Database } from "./database";
import { threads } from "./schema";

/** Remembers whether a sale is written to directly although its conversation asks for a reason (messages.md 3.3, 4.1). */
export async function rememberExcepted(
  db: Database,
  accountId: AccountId,
  id: ThreadId,
  isExcepted: boolean,
): Promise<void> {
  await db.transaction(async (tx) => {
    const moved = await tx
      .update(threads)
      .set({ isExcepted })
      .where(and(eq(threads.accountId, accountId), eq(threads.id, id), eq(threads.isExcepted, !isExcepted)))
      .returning({ id: threads.id });
    if (moved.length > 0) await noteChange(tx, accountId, { threadId: id });
  });
}

/** Remembers that no plain message may begin a conversation (any more): its one was used up, or refused for want of a
 *  reason (messages.md 4.1, 5). What the buyer writes later gives it back: saveSnapshot sees to that.
 *  @param known the messages that the conversation held just before the send. What counts as later is told by their
 *  times, which are Mercado Libre's own; has the buyer written since, nothing is noted */
export async function spendStart(
  db: Database,
  accountId: AccountId,
  id: ThreadId,
  known: readonly string[],
): Promise<void> {
  await db.transaction(async (tx) => {
    const spentAt = sql`(select coalesce(max(m.created_at), 'epoch') from messages m
      where m.thread_id = ${id} and m.id = any(${sql.param([...known])}::text[]))`;
    const moved = await tx
      .update(threads)
      .set({ startSpentAt: spentAt })
      .where(
        and(
          eq(threads.accountId, accountId),
          eq(threads.id, id),
          isNull(threads.startSpentAt),
          sql`not exists (select 1 from messages m
            where m.thread_id = ${id} and m.direction = 'in' and m.created_at > ${spentAt})`,
        ),
      )
      .returning({ id: threads.id });
    if (moved.length > 0) await noteChange(tx, accountId, { threadId: id });
  });
}

/** Gives back the one message that a conversation may be begun with: the one that was sent was rejected. Part of the
 *  transaction that found that out. @returns whether it had been used up */
export async function freeStart(tx: Database, accountId: AccountId, id: ThreadId): Promise<boolean> {
  const moved = await tx
    .update(threads)
    .set({ startSpentAt: null })
    .where(and(eq(threads.accountId, accountId), eq(threads.id, id), isNotNull(threads.startSpentAt)))
    .returning({ id: threads.id });
  return moved.length > 0;
}
