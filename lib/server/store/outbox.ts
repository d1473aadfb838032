import "server-only";
import { and, asc, eq, inArray, isNotNull, isNull, lt, lte, notExists, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { OutboxState, Seen } from "@/lib/shared/api/thread";
import type { AccountId, OutboxId, ThreadId, UserId } from "@/lib/shared/ids";
import { isRuledOut } from "./act-rivals";
import { claimActOf, noteAnswer, noteDecision } from "./audits";
import { FIRST_CHECK } from "./checks";
import type { Database } from "./database";
import { lockQueue, tellWorkers } from "./enqueue";
import { keepNames } from "./file-names";
import { refreshFlag } from "./outbox-flag";
import { IS_LEASED, LEASE_END, OPEN } from "./outbox-lease";
import { wishReadOnReply } from "./read-wishes";
import { messages } from "./schema";
import { type ActAnswer, files, outbox } from "./schema-outbox";
import { freeStart } from "./starts";

export type OutboxRow = typeof outbox.$inferSelect;

const IS_REPLY = sql`(${outbox.act} is null or ${outbox.act} ->> 'kind' in ('message', 'answer'))`;

/** Replies of a thread that are not yet simply messages, oldest first. Acts are no replies: their audit rows list them. */
export async function listOutbox(db: Database, threadId: ThreadId): Promise<OutboxRow[]> {
  const rows = db
    .select()
    .from(outbox)
    .where(
      and(
        eq(outbox.threadId, sql.placeholder("threadId")),
        IS_REPLY,
        or(
          inArray(outbox.state, [
            "queued",
            "held",
            "sending",
            "accepted",
            "uncertain",
            "failed",
            "rejected",
            "moderation",
          ]),
          and(eq(outbox.state, "sent"), isNotNull(outbox.messageId)),
        ),
      ),
    )
    .orderBy(asc(outbox.createdAt))
    .prepare("thread_outbox");
  return rows.execute({ threadId });
}

export async function readOutboxRow(
  db: Database,
  accountIds: readonly AccountId[],
  id: OutboxId,
): Promise<OutboxRow | null> {
  if (accountIds.length === 0) return null;
  const rows = await db
    .select()
    .from(outbox)
    .where(and(eq(outbox.id, id), inArray(outbox.accountId, [...accountIds])));
  return rows[0] ?? null;
}

/** Threads whose turn it is: their oldest open row is due, and nobody who lives works on it. Those that wait longest
 *  first. */
export async function listDueThreads(db: Database, limit: number): Promise<ThreadId[]> {
  const older = alias(outbox, "older");
  const hasOlder = db
    .select({ id: older.id })
    .from(older)
    .where(
      and(
        eq(older.threadId, outbox.threadId),
        inArray(older.state, OPEN),
        isNull(older.settledAt),
        lt(older.createdAt, outbox.createdAt),
      ),
    );
  const rows = await db
    .select({ threadId: outbox.threadId })
    .from(outbox)
    .where(
      and(
        inArray(outbox.state, OPEN),
        isNull(outbox.settledAt),
        lte(outbox.notBefore, sql`clock_timestamp()`),
        sql`not ${IS_LEASED}`,
        notExists(hasOlder),
      ),
    )
    .orderBy(asc(outbox.notBefore))
    .limit(limit);
  return [...new Set(rows.map((row) => row.threadId))];
}

export interface OutboxStep {
  state: OutboxState;
  reason?: string | null;
  messageId?: string | null;
  /** What Mercado Libre sent for a template. */
  text?: string;
  baseline?: string[];
  /** `held`: what the sender had not seen. */
  heldFor?: string[];
  lookups?: number;
  attempts?: number;
  /** Milliseconds until the worker looks again. */
  againInMs?: number;
  /** Nothing more happens by itself. */
  isSettled?: boolean;
  /** Keep the lease: the same worker goes on at once. */
  keepsLease?: boolean;
  /** Of an act: what Mercado Libre answered, for its audit row. */
  answer?: Pick<ActAnswer, "status" | "facts">;
}

/** Writes the next state of a row, if the lease is still ours: a worker that lost it can change nothing.
 *  False: it is not. */
export async function saveStep(
  db: Database,
  row: Pick<OutboxRow, "id" | "threadId" | "accountId" | "act">,
  owner: string,
  step: OutboxStep,
): Promise<boolean> {
  const isAct = claimActOf(row) !== null;
  return db.transaction(async (tx) => {
    const saved = await tx
      .update(outbox)
      .set({
        state: step.state,
        ...(step.reason === undefined ? {} : { reason: step.reason }),
        ...(step.messageId === undefined ? {} : { messageId: step.messageId }),
        ...(step.text === undefined ? {} : { text: step.text }),
        ...(step.baseline === undefined ? {} : { baseline: step.baseline }),
        ...(step.heldFor === undefined ? {} : { heldFor: step.heldFor }),
        ...(step.lookups === undefined ? {} : { lookups: step.lookups }),
        ...(step.attempts === undefined ? {} : { attempts: step.attempts }),
        ...(step.state === "sending" ? { sendingAt: sql`now()` } : {}),
        ...(step.isSettled ? { settledAt: sql`now()` } : {}),
        // An act is no message: moderation has no say in it.
        ...(!isAct && (step.state === "sent" || step.state === "moderation")
          ? { checkAt: FIRST_CHECK, checks: 0 }
          : { checkAt: null }),
        ...(step.keepsLease ? { leaseUntil: LEASE_END } : { leaseOwner: null, leaseUntil: null }),
        notBefore: sql`now() + ${step.againInMs ?? 0} * interval '1 millisecond'`,
      })
      .where(and(eq(outbox.id, row.id), eq(outbox.leaseOwner, owner)))
      .returning({ reason: outbox.reason, messageId: outbox.messageId });
    const [now] = saved;
    if (now === undefined) return false;
    if (isAct && (step.isSettled || step.answer !== undefined)) {
      await noteAnswer(tx, row.id, { state: step.state, reason: now.reason, ...step.answer });
    }
    if (step.state === "sent" || step.state === "moderation") {
      // The bytes have served; the names stay on the message.
      if (now.messageId !== null) await keepNames(tx, row, now.messageId);
      await tx.delete(files).where(eq(files.outboxId, row.id));
    }
    if (!isAct && step.state === "sent") await wishReadOnReply(tx, row.id);
    await refreshFlag(tx, row.accountId, row.threadId);
    return true;
  });
}

/** The refusal of a second try says nothing of the first, whose answer was lost. A template's text is not ours to know: one
 *  that was refused would be taken for any message that was written since. What waits, or is held, was looked for already if it
 *  may have left, and is still. */
const MAY_HAVE_LEFT = sql`(${outbox.state} <> 'failed' or ${outbox.text} <> '' or ${outbox.act} is not null)`;

/** A person's decision about a row. It ends a worker's lease on it: in these states a worker only reads, uploads or looks,
 *  and its next fenced write tells it to stop before anything is sent. Null: the row is in none of the states the act is for.
 *  `rival`: another act or answer that rules this one out is pending, or nobody knows what became of it. */
export async function decide(
  db: Database,
  row: Pick<OutboxRow, "id" | "threadId" | "accountId" | "act" | "state">,
  from: readonly OutboxState[],
  to: "queued" | "cancelled",
  by: UserId,
  /** What the person has before their eyes now. Undefined: as it was; null: they need not have seen anything. */
  seen?: Seen | null,
): Promise<OutboxRow | "rival" | null> {
  const act = claimActOf(row);
  return db.transaction(async (tx) => {
    if (row.act !== null && to === "queued") {
      await lockQueue(tx, row.threadId);
      if (await isRuledOut(tx, row)) return "rival";
    }
    const changed = await tx
      .update(outbox)
      .set({
        state: to,
        reason: null,
        heldFor: null,
        ...(seen === undefined ? {} : { seen }),
        // What may have left is looked for before it leaves again: then the thread as it was must be known.
        messageId: sql`case when ${MAY_HAVE_LEFT} then ${outbox.messageId} end`,
        baseline: sql`case when ${MAY_HAVE_LEFT} then ${outbox.baseline} end`,
        lookups: 0,
        attempts: 0,
        checkAt: null,
        notBefore: sql`now()`,
        settledAt: to === "cancelled" ? sql`now()` : null,
        leaseOwner: null,
        leaseUntil: null,
      })
      .where(and(eq(outbox.id, row.id), inArray(outbox.state, [...from])))
      .returning();
    if (changed[0] === undefined) return null;
    // Files of a reply that was taken back are there for the next one, of whoever took it back.
    if (to === "cancelled") {
      await tx.update(files).set({ outboxId: null, userId: by }).where(eq(files.outboxId, row.id));
    }
    if (act !== null) {
      // One that failed was refused: it did not leave.
      const mayHaveLeft = row.state !== "failed" && changed[0].baseline !== null;
      await noteDecision(tx, row.id, { to, by, mayHaveLeft });
    }
    await refreshFlag(tx, row.accountId, row.threadId);
    await tellWorkers(tx, row.threadId);
    return changed[0];
  });
}

/** What a reply needs to know of the others on its thread. */
export interface Sibling {
  id: OutboxId;
  /** The message it has become. */
  messageId: string | null;
  createdAt: Date;
  /** Is the worker still busy with it? */
  isOpen: boolean;
}

export async function listSiblings(db: Database, threadId: ThreadId): Promise<Sibling[]> {
  const rows = await db
    .select({
      id: outbox.id,
      messageId: outbox.messageId,
      createdAt: outbox.createdAt,
      state: outbox.state,
      settledAt: outbox.settledAt,
    })
    .from(outbox)
    .where(eq(outbox.threadId, threadId));
  return rows.map(({ state, settledAt, ...row }) => ({
    ...row,
    isOpen: settledAt === null && OPEN.includes(state),
  }));
}

const STATE_OF_MESSAGE = sql`case ${messages.visibility} when 'visible' then 'sent' when 'moderation' then 'moderation' else 'rejected' end`;

/** Moderation can come late: replies follow what their message has become (messages.md 10.12). Part of the
 *  transaction that stored the messages. */
export async function followMessages(tx: Database, accountId: AccountId, threadId: ThreadId): Promise<void> {
  const moved = await tx
    .update(outbox)
    .set({
      state: STATE_OF_MESSAGE,
      reason: messages.reason,
      settledAt: sql`now()`,
      checks: 0,
      checkAt: sql`case when ${messages.visibility} <> 'rejected' then ${FIRST_CHECK} end`,
    })
    .from(messages)
    .where(
      and(
        eq(outbox.threadId, threadId),
        inArray(outbox.state, ["sent", "moderation", "rejected"]),
        eq(messages.threadId, outbox.threadId),
        eq(messages.id, outbox.messageId),
        sql`${outbox.state} <> ${STATE_OF_MESSAGE}`,
      ),
    )
    .returning({ state: outbox.state });
  if (moved.some(({ state }) => state === "rejected")) await freeStart(tx, accountId, threadId);
  // One that was given up is looked for once more: what has just come may be it.
  const reopened = await tx
    .update(outbox)
    .set({ settledAt: null, notBefore: sql`now()` })
    .where(and(eq(outbox.threadId, threadId), eq(outbox.state, "uncertain"), isNotNull(outbox.settledAt)))
    .returning({ id: outbox.id });
  if (moved.length > 0 || reopened.length > 0) await refreshFlag(tx, accountId, threadId);
}

/** Counts for the status page. */
export async function countOutbox(
  db: Database,
  accountIds: readonly AccountId[],
): Promise<{ queued: number; held: number; uncertain: number; failed: number }> {
  if (accountIds.length === 0) return { queued: 0, held: 0, uncertain: 0, failed: 0 };
  const rows = await db
    .select({
      queued: sql<number>`count(*) filter (where state in ('queued', 'sending', 'accepted'))::int`,
      held: sql<number>`count(*) filter (where state = 'held')::int`,
      uncertain: sql<number>`count(*) filter (where state = 'uncertain')::int`,
      failed: sql<number>`count(*) filter (where state in ('failed', 'rejected'))::int`,
    })
    .from(outbox)
    .where(inArray(outbox.accountId, [...accountIds]));
  return rows[0] ?? { queued: 0, held: 0, uncertain: 0, failed: 0 };
}
