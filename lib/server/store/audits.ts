import "server-only";
import { asc, eq, sql } from "drizzle-orm";
import type { ClaimAct, Confirmed } from "@/lib/shared/api/claim";
import type { AccountId, OutboxId, ThreadId, UserId } from "@/lib/shared/ids";
import type { Database } from "./database";
import type { OutboxRow } from "./outbox";
import { type ActAnswer, audits, outbox } from "./schema-outbox";

export type AuditRow = typeof audits.$inferSelect;

/** An act on record, with its row in the outbox as long as that is kept. */
export interface RecordedAct {
  audit: AuditRow;
  row: OutboxRow | null;
}

/** Does this row of the outbox do something else than write? Such a row has an audit row, and is never repeated by itself. Pure. */
export function claimActOf({ act }: Pick<OutboxRow, "act">): ClaimAct | null {
  return act === null || act.kind === "message" || act.kind === "answer" ? null : act;
}

/** How a person is called on record: the nickname of the account that they signed in with. */
const nicknameOf = (userId: UserId) => sql<string>`coalesce(
  (select a.nickname from users u join accounts a on a.id = u.origin_account_id where u.id = ${userId}),
  (select a.nickname from users u join accounts a on a.id = u.current_account_id where u.id = ${userId}),
  ${userId}::text)`;

/** Puts on record who confirmed what. Part of the transaction that puts the act into the queue. */
export async function recordAct(
  tx: Database,
  accountId: AccountId,
  row: Pick<OutboxRow, "id" | "threadId" | "userId">,
  confirmed: { act: ClaimAct; confirmed: Confirmed },
): Promise<void> {
  const { id, threadId, userId } = row;
  await tx
    .insert(audits)
    .values({ accountId, threadId, userId, by: nicknameOf(userId), outboxId: id, ...confirmed });
}

/** What is told of an act's answer at one step; what is not told stays as it was noted before. */
export type ToldAnswer = Pick<ActAnswer, "state" | "reason"> & Partial<Pick<ActAnswer, "status" | "facts">>;

/** Notes what came of an act. Part of the transaction that writes the step. */
export async function noteAnswer(tx: Database, id: OutboxId, told: ToldAnswer): Promise<void> {
  const { facts = {}, ...rest } = told;
  await tx
    .update(audits)
    .set({
      answer: sql`coalesce(${audits.answer}, '{"status":null}'::jsonb) || ${JSON.stringify(rest)}::jsonb
        || jsonb_build_object('facts', coalesce(${audits.answer} -> 'facts', '{}'::jsonb) || ${JSON.stringify(facts)}::jsonb)`,
      answeredAt: sql`now()`,
    })
    .where(eq(audits.outboxId, id));
}

/** Notes who decided about an act that stood still: took it back, let it go (although it may have left: then that is noted as
 *  well), or had it tried again. Part of the transaction that writes the decision. */
export async function noteDecision(
  tx: Database,
  id: OutboxId,
  { to, by, mayHaveLeft }: { to: "queued" | "cancelled"; by: UserId; mayHaveLeft: boolean },
): Promise<void> {
  const fact = to === "cancelled" ? "cancelled_by" : "retried_by";
  await tx
    .update(audits)
    .set({
      answer: sql`coalesce(${audits.answer}, '{"status":null,"reason":null}'::jsonb)
        || jsonb_build_object('state', ${to}::text, 'facts',
          coalesce(${audits.answer} -> 'facts', '{}'::jsonb) || jsonb_build_object(${fact}::text, ${nicknameOf(by)})
            || ${JSON.stringify(to === "cancelled" && mayHaveLeft ? { may_have_left: "yes" } : {})}::jsonb)`,
      ...(to === "cancelled" ? { answeredAt: sql`now()` } : {}),
    })
    .where(eq(audits.outboxId, id));
}

const recorded = { audit: audits, row: outbox };

/** The acts of a thread, oldest first. */
export async function listActs(db: Database, threadId: ThreadId): Promise<RecordedAct[]> {
  return db
    .select(recorded)
    .from(audits)
    .leftJoin(outbox, eq(outbox.id, audits.outboxId))
    .where(eq(audits.threadId, threadId))
    .orderBy(asc(audits.at), asc(audits.id));
}

/** The act of one row of the outbox. Null: that row is no act. */
export async function readAct(db: Database, id: OutboxId): Promise<RecordedAct | null> {
  const rows = await db
    .select(recorded)
    .from(audits)
    .leftJoin(outbox, eq(outbox.id, audits.outboxId))
    .where(eq(audits.outboxId, id));
  return rows[0] ?? null;
}
