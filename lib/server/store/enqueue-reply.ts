import "server-only";
import { and, eq, gt, inArray, isNull, notInArray, or, sql } from "drizzle-orm";
import type { GuideChoice, Seen } from "@/lib/shared/api/thread";
import { isTemplate } from "@/lib/shared/guide-choice";
import { type AccountId, type FileId, outboxId, type ThreadId, type UserId } from "@/lib/shared/ids";
import { hasOtherAnswer } from "./act-rivals";
import type { Database } from "./database";
import { fateOf, lockDraftFiles, lockQueue, takeFiles, tellWorkers } from "./enqueue";
import type { OutboxRow } from "./outbox";
import { refreshFlag } from "./outbox-flag";
import { drafts, files, type OutboxAct, outbox } from "./schema-outbox";

export type Enqueued =
  | { kind: "enqueued"; row: OutboxRow }
  | { kind: "key_used" }
  | { kind: "file_gone" }
  /** Other words are on their way as the answer to the same question. */
  | { kind: "answer_pending" };

export interface NewReply {
  threadId: ThreadId;
  userId: UserId;
  key: string;
  text: string;
  /** The reason that the conversation is begun under; null: a plain reply. */
  option: GuideChoice | null;
  /** Claims: who it is written to; questions: which one it answers. Null: a plain message. */
  act: Extract<OutboxAct, { kind: "message" | "answer" }> | null;
  fileIds: FileId[];
  /** What the sender had before their eyes. Null: they did not say, and nothing is held. */
  seen: Seen | null;
  /** How long the reply can be taken back before anything leaves, 0 to 10. */
  undoSeconds: number;
}

/** Puts a reply in the queue, once per key: asking again answers the same row. Takes the files along and ends the draft,
 *  all in one transaction. A file goes with one reply only: whoever comes second is told that it is gone. A reply whose
 *  sender has not seen all that we hold of the thread starts as `held`. */
export async function enqueueReply(db: Database, accountId: AccountId, reply: NewReply): Promise<Enqueued> {
  const { threadId, userId, key, text, option, fileIds, seen } = reply;
  const endDraft = async (tx: Database) => {
    // A template is not what stands in the draft: that stays.
    if (isTemplate(option)) return;
    const about = reply.act?.kind === "answer" ? reply.act.questionId : "";
    await tx
      .delete(drafts)
      .where(and(eq(drafts.userId, userId), eq(drafts.threadId, threadId), eq(drafts.about, about)));
  };
  return db.transaction(async (tx) => {
    await lockQueue(tx, threadId);
    const known = await readByKey(tx, reply);
    if (known !== null) return known;
    const twin = await findTwin(tx, reply);
    if (twin !== null) {
      await endDraft(tx);
      return { kind: "enqueued", row: twin };
    }
    const { act } = reply;
    if (act?.kind === "answer" && (await hasOtherAnswer(tx, { threadId, questionId: act.questionId }))) {
      return { kind: "answer_pending" };
    }
    if (!(await lockDraftFiles(tx, threadId, userId, fileIds))) return { kind: "file_gone" };
    const fate = await fateOf(tx, reply);
    const made = await tx
      .insert(outbox)
      .values({ accountId, threadId, userId, key, text, option, act: reply.act, seen, ...fate })
      .onConflictDoNothing()
      .returning();
    const row = made[0];
    if (row === undefined) return (await readByKey(tx, reply)) ?? { kind: "key_used" };
    await takeFiles(tx, row.id, fileIds);
    await endDraft(tx);
    await refreshFlag(tx, accountId, threadId);
    await tellWorkers(tx, threadId);
    return { kind: "enqueued", row };
  });
}

/** Does a row ask for the same as this reply? The text of a template is Mercado Libre's, and on the row once it was sent. */
function isSameAct({ text, option, act }: Pick<NewReply, "text" | "option" | "act">) {
  const sameOption =
    option === null ? isNull(outbox.option) : sql`${outbox.option} = ${JSON.stringify(option)}::jsonb`;
  if (isTemplate(option)) return sameOption;
  const sameAim = act === null ? isNull(outbox.act) : sql`${outbox.act} = ${JSON.stringify(act)}::jsonb`;
  return and(sameOption, sameAim, eq(outbox.text, text));
}

/** The same draft sent from two tabs or devices is one reply: the same words with the same files, or with none, or the
 *  same template, within seconds. Who had the first one before their eyes means another, and so does who sends the same words with other
 *  files (docs/decisions/031). */
async function findTwin(tx: Database, reply: NewReply): Promise<OutboxRow | null> {
  const { seen } = reply;
  // A question takes one answer: the same words again are the same answer, however long it has been on its way.
  const isOnItsWay =
    reply.act?.kind === "answer"
      ? inArray(outbox.state, ["queued", "held", "sending", "accepted", "uncertain"])
      : undefined;
  const rows = await tx
    .select()
    .from(outbox)
    .where(
      and(
        eq(outbox.threadId, reply.threadId),
        isSameAct(reply),
        inArray(outbox.state, ["queued", "held", "sending", "accepted", "uncertain", "sent", "moderation"]),
        or(
          isOnItsWay,
          seen === null
            ? gt(outbox.createdAt, sql`now() - interval '10 seconds'`)
            : and(
                gt(outbox.createdAt, sql`now() - interval '60 seconds'`),
                notInArray(outbox.id, seen.replies.map(outboxId)),
                or(isNull(outbox.messageId), notInArray(outbox.messageId, seen.messages)),
              ),
        ),
      ),
    );
  for (const row of rows) {
    if (reply.fileIds.length === 0) return row;
    const shared = await tx.$count(files, and(eq(files.outboxId, row.id), inArray(files.id, reply.fileIds)));
    if (shared === reply.fileIds.length) return row;
  }
  return null;
}

/** What this user has sent under the key, if anything. */
async function readByKey(tx: Database, reply: NewReply): Promise<Enqueued | null> {
  const rows = await tx
    .select({ row: outbox, isSame: sql<boolean>`${isSameAct(reply)}` })
    .from(outbox)
    .where(and(eq(outbox.userId, reply.userId), eq(outbox.key, reply.key)));
  const held = rows[0];
  if (held === undefined) return null;
  const { row, isSame } = held;
  return isSame && row.threadId === reply.threadId ? { kind: "enqueued", row } : { kind: "key_used" };
}
