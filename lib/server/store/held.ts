import "server-only";
import { and, asc, eq } from "drizzle-orm";
import type { AccountId, ThreadId } from "@/lib/shared/ids";
import type { ChannelName, Message } from "@/lib/shared/thread";
import type { Database } from "./database";
import { messageColumns } from "./messages";
import { messages, threads } from "./schema";
import { writeMessages } from "./write-messages";

/** All that we hold of a conversation. */
export interface HeldThread {
  id: ThreadId;
  /** Oldest first. */
  messages: Message[];
  /** How many Mercado Libre said there were when it was read last. */
  total: number | null;
  isComplete: boolean;
}

/** What we hold of a conversation. Null: it was never read, or there are said to be fewer messages than `atLeast`. */
export async function readHeld(
  db: Database,
  accountId: AccountId,
  channel: ChannelName,
  externalId: string,
  atLeast: number,
): Promise<HeldThread | null> {
  const [thread] = await db
    .select({ id: threads.id, total: threads.messageTotal, isComplete: threads.isComplete })
    .from(threads)
    .where(
      and(eq(threads.accountId, accountId), eq(threads.channel, channel), eq(threads.externalId, externalId)),
    );
  if (thread === undefined || thread.total === null || thread.total < atLeast) return null;
  const held = await db
    .select(messageColumns)
    .from(messages)
    .where(and(eq(messages.threadId, thread.id), eq(messages.accountId, accountId)))
    .orderBy(asc(messages.createdAt), asc(messages.id));
  return { ...thread, messages: held };
}

/** Keeps messages that are older than all that was held, and whether there are none before them. */
export async function saveOlder(
  db: Database,
  accountId: AccountId,
  id: ThreadId,
  older: { messages: readonly Message[]; isComplete: boolean },
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .select({ id: threads.id })
      .from(threads)
      .where(and(eq(threads.accountId, accountId), eq(threads.id, id)))
      .for("update");
    await writeMessages(tx, accountId, id, older.messages);
    if (!older.isComplete) return;
    await tx
      .update(threads)
      .set({ isComplete: true })
      .where(and(eq(threads.accountId, accountId), eq(threads.id, id)));
  });
}
