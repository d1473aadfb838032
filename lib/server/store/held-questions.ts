import "server-only";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Chain } from "@/lib/shared/api/question";
import type { AccountId, ThreadId } from "@/lib/shared/ids";
import type { Message } from "@/lib/shared/thread";
import { noteChange } from "./changes";
import type { Database } from "./database";
import { reviveChain } from "./questions";
import { messages, threads } from "./schema";
import { questions } from "./schema-questions";

/** A question that we hold, as it was read last. */
export interface HeldQuestion {
  id: string;
  threadId: ThreadId;
  chain: Chain | null;
  /** Its words and its answer's, by message id. */
  words: ReadonlyMap<string, Pick<Message, "text" | "textTranslated">>;
}

/** Of these questions those that we hold, with what tells whether they moved. */
export async function listHeldQuestions(
  db: Database,
  accountId: AccountId,
  ids: readonly string[],
): Promise<Map<string, HeldQuestion>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: questions.id, threadId: questions.threadId, chain: threads.chain })
    .from(questions)
    .innerJoin(threads, eq(threads.id, questions.threadId))
    .where(and(eq(questions.accountId, accountId), inArray(questions.id, [...ids])));
  if (rows.length === 0) return new Map();
  const said = await db
    .select({
      id: messages.id,
      threadId: messages.threadId,
      text: messages.text,
      textTranslated: messages.textTranslated,
    })
    .from(messages)
    .where(inArray(messages.threadId, [...new Set(rows.map(({ threadId }) => threadId))]));
  const words = new Map<ThreadId, Map<string, Pick<Message, "text" | "textTranslated">>>();
  for (const { id, threadId, ...text } of said) {
    const ofThread = words.get(threadId) ?? new Map<string, Pick<Message, "text" | "textTranslated">>();
    words.set(threadId, ofThread.set(id, text));
  }
  return new Map(
    rows.map(({ id, threadId, chain }) => [
      id,
      { id, threadId, chain: reviveChain(chain), words: words.get(threadId) ?? new Map() },
    ]),
  );
}

/** A question that waits for an answer, as far as we know. */
export interface WaitingQuestion {
  id: string;
  threadId: ThreadId;
  createdAt: Date;
}

/** As the index of what waits says it. */
const IS_WAITING = sql`${questions.status} = 'UNANSWERED'`;

/** Of an account all questions that wait, but those that were hidden: no search may show these (questions-and-contacts.md 9). */
export async function listWaitingQuestions(db: Database, accountId: AccountId): Promise<WaitingQuestion[]> {
  return db
    .select({ id: questions.id, threadId: questions.threadId, createdAt: questions.createdAt })
    .from(questions)
    .where(and(eq(questions.accountId, accountId), IS_WAITING, eq(questions.isHidden, false)))
    .orderBy(asc(questions.createdAt));
}

/** Of an account the questions that wait and were asked before then, the oldest first, hidden or not. */
export async function listWaitingBefore(
  db: Database,
  accountId: AccountId,
  before: Date,
  limit: number,
): Promise<WaitingQuestion[]> {
  return db
    .select({ id: questions.id, threadId: questions.threadId, createdAt: questions.createdAt })
    .from(questions)
    .where(
      and(
        eq(questions.accountId, accountId),
        IS_WAITING,
        sql`${questions.createdAt} < ${before.toISOString()}::timestamptz`,
      ),
    )
    .orderBy(asc(questions.createdAt))
    .limit(limit);
}

/** Ids of questions of a thread that were hidden with Buzón. */
export async function listHidden(db: Database, accountId: AccountId, threadId: ThreadId): Promise<string[]> {
  const rows = await db
    .select({ id: questions.id })
    .from(questions)
    .where(
      and(eq(questions.accountId, accountId), eq(questions.threadId, threadId), eq(questions.isHidden, true)),
    )
    .orderBy(asc(questions.createdAt));
  return rows.map(({ id }) => id);
}

/** A question was hidden: Mercado Libre says of none that it is (questions-and-contacts.md 9). */
export async function noteHidden(
  db: Database,
  accountId: AccountId,
  threadId: ThreadId,
  id: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .update(questions)
      .set({ isHidden: true })
      .where(and(eq(questions.accountId, accountId), eq(questions.id, id)));
    await noteChange(tx, accountId, { threadId });
  });
}
