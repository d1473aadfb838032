import "server-only";
import { and, asc, eq, inArray, isNotNull, ne, sql } from "drizzle-orm";
import type { Chain } from "@/lib/shared/api/question";
import type { AccountId, ThreadId } from "@/lib/shared/ids";
import { chainKeyOf } from "@/lib/shared/question/chain";
import type { Database } from "./database";
import { messages, threads } from "./schema";
import { drafts, files, outbox } from "./schema-outbox";
import { questions } from "./schema-questions";

export type ChainRow = typeof threads.$inferSelect;

/** What a chain is known by. */
export interface ChainName {
  chain: Chain;
  /** The id of one of its questions: the thread's own name, if it has none yet. */
  externalId: string;
  siteId: string;
  sellerId: string;
}

/** The key of a chain that was read, by its first question. Pure. */
export function keyOf({ chain, externalId }: Pick<ChainName, "chain" | "externalId">): string {
  const { itemId, buyerId, questions: all } = chain;
  return chainKeyOf({ id: all[0]?.id ?? externalId, itemId, buyerId });
}

/** In the order in which all who take several chains take them, so that no two wait for each other: as PostgreSQL orders text
 *  by its bytes. Pure. */
export const inKeyOrder = <T extends { key: string }>(all: readonly T[]): T[] =>
  all.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
export const KEY_ORDER = sql`${threads.chainKey} collate "C"`;

/** The row of a chain, made if there is none, held until the transaction ends. Two processes that find questions of one chain,
 *  whichever first, find one row. A question whose buyer was not told at first stood alone: told now, it joins its chain. */
export async function lockChain(tx: Database, accountId: AccountId, named: ChainName): Promise<ChainRow> {
  const key = keyOf(named);
  const { itemId, buyerId, questions: all } = named.chain;
  const alone = await listOtherThreads(
    tx,
    accountId,
    all.map(({ id }) => id),
    key,
  );
  const [first] = alone;
  // Who asks is known by an earlier read.
  if (buyerId === null && first !== undefined) return lockRow(tx, accountId, eq(threads.id, first));
  const isOfKey = eq(threads.chainKey, key);
  if (first !== undefined && !(await hasRow(tx, accountId, key))) {
    await tx.update(threads).set({ chainKey: key, buyerId }).where(eq(threads.id, first));
  } else {
    await tx
      .insert(threads)
      .values({
        accountId,
        channel: "questions",
        externalId: named.externalId,
        siteId: named.siteId,
        sellerId: named.sellerId,
        itemId,
        buyerId,
        chainKey: key,
        sortAt: new Date(),
      })
      .onConflictDoNothing();
  }
  const row = await lockRow(tx, accountId, isOfKey);
  for (const from of alone) if (from !== row.id) await joinThread(tx, from, row.id);
  return row;
}

/** The same row once more, as it is now. */
export const readRowAgain = (tx: Database, { accountId, id }: ChainRow): Promise<ChainRow> =>
  lockRow(tx, accountId, eq(threads.id, id));

async function lockRow(tx: Database, accountId: AccountId, which: ReturnType<typeof eq>): Promise<ChainRow> {
  const [row] = await tx
    .select()
    .from(threads)
    .where(and(eq(threads.accountId, accountId), which))
    .for("update");
  if (row === undefined) throw new Error("the chain vanished while it was stored");
  return row;
}

async function hasRow(tx: Database, accountId: AccountId, key: string): Promise<boolean> {
  const count = await tx.$count(threads, and(eq(threads.accountId, accountId), eq(threads.chainKey, key)));
  return count > 0;
}

/** Threads under another key that hold one of these questions. */
async function listOtherThreads(
  tx: Database,
  accountId: AccountId,
  ids: readonly string[],
  key: string,
): Promise<ThreadId[]> {
  const rows = await tx
    .selectDistinct({ id: threads.id })
    .from(questions)
    .innerJoin(threads, eq(threads.id, questions.threadId))
    .where(
      and(
        eq(questions.accountId, accountId),
        inArray(questions.id, [...ids]),
        isNotNull(threads.chainKey),
        ne(threads.chainKey, key),
      ),
    )
    .orderBy(asc(threads.id));
  return rows.map(({ id }) => id);
}

/** Everything of one thread becomes another's. */
async function joinThread(tx: Database, from: ThreadId, into: ThreadId): Promise<void> {
  const held = tx.select({ id: messages.id }).from(messages).where(eq(messages.threadId, into));
  await tx.delete(messages).where(and(eq(messages.threadId, from), inArray(messages.id, held)));
  for (const table of [messages, questions, outbox, files]) {
    await tx.update(table).set({ threadId: into }).where(eq(table.threadId, from));
  }
  await tx.execute(sql`
    update drafts d set thread_id = ${into} where d.thread_id = ${from}
      and not exists (select 1 from drafts o where o.thread_id = ${into} and o.user_id = d.user_id and o.about = d.about)`);
  await tx.delete(drafts).where(eq(drafts.threadId, from));
  await tx.delete(threads).where(eq(threads.id, from));
}
