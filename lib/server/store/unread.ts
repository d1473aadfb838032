import "server-only";
import { and, eq, gt, notInArray, sql } from "drizzle-orm";
import type { AccountId, ThreadId } from "@/lib/shared/ids";
import type { ChannelName } from "@/lib/shared/thread";
import { noteChange, noteChanges } from "./changes";
import type { Database } from "./database";
import { threads } from "./schema";

/** What Mercado Libre's unread list says against what we hold. */
export async function readUnread(
  db: Database,
  accountId: AccountId,
  channel: ChannelName,
): Promise<Map<string, { id: ThreadId; unread: number; pulledAt: Date | null; refusedAt: Date | null }>> {
  const rows = await db
    .select({
      id: threads.id,
      externalId: threads.externalId,
      unread: threads.meliUnread,
      pulledAt: threads.pulledAt,
      refusedAt: threads.refusedAt,
    })
    .from(threads)
    .where(and(eq(threads.accountId, accountId), eq(threads.channel, channel), gt(threads.meliUnread, 0)));
  return new Map(rows.map(({ externalId, ...row }) => [externalId, row]));
}

/** The unread list was whole: what is not on it was read at Mercado Libre, and perhaps answered there: it wants to be
 *  read anew. */
export async function clearUnreadExcept(
  db: Database,
  accountId: AccountId,
  channel: ChannelName,
  externalIds: readonly string[],
): Promise<void> {
  await db.transaction(async (tx) => {
    const cleared = await tx
      .update(threads)
      .set({ meliUnread: 0, pullWantedAt: sql`clock_timestamp()` })
      .where(
        and(
          eq(threads.accountId, accountId),
          eq(threads.channel, channel),
          gt(threads.meliUnread, 0),
          externalIds.length === 0 ? undefined : notInArray(threads.externalId, [...externalIds]),
        ),
      )
      .returning({ id: threads.id });
    await noteChanges(
      tx,
      accountId,
      cleared.map(({ id }) => id),
    );
  });
}

/** Mercado Libre's count after an explicit mark as read. */
export async function setUnread(
  db: Database,
  accountId: AccountId,
  id: ThreadId,
  unread: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .update(threads)
      .set({ meliUnread: unread })
      .where(and(eq(threads.accountId, accountId), eq(threads.id, id)));
    await noteChange(tx, accountId, { threadId: id });
  });
}
