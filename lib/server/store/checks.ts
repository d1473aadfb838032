import "server-only";
import { and, asc, eq, isNotNull, lte, sql } from "drizzle-orm";
import type { AccountId, ThreadId } from "@/lib/shared/ids";
import type { Database } from "./database";
import { threads } from "./schema";
import { outbox } from "./schema-outbox";
import { wishPull } from "./wanted";

const HOUR_S = 3_600;
const DAY_S = 24 * HOUR_S;

/** When a reply is looked at again, in seconds after it got its state: how late moderation comes is not told (messages.md
 *  10.12). One that is in moderation is followed until it is decided, or for three days (docs/decisions/041). */
export const CHECKS_S = {
  sent: [30, 120, 600],
  moderation: [30, 120, 600, HOUR_S, DAY_S, 2 * DAY_S, 3 * DAY_S],
} as const;

/** The first look, as a reply becomes `sent` or `moderation`: part of the statement that writes the state. */
export const FIRST_CHECK = sql`now() + ${CHECKS_S.sent[0]} * interval '1 second'`;

const plan = (seconds: readonly number[]) => sql.raw(`array[${seconds.join(",")}]::float8[]`);
/** All looks at a row, in time. */
const looksOf = sql`unnest(case ${outbox.state} when 'sent' then ${plan(CHECKS_S.sent)} when 'moderation' then ${plan(CHECKS_S.moderation)} end) as s(s)`;
const timeOfLook = sql`${outbox.settledAt} + s * interval '1 second'`;

/** A look was taken: the next one that is still to come, if any. Those that a standing still missed are not made up for. */
const lookedAt = {
  checks: sql`${outbox.checks} + 1`,
  checkAt: sql`(select min(${timeOfLook}) from ${looksOf} where ${timeOfLook} > greatest(clock_timestamp(), ${outbox.checkAt}))`,
};

const IS_DUE = and(isNotNull(outbox.checkAt), lte(outbox.checkAt, sql`clock_timestamp()`));

/** How many replies are taken up at once: a burst of them is spread over the ticks that follow. */
const AT_ONCE = 100;

/** Wishes to read the conversations whose replies are to be looked at again. Returns how many. The wish is as durable as
 *  the note that it was made: both or neither. Several replies of one conversation are one read.
 *
 *  Conversations are locked before their replies, as by whoever stores what was read of one: the other way around the two
 *  would wait for each other. One that is held just now is left for the next round. */
export async function wishChecks(db: Database): Promise<number> {
  return db.transaction(async (tx) => {
    const due = await tx
      .select({ id: outbox.id, threadId: outbox.threadId })
      .from(outbox)
      .where(IS_DUE)
      .orderBy(asc(outbox.checkAt))
      .limit(AT_ONCE);
    if (due.length === 0) return 0;
    const free = await tx
      .select({ id: threads.id })
      .from(threads)
      .where(sql`${threads.id} = any(${sql.param(due.map(({ threadId }) => threadId))}::bigint[])`)
      .orderBy(asc(threads.id))
      .for("update", { skipLocked: true });
    const ours = new Set(free.map(({ id }) => id));
    const mine = due.filter(({ threadId }) => ours.has(threadId)).map(({ id }) => id);
    // Another worker, or a read, may have taken the look before the lock was ours.
    const looked = await tx
      .update(outbox)
      .set(lookedAt)
      .where(and(sql`${outbox.id} = any(${sql.param(mine)}::uuid[])`, IS_DUE))
      .returning({ accountId: outbox.accountId, threadId: outbox.threadId });
    const wished = new Map(looked.map(({ threadId, accountId }) => [threadId, accountId]));
    for (const [threadId, accountId] of wished) await wishPull(tx, accountId, threadId, "notice");
    return wished.size;
  });
}

/** A conversation was read, for whatever reason: that is a look at its replies, too, unless the next one is still further
 *  away than the one before it lies back. Part of the transaction that stored what was read.
 *  @param readFrom the database's time before the conversation was asked for */
export async function noteLook(
  tx: Database,
  accountId: AccountId,
  threadId: ThreadId,
  readFrom: Date,
): Promise<void> {
  const previous = sql`coalesce((select max(${timeOfLook}) from ${looksOf} where ${timeOfLook} < ${outbox.checkAt}), ${outbox.settledAt})`;
  await tx
    .update(outbox)
    .set(lookedAt)
    .where(
      and(
        eq(outbox.threadId, threadId),
        eq(outbox.accountId, accountId),
        isNotNull(outbox.checkAt),
        sql`${previous} + (${outbox.checkAt} - ${previous}) / 2 <= ${readFrom.toISOString()}::timestamptz`,
      ),
    );
}
