import "server-only";
import { sql } from "drizzle-orm";
import type { AccountId, ThreadId } from "@/lib/shared/ids";
import type { Message } from "@/lib/shared/thread";
import type { Database } from "./database";
import { KEPT_NAMES } from "./file-names";
import { endAwaited, noticeOf } from "./noticed";
import { messages } from "./schema";

/** Messages of one statement: a statement takes 65,535 values. */
const WRITTEN_AT_ONCE = 500;

/** Writes messages that are new or differ, and ends the wait for those that were notified. Part of the transaction that has
 *  them. Returns how many were written. */
export async function writeMessages(
  tx: Database,
  accountId: AccountId,
  threadId: ThreadId,
  all: readonly Message[],
): Promise<number> {
  let written = 0;
  for (let from = 0; from < all.length; from += WRITTEN_AT_ONCE) {
    written += await writeSome(tx, accountId, threadId, all.slice(from, from + WRITTEN_AT_ONCE));
  }
  return written;
}

async function writeSome(
  tx: Database,
  accountId: AccountId,
  threadId: ThreadId,
  all: readonly Message[],
): Promise<number> {
  const written = await tx
    .insert(messages)
    .values(
      all.map((message) => ({
        ...message,
        accountId,
        threadId,
        noticedAt: sql`(select ${noticeOf(sql`${message.id}`, sql`${message.createdAt.toISOString()}::timestamptz`)}
          from threads t where t.id = ${threadId})`,
      })),
    )
    .onConflictDoUpdate({
      target: [messages.threadId, messages.id],
      set: {
        text: sql`excluded.text`,
        textTranslated: sql`excluded.text_translated`,
        visibility: sql`excluded.visibility`,
        reason: sql`excluded.reason`,
        readAt: sql`excluded.read_at`,
        attachments: KEPT_NAMES,
        author: sql`excluded.author`,
      },
      setWhere: sql`(${messages.text}, ${messages.textTranslated}, ${messages.visibility}, ${messages.reason}, ${messages.readAt}, ${messages.attachments}, ${messages.author})
        is distinct from (excluded.text, excluded.text_translated, excluded.visibility, excluded.reason, excluded.read_at, ${KEPT_NAMES}, excluded.author)`,
    })
    .returning({ id: messages.id });
  if (written.length > 0) {
    await endAwaited(
      tx,
      accountId,
      written.map(({ id }) => id),
    );
  }
  return written.length;
}
