import "server-only";
import { and, desc, eq, sql } from "drizzle-orm";
import type { AccountId, ThreadId } from "@/lib/shared/ids";
import type { Attachment, Message } from "@/lib/shared/thread";
import type { Database } from "./database";
import { messages } from "./schema";

/** A message as it was read. */
export const messageColumns = {
  id: messages.id,
  direction: messages.direction,
  author: messages.author,
  to: messages.to,
  stage: messages.stage,
  fromUserId: messages.fromUserId,
  text: messages.text,
  textTranslated: messages.textTranslated,
  visibility: messages.visibility,
  reason: messages.reason,
  createdAt: messages.createdAt,
  readAt: messages.readAt,
  attachments: messages.attachments,
};

/** The newest messages of a thread, or those before one of them; oldest first. */
export async function listMessages(
  db: Database,
  accountId: AccountId,
  threadId: ThreadId,
  limit: number,
  before?: string,
): Promise<{ messages: Message[]; hasOlder: boolean }> {
  const page = db
    .select(messageColumns)
    .from(messages)
    .where(
      and(
        eq(messages.threadId, sql.placeholder("threadId")),
        eq(messages.accountId, sql.placeholder("accountId")),
        before === undefined
          ? undefined
          : sql`(${messages.createdAt}, ${messages.id}) < (select created_at, id from messages where thread_id = ${sql.placeholder("threadId")} and id = ${sql.placeholder("before")})`,
      ),
    )
    .orderBy(desc(messages.createdAt), desc(messages.id))
    .limit(sql.placeholder("limit"))
    .prepare(before === undefined ? "messages_newest" : "messages_older");
  const rows = await page.execute({ threadId, accountId, before, limit: limit + 1 });
  return { messages: rows.slice(0, limit).reverse(), hasOlder: rows.length > limit };
}

/** An attachment by its file name, only if a message of this very thread carries it. */
export async function findAttachment(
  db: Database,
  accountId: AccountId,
  threadId: ThreadId,
  filename: string,
): Promise<Attachment | null> {
  const rows = await db
    .select({ attachments: messages.attachments })
    .from(messages)
    .where(
      and(
        eq(messages.threadId, threadId),
        eq(messages.accountId, accountId),
        sql`${messages.attachments} @> ${JSON.stringify([{ filename }])}::jsonb`,
      ),
    )
    .limit(1);
  return rows[0]?.attachments.find((file) => file.filename === filename) ?? null;
}
