import "server-only";
import { and, desc, eq, gt, inArray, ne, notInArray, sql } from "drizzle-orm";
import type { AccountId, OutboxId, ThreadId } from "@/lib/shared/ids";
import { type Message, oldestDated } from "@/lib/shared/thread";
import type { Database } from "./database";
import { refreshFlag } from "./outbox-flag";
import { messages } from "./schema";
import { outbox } from "./schema-outbox";

/** A message that was stored less than this before a read began may be missing from it: two reads of one conversation can
 *  end in another order than they began, and storages lag. */
const YOUNG = sql`interval '60 seconds'`;

/** Why a reply is looked for that had been seen: its message is gone from the conversation. */
export const VANISHED = "vanished";

/** Messages that we hold and that Mercado Libre shows no more (docs/decisions/041). A reply of ours is looked for again,
 *  and becomes `uncertain` if it stays away; its message is forgotten, for a bubble must not say that it was delivered.
 *  Everything else stays in the conversation as it was seen, and neither waits for an answer nor is one: a buyer's message
 *  that moderation took away is not returned any more (messages.md 2.1). Part of the transaction that stored what was read.
 *  @param read what was read, oldest first. All of the conversation if it is as many as there are said to be; else it says
 *  nothing of what is older, and nothing at all unless it reaches to the newest message that we hold
 *  @param readFrom the database's time before the conversation was asked for
 *  @returns how many. */
export async function noteVanished(
  tx: Database,
  accountId: AccountId,
  threadId: ThreadId,
  read: { messages: readonly Message[]; total: number },
  readFrom: Date,
): Promise<number> {
  // An expired conversation comes back without its messages (messages.md 4.2).
  if (read.messages.length === 0) return 0;
  const ids = read.messages.map(({ id }) => id);
  const isAll = ids.length >= read.total;
  const oldest = isAll ? null : oldestDated(read.messages);
  if (oldest === undefined) return 0;
  if (!isAll && !(await hasNewest(tx, threadId, ids))) return 0;
  const gone = await tx
    .select({ id: messages.id, direction: messages.direction })
    .from(messages)
    .where(
      and(
        eq(messages.threadId, threadId),
        eq(messages.accountId, accountId),
        ne(messages.visibility, "rejected"),
        sql`${messages.storedAt} < ${readFrom.toISOString()}::timestamptz - ${YOUNG}`,
        oldest === null ? undefined : gt(messages.createdAt, oldest.createdAt),
        notInArray(messages.id, ids),
      ),
    );
  if (gone.length === 0) return 0;
  const replies = await reopenReplies(
    tx,
    threadId,
    gone.map(({ id }) => id),
  );
  if (replies.length > 0) {
    await tx.delete(messages).where(and(eq(messages.threadId, threadId), inArray(messages.id, replies)));
    await refreshFlag(tx, accountId, threadId);
  }
  const rest = gone.filter(({ id }) => !replies.includes(id)).map(({ id }) => id);
  if (rest.length > 0) {
    await tx
      .update(messages)
      .set({ visibility: "rejected" })
      .where(and(eq(messages.threadId, threadId), inArray(messages.id, rest)));
  }
  return gone.length;
}

/** Is the newest message that we hold among these? */
async function hasNewest(tx: Database, threadId: ThreadId, ids: readonly string[]): Promise<boolean> {
  const [newest] = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(eq(messages.threadId, threadId))
    .orderBy(desc(messages.createdAt), desc(messages.id))
    .limit(1);
  return newest !== undefined && ids.includes(newest.id);
}

/** Has the replies looked for that these messages were. Returns the messages of those. */
async function reopenReplies(tx: Database, threadId: ThreadId, ids: readonly string[]): Promise<string[]> {
  const reopened: { id: OutboxId; messageId: string | null }[] = await tx
    .update(outbox)
    .set({
      state: "uncertain",
      reason: VANISHED,
      lookups: 0,
      checkAt: null,
      settledAt: null,
      notBefore: sql`now()`,
    })
    .where(
      and(
        eq(outbox.threadId, threadId),
        inArray(outbox.state, ["sent", "moderation"]),
        inArray(outbox.messageId, [...ids]),
      ),
    )
    .returning({ id: outbox.id, messageId: outbox.messageId });
  return reopened.flatMap(({ messageId }) => (messageId === null ? [] : [messageId]));
}
