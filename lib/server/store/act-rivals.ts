import "server-only";
import { and, eq, gt, inArray, ne, or, type SQL, sql } from "drizzle-orm";
import type { ClaimAct, ClaimActKind } from "@/lib/shared/api/claim";
import type { OutboxState } from "@/lib/shared/api/thread";
import type { AccountId, OutboxId, ThreadId } from "@/lib/shared/ids";
import type { Database } from "./database";
import { outbox } from "./schema-outbox";

type Row = typeof outbox.$inferSelect;

/** States in which an act may still come to pass, or may have. */
const PENDING: OutboxState[] = ["queued", "held", "sending", "accepted", "uncertain"];

/** Each of these decides what becomes of the money or the product: never two of them at a time. */
const RESOLUTIONS: readonly ClaimActKind[] = [
  "refund",
  "partialRefund",
  "allowReturn",
  "allowReplace",
  "reviewOk",
  "reviewFail",
];

/** Which acts rule out this one while they are pending. Pure. */
const rivalsOf = (kind: ClaimActKind) => (RESOLUTIONS.includes(kind) ? RESOLUTIONS : [kind]);

/** Is a row's act this very one? */
export const isSameAct = (act: ClaimAct): SQL<boolean> =>
  sql<boolean>`${outbox.act} = ${JSON.stringify(act)}::jsonb`;

/** The very same act, pending or done within this minute from another tab; and whether anything pending rules it out. For whoever
 *  holds the thread's queue. @param but the act's own row, where it has one */
export async function findRivals(
  tx: Database,
  { threadId, act, but }: { threadId: ThreadId; act: ClaimAct; but?: OutboxId },
): Promise<{ twin: Row | null; isPending: boolean }> {
  const rows = await tx
    .select({ row: outbox, isSame: isSameAct(act) })
    .from(outbox)
    .where(
      and(
        eq(outbox.threadId, threadId),
        but === undefined ? undefined : ne(outbox.id, but),
        inArray(sql`${outbox.act} ->> 'kind'`, [...rivalsOf(act.kind)]),
        or(
          inArray(outbox.state, PENDING),
          and(eq(outbox.state, "sent"), gt(outbox.settledAt, sql`now() - interval '60 seconds'`)),
        ),
      ),
    );
  const isOpen = ({ state }: Row) => PENDING.includes(state);
  const twins = rows.filter((one) => one.isSame).map(({ row }) => row);
  return {
    twin: twins.find(isOpen) ?? twins[0] ?? null,
    isPending: rows.some(({ row }) => isOpen(row)),
  };
}

/** Is another answer to the same question under way, or may it have arrived? There is one answer, and no second
 *  (questions-and-contacts.md 1.3). One that is held is at rest, and rules out nothing. For whoever holds the thread's queue.
 *  @param but the answer's own row, where it has one */
export async function hasOtherAnswer(
  tx: Database,
  { threadId, questionId, but }: { threadId: ThreadId; questionId: string; but?: OutboxId },
): Promise<boolean> {
  const count = await tx.$count(
    outbox,
    and(
      eq(outbox.threadId, threadId),
      but === undefined ? undefined : ne(outbox.id, but),
      sql`${outbox.act} @> ${JSON.stringify({ kind: "answer", questionId })}::jsonb`,
      inArray(outbox.state, ["queued", "sending", "accepted", "uncertain"]),
    ),
  );
  return count > 0;
}

/** Is anything pending that rules out trying this row again? For whoever holds the thread's queue. */
export async function isRuledOut(tx: Database, row: Pick<Row, "id" | "threadId" | "act">): Promise<boolean> {
  const { id: but, threadId, act } = row;
  if (act === null || act.kind === "message") return false;
  if (act.kind === "answer") return hasOtherAnswer(tx, { threadId, questionId: act.questionId, but });
  return (await findRivals(tx, { threadId, act, but })).isPending;
}

/** Has an act of this account left, or will it by itself, without its end being known? */
export async function hasPendingAct(tx: Database, accountId: AccountId): Promise<boolean> {
  const count = await tx.$count(
    outbox,
    and(
      eq(outbox.accountId, accountId),
      sql`${outbox.act} ->> 'kind' not in ('message', 'answer')`,
      inArray(outbox.state, ["queued", "sending", "accepted", "uncertain"]),
    ),
  );
  return count > 0;
}
