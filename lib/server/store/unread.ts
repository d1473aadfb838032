import "server-only";
import { and, eq, gt, inArray, notInArray, sql } from "drizzle-orm";
import type { AccountId, ThreadId } from "@/lib/shared/ids";
import type { ChannelName } from "@/lib/shared/thread";
import { noteChange, noteChanges } from "./changes";
import type { Database } from "./database";
import { threads } from "./schema";

export interface HeldUnread {
  id: ThreadId;
  unread: number;
  pulledAt: Date | null;
  refusedAt: Date | null;
  /** The last message that anybody can see, or the sale. */
  sortAt: Date;
}

/** Which thread each of these orders belongs to, as far as we hold it. */
export async function threadsOfOrders(
  db: Database,
  accountId: AccountId,
  channel: ChannelName,
  orderIds: readonly string[],
): Promise<Map<string, string>> {
  if (orderIds.length === 0) return new Map();
  const rows = await db
    .select({ orderId: threads.orderId, externalId: threads.externalId })
    .from(threads)
    .where(
      and(
        eq(threads.accountId, accountId),
        eq(threads.channel, channel),
        inArray(threads.orderId, [...orderIds]),
      ),
    );
  return new Map(rows.map(({ orderId, externalId }) => [orderId ?? externalId, externalId]));
}

/** What Mercado Libre's unread list says against what we hold. */
export async function readUnread(
  db: Database,
  accountId: AccountId,
  channel: ChannelName,
): Promise<Map<string, HeldUnread>> {
  const rows = await db
    .select({
      id: threads.id,
      externalId: threads.externalId,
      unread: threads.meliUnread,
      pulledAt: threads.pulledAt,
      refusedAt: threads.refusedAt,
      sortAt: threads.sortAt,
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
