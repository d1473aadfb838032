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

/** Mercado Libre tells instants in whole seconds: what the buyer writes within this one is later all the same. */
const THIS_SECOND = sql`date_trunc('second', now()) - interval '1 second'`;

/** Remembers that the one message a conversation may be begun with is used up (messages.md 5). What the buyer writes later
 *  gives it back: saveSnapshot sees to that. */
export async function spendStart(db: Database, accountId: AccountId, id: ThreadId): Promise<void> {
  await db.transaction(async (tx) => {
    const moved = await tx
      .update(threads)
      .set({ startSpentAt: THIS_SECOND })
      .where(and(eq(threads.accountId, accountId), eq(threads.id, id), isNull(threads.startSpentAt)))
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
