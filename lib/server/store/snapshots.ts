import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Chain } from "@/lib/shared/api/question";
import type { AccountId, ThreadId } from "@/lib/shared/ids";
import { ranked } from "@/lib/shared/rank";
import type { ChannelName, Message, ThreadSnapshot } from "@/lib/shared/thread";
import { assertConnected } from "./accounts";
import { noteChange } from "./changes";
import { noteLook } from "./checks";
import { claimColumns, movedAt, nextReadAt, sameJson, withRest } from "./claim-columns";
import type { Database } from "./database";
import { followMessages } from "./outbox";
import { saveChains } from "./save-chains";
import { threads } from "./schema";
import { syncs } from "./schema-work";
import { baselineOf, dueOf, type Summary, summaryOf } from "./summaries";
import { recountUnseen } from "./unseen";
import { noteVanished } from "./vanished";
import { fulfilled } from "./wanted";
import { writeMessages } from "./write-messages";

/** The part of a snapshot that was read just now; the rest of it is what was held. */
export interface ReadPart {
  messages: readonly Message[];
  /** Could each of them be understood? Only then is one that is missing really gone. */
  isExact: boolean;
  /** Questions: what of the chain was read just now. */
  chain?: Chain | undefined;
}

/** Stores what was just read of a thread, in one transaction: the thread, its messages, what is new for whom, and the
 *  account's change number if anything differs. Reading the same twice changes nothing.
 *  Returns the thread's id and whether anything changed. */
export async function saveSnapshot(
  db: Database,
  accountId: AccountId,
  channel: ChannelName,
  snapshot: ThreadSnapshot,
  /** The database's time before the conversation was asked for: a wish from later is not fulfilled by it. */
  readFrom: Date,
  read: ReadPart = { messages: snapshot.messages, isExact: true },
): Promise<{ id: ThreadId; isChanged: boolean }> {
  if (read.chain !== undefined) {
    const { externalId, siteId, sellerId, listingId, isComplete } = snapshot;
    const { chain, messages } = read;
    const whole = { isComplete };
    const part = { externalId, siteId, sellerId, listingId, chain, messages, whole };
    const [saved] = await saveChains(db, accountId, [part], readFrom);
    if (saved === undefined) throw new Error("a chain was not stored");
    return saved;
  }
  return db.transaction(async (tx) => {
    await assertConnected(tx, accountId);
    const thread = await lockThread(tx, accountId, channel, snapshot);
    let changed = await writeMessages(tx, accountId, thread.id, read.messages);
    if (read.isExact) {
      changed += await noteVanished(tx, accountId, thread.id, { ...read, total: snapshot.total }, readFrom);
    }
    const summary = summaryOf(snapshot.messages);
    const claim = snapshot.claim && withRest(snapshot.claim, thread.claim);
    const now = new Date();
    const baseline =
      thread.seenBaselineAt ??
      baselineOf(snapshot.messages, thread.meliUnread, await firstSyncAt(tx, accountId));
    const next = {
      siteId: snapshot.siteId,
      sellerId: snapshot.sellerId,
      status: snapshot.status,
      substatus: snapshot.substatus,
      isAgentPath: snapshot.isAgentPath,
      sellerMaxLength: snapshot.sellerMaxLength,
      messageTotal: snapshot.total,
      isComplete: snapshot.isComplete,
      ...termOf(snapshot),
      // The order's word goes before that of the messages (messages.md 8).
      buyerName: thread.buyerName ?? snapshot.buyerName,
      startSpentAt: isStartFree(thread, snapshot) ? null : thread.startSpentAt,
      // An expired conversation comes back without its messages: what we hold stays (messages.md 4.2).
      ...(snapshot.messages.length > 0 ? summary : {}),
      ...(claim === undefined ? {} : claimColumns(claim, snapshot, summary, thread, now)),
    };
    const differs = Object.entries(next).some(
      ([key, value]) => !same(value, thread[key as keyof typeof thread]),
    );
    const isChanged = changed > 0 || differs || thread.pulledAt === null;
    await tx
      .update(threads)
      .set({
        ...next,
        claimIds: snapshot.claimIds,
        seenBaselineAt: baseline,
        pulledAt: sql`now()`,
        refusedAt: null,
        ...fulfilled(readFrom, claim === undefined ? null : nextReadAt(claim, summary, now)),
        ...sortOf(snapshot, summary),
      })
      .where(eq(threads.id, thread.id));
    await noteLook(tx, accountId, thread.id, readFrom);
    if (isChanged) {
      await recountUnseen(tx, thread.id);
      await followMessages(tx, accountId, thread.id);
      await noteChange(tx, accountId, { threadId: thread.id });
    }
    return { id: thread.id, isChanged };
  });
}

/** Until when the seller must answer the agent that stands between the parties, and the place that such a duty has among all
 *  (docs/decisions/049). */
function termOf(snapshot: ThreadSnapshot): { dueAt: Date | null; rank: number | null } {
  const dueAt = dueOf(snapshot);
  return { dueAt, rank: dueAt === null ? null : ranked("duty", dueAt.getTime()) };
}

/** Where it stands among the newest: by its last message; a claim without any by when it moved last. */
function sortOf({ claim, messages: all }: ThreadSnapshot, summary: Summary): { sortAt?: Date } {
  if (all.length > 0 && summary.lastMessageAt !== null) return { sortAt: summary.lastMessageAt };
  return claim === undefined ? {} : { sortAt: movedAt(claim, summary) };
}

/** May the one message that begins a conversation be sent (again)? The buyer has written since it was used up, or the
 *  conversation has opened: what the buyer wrote may be hidden by moderation (messages.md 2.1, 5). */
function isStartFree(
  stored: Pick<typeof threads.$inferSelect, "status" | "startSpentAt">,
  { status, messages: all }: ThreadSnapshot,
): boolean {
  const { startSpentAt } = stored;
  if (startSpentAt === null || (stored.status === "blocked" && status === "open")) return true;
  return all.some(({ direction, createdAt }) => direction === "in" && createdAt > startSpentAt);
}

async function lockThread(
  tx: Database,
  accountId: AccountId,
  channel: ChannelName,
  snapshot: ThreadSnapshot,
) {
  await tx
    .insert(threads)
    .values({
      accountId,
      channel,
      externalId: snapshot.externalId,
      siteId: snapshot.siteId,
      sellerId: snapshot.sellerId,
      sortAt: new Date(),
    })
    .onConflictDoNothing();
  const rows = await tx
    .select()
    .from(threads)
    .where(
      and(
        eq(threads.accountId, accountId),
        eq(threads.channel, channel),
        eq(threads.externalId, snapshot.externalId),
      ),
    )
    .for("update");
  const thread = rows[0];
  if (thread === undefined) throw new Error("the thread vanished while it was read");
  return thread;
}

async function firstSyncAt(tx: Database, accountId: AccountId): Promise<Date | null> {
  const rows = await tx.select({ at: syncs.unreadAt }).from(syncs).where(eq(syncs.accountId, accountId));
  return rows[0]?.at ?? null;
}

function same(a: unknown, b: unknown): boolean {
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  return a === b || (typeof a === "object" && a !== null && sameJson(a, b));
}
