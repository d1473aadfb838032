import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import type { AccountId, ThreadId, WorkerId } from "@/lib/shared/ids";
import type { ThreadContext, ThreadStatus } from "@/lib/shared/thread";
import type { Database } from "./database";
import { threads } from "./schema";

/** When a message's own notification came: one that says it was written, not that it was read (notifications.md 2). */
const ownNotice = (messageId: SQL): SQL =>
  sql`(select min(n.stored_at) from notices n where n.subject = ${messageId} and n.actions <> '["read"]'::jsonb)`;

/** When the notice came that tells of a claim's message. Such a notice names the claim, not the message (claims.md 9), so it
 *  is one whose event was taken in when the message was written or soon after; of a repeat or of a missed one too, which
 *  keep that instant (notifications.md 3). */
const claimNotice = (claimId: SQL, createdAt: SQL): SQL =>
  sql`(select min(n.stored_at) from notices n where n.subject = ${claimId}
    and n.topic in ('post_purchase', 'claims', 'marketplace_claims')
    and coalesce(n.received_at, n.sent_at, n.stored_at)
      between date_trunc('second', ${createdAt}) - interval '5 seconds' and ${createdAt} + interval '15 minutes')`;

/** When a question's own notification came: questions, orders and others share their numbers. */
const questionNotice = (questionId: SQL): SQL =>
  sql`(select min(n.stored_at) from notices n where n.subject = ${questionId}
    and n.topic in ('questions', 'marketplace_questions'))`;

/** When the notice of a message came, in a thread `t`, whatever its channel. */
export const noticeOf = (messageId: SQL, createdAt: SQL): SQL =>
  sql`case t.channel when 'claims' then ${claimNotice(sql`t.external_id`, createdAt)}
    when 'questions' then ${questionNotice(messageId)} else ${ownNotice(messageId)} end`;

/** A notice of a question came: noted on it. */
export async function noteQuestionNoticed(
  tx: Database,
  accountId: AccountId,
  questionId: string,
): Promise<void> {
  await tx.execute(sql`
    update messages m set noticed_at = ${questionNotice(sql`m.id`)}
    from threads t
    where t.id = m.thread_id and t.channel = 'questions' and m.account_id = ${accountId}
      and m.id = ${questionId} and m.noticed_at is null`);
}

/** A notice of a claim came: noted on those of its messages that it tells of. */
export async function noteClaimNoticed(tx: Database, accountId: AccountId, claimId: string): Promise<void> {
  await tx.execute(sql`
    update messages m set noticed_at = ${claimNotice(sql`t.external_id`, sql`m.created_at`)}
    from threads t
    where t.account_id = ${accountId} and t.channel = 'claims' and t.external_id = ${claimId}
      and m.thread_id = t.id and m.noticed_at is null and m.direction = 'in'`);
}

/** Was message `m` written after the first sync `s` of its account began? Mercado Libre's times may be whole seconds
 *  (messages.md 1): what was written in that very second counts. */
export const AFTER_FIRST_SYNC = sql`m.created_at >= date_trunc('second', s.unread_at)`;

/** Ends the notices of messages that are stored already, and notes on those messages that a notice came, in one
 *  transaction. Returns the ids of the notices that are left. */
export async function finishStored(
  db: Database,
  worker: WorkerId,
  accountId: AccountId,
  notices: readonly { id: number; subject: string }[],
): Promise<Set<number>> {
  if (notices.length === 0) return new Set();
  const ids = notices.map(({ id }) => id);
  const { rows } = await db.execute<{ id: string }>(sql`
    with held as (
      select n.id, n.subject, n.stored_at from notices n
      where n.id = any(${sql.param(ids)}::bigint[]) and n.claimed_by = ${worker}
        and exists (select 1 from messages m where m.id = n.subject and m.account_id = ${accountId})
    ), noticed as (
      update messages m set noticed_at = h.stored_at
      from (select subject, min(stored_at) as stored_at from held group by subject) h
      where m.id = h.subject and m.account_id = ${accountId} and m.noticed_at is null
    )
    update notices n set state = 'done', outcome = 'stored', claimed_by = null, account_id = ${accountId}
    from held h where n.id = h.id
    returning n.id::text`);
  const ended = new Set(rows.map(({ id }) => Number(id)));
  return new Set(ids.filter((id) => !ended.has(id)));
}

/** Is this message of the account stored? Then a notice came for it: noted. */
export async function noteNoticed(tx: Database, accountId: AccountId, messageId: string): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    update messages m set noticed_at = coalesce(noticed_at, ${ownNotice(sql`m.id`)})
    where m.id = ${messageId} and m.account_id = ${accountId} returning 1`);
  return rows.length > 0;
}

/** Messages were stored: the notices that waited for them have been followed. Part of the transaction that stored them. */
export async function endAwaited(
  tx: Database,
  accountId: AccountId,
  messageIds: readonly string[],
): Promise<void> {
  await tx.execute(sql`
    update notices set state = 'done', outcome = 'followed', account_id = ${accountId}
    where subject = any(${sql.param([...messageIds])}::text[]) and state = 'pending' and outcome = 'awaited'
      and claimed_by is null`);
}

/** What tells whether a sale moved since it was read. */
export interface StoredSale {
  id: ThreadId;
  status: ThreadStatus;
  context: ThreadContext | null;
  contextAt: Date | null;
}

/** Did a sale move after it was read? Mercado Libre's times may be whole seconds: what moved in the very second of the
 *  read may have moved after it. Pure. */
export function hasMovedSince(updatedAt: Date, { contextAt }: Pick<StoredSale, "contextAt">): boolean {
  return contextAt === null || updatedAt.getTime() >= Math.floor(contextAt.getTime() / 1_000) * 1_000;
}

const saleColumns = {
  id: threads.id,
  status: threads.status,
  context: threads.context,
  contextAt: threads.contextAt,
};

/** The sale of a purchase; null: no thread. The instants inside its context are texts: jsonb has no dates. */
export const findSale = (db: Database, accountId: AccountId, externalId: string) =>
  readSale(db, accountId, eq(threads.externalId, externalId));

/** The sale that a parcel belongs to; null: none that we know. */
export const findSaleOfShipment = (db: Database, accountId: AccountId, shipmentId: string) =>
  readSale(db, accountId, eq(threads.shipmentId, shipmentId));

async function readSale(db: Database, accountId: AccountId, which: SQL): Promise<StoredSale | null> {
  const rows = await db
    .select(saleColumns)
    .from(threads)
    .where(and(eq(threads.accountId, accountId), eq(threads.channel, "messages"), which));
  return rows[0] ?? null;
}
