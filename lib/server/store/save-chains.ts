import "server-only";
import { and, asc, eq, sql } from "drizzle-orm";
import type { Chain } from "@/lib/shared/api/question";
import type { AccountId, ThreadId } from "@/lib/shared/ids";
import { mergedChain } from "@/lib/shared/question/merge";
import type { Message } from "@/lib/shared/thread";
import { assertConnected } from "./accounts";
import { noteChanges } from "./changes";
import { noteLook } from "./checks";
import { sameJson } from "./claim-columns";
import type { Database } from "./database";
import { type ChainName, type ChainRow, inKeyOrder, keyOf, lockChain, readRowAgain } from "./lock-chain";
import { messageColumns } from "./messages";
import { followMessages } from "./outbox";
import { chainBaseline, chainColumns } from "./question-columns";
import { reviveChain, reviveListing } from "./questions";
import { messages, threads } from "./schema";
import { listings, questions } from "./schema-questions";
import { syncs } from "./schema-work";
import { summaryOf } from "./summaries";
import { recountUnseen } from "./unseen";
import { fulfilled } from "./wanted";
import { writeMessages } from "./write-messages";

/** What was read of one chain: all of it, or some of its questions. */
export interface ReadChain extends ChainName {
  /** What was read just now. */
  chain: Chain;
  messages: readonly Message[];
  listingId?: string | undefined;
  /** Was the chain itself read, which ends the wish for that? Null: its questions came by themselves. */
  whole: { isComplete: boolean } | null;
}

export interface SavedChain {
  id: ThreadId;
  isChanged: boolean;
}

/** Stores what was read of chains, in one transaction: their threads, questions, words and places in the list. What is held of
 *  a chain and was not read stays. Reading the same twice changes nothing. Answers in the order given. */
export async function saveChains(
  db: Database,
  accountId: AccountId,
  all: readonly ReadChain[],
  /** The database's time before they were asked for. */
  readFrom: Date,
): Promise<SavedChain[]> {
  if (all.length === 0) return [];
  return db.transaction(async (tx) => {
    await assertConnected(tx, accountId);
    const firstSyncAt = await readFirstSync(tx, accountId);
    const locked = new Map<ReadChain, ChainRow>();
    // All rows are taken before anything else is: in one order, and before the account's own counter.
    for (const { read } of inKeyOrder(all.map((read) => ({ read, key: keyOf(read) })))) {
      locked.set(read, await lockChain(tx, accountId, read));
    }
    const saved = new Map<ReadChain, SavedChain>();
    const written = new Set<ThreadId>();
    for (const [read, taken] of locked) {
      // A question that does not say who asks may be of a chain that another read of these has moved.
      const row = written.has(taken.id) ? await readRowAgain(tx, taken) : taken;
      const isChanged = await saveChain(tx, accountId, row, read, { readFrom, firstSyncAt });
      written.add(row.id);
      saved.set(read, { id: row.id, isChanged });
    }
    const changed = [...saved.values()].filter(({ isChanged }) => isChanged).map(({ id }) => id);
    await noteChanges(tx, accountId, [...new Set(changed)]);
    return all.flatMap((read) => saved.get(read) ?? []);
  });
}

async function saveChain(
  tx: Database,
  accountId: AccountId,
  row: ChainRow,
  read: ReadChain,
  o: { readFrom: Date; firstSyncAt: Date | null },
): Promise<boolean> {
  const written = await writeMessages(tx, accountId, row.id, read.messages);
  const chain = mergedChain(reviveChain(row.chain), read.chain);
  const itemId = read.listingId ?? row.itemId ?? chain.itemId;
  const listing = await readListing(tx, accountId, itemId);
  const words = await tx
    .select(messageColumns)
    .from(messages)
    .where(eq(messages.threadId, row.id))
    .orderBy(asc(messages.createdAt), asc(messages.id));
  const { snippet, lastDirection, lastMessageAt } = summaryOf(words);
  const next = {
    siteId: read.siteId,
    sellerId: read.sellerId,
    itemId,
    buyerId: chain.buyerId,
    buyerName: chain.contact?.name ?? row.buyerName,
    ...{ snippet, lastDirection, lastMessageAt },
    messageTotal: words.length,
    isComplete: row.isComplete || (read.whole?.isComplete ?? false),
    ...chainColumns(chain, listing, row),
  };
  const isFirst = row.chain === null;
  const isChanged = written > 0 || isFirst || differs(next, row);
  const isUnread = row.pulledAt === null;
  if (!isChanged && read.whole === null && !isUnread) return false;
  await keepQuestions(tx, accountId, row.id, chain);
  await tx
    .update(threads)
    .set({
      ...next,
      seenBaselineAt: row.seenBaselineAt ?? chainBaseline(chain, o.firstSyncAt),
      refusedAt: null,
      ...(read.whole === null
        ? { pulledAt: sql`coalesce(${threads.pulledAt}, now())` }
        : { pulledAt: sql`now()`, ...fulfilled(o.readFrom) }),
    })
    .where(eq(threads.id, row.id));
  if (read.whole !== null) await noteLook(tx, accountId, row.id, o.readFrom);
  if (isChanged) {
    await recountUnseen(tx, row.id);
    if (!isFirst) await followMessages(tx, accountId, row.id);
  }
  return isChanged;
}

/** The questions of a chain, each of which opens it. */
async function keepQuestions(
  tx: Database,
  accountId: AccountId,
  threadId: ThreadId,
  chain: Chain,
): Promise<void> {
  if (chain.questions.length === 0) return;
  await tx
    .insert(questions)
    .values(
      chain.questions.map(({ id, status, createdAt }) => ({ accountId, id, threadId, status, createdAt })),
    )
    .onConflictDoUpdate({
      target: [questions.accountId, questions.id],
      set: { threadId: sql`excluded.thread_id`, status: sql`excluded.status` },
      setWhere: sql`(${questions.threadId}, ${questions.status}) is distinct from (excluded.thread_id, excluded.status)`,
    });
}

async function readListing(tx: Database, accountId: AccountId, itemId: string) {
  const [row] = await tx
    .select({ listing: listings.listing })
    .from(listings)
    .where(and(eq(listings.accountId, accountId), eq(listings.itemId, itemId)));
  return reviveListing(row?.listing ?? null);
}

async function readFirstSync(tx: Database, accountId: AccountId): Promise<Date | null> {
  const [row] = await tx.select({ at: syncs.unreadAt }).from(syncs).where(eq(syncs.accountId, accountId));
  return row?.at ?? null;
}

const differs = (next: object, row: ChainRow): boolean =>
  !sameJson({ ...row, ...next }, JSON.parse(JSON.stringify(row)));
