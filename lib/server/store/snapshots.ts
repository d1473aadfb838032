import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { agentDueAt } from "@/lib/shared/agent-window";
import type { AccountId, ThreadId } from "@/lib/shared/ids";
import { snippetOf } from "@/lib/shared/message-text";
import type { ChannelName, Message, ThreadSnapshot } from "@/lib/shared/thread";
import { assertConnected } from "./accounts";
import { noteChange } from "./changes";
import type { Database } from "./database";
import { endAwaited, ownNotice } from "./noticed";
import { followMessages } from "./outbox";
import { messages, syncs, threads } from "./schema";
import { recountUnseen } from "./unseen";
import { fulfilled } from "./wanted";

/** What a list shows of a conversation. */
export interface Summary {
  snippet: string | null;
  lastDirection: Message["direction"] | null;
  lastMessageAt: Date | null;
  isWaiting: boolean;
}

/** Derives a row from the messages of a thread. Messages that Mercado Libre rejected were seen by nobody and make no
 *  thread "answered". Pure. */
export function summaryOf(all: readonly Message[]): Summary {
  const shown = all.filter((message) => message.visibility !== "rejected");
  const last = shown.reduce<Message | null>(
    (best, message) => (best === null || message.createdAt >= best.createdAt ? message : best),
    null,
  );
  return {
    snippet: last === null ? null : snippetOf(last.text) || (last.attachments[0]?.name ?? ""),
    lastDirection: last?.direction ?? null,
    lastMessageAt: last?.createdAt ?? null,
    isWaiting: last?.direction === "in",
  };
}

/** Up to which instant the buyer's messages count as seen when a thread is read for the first time: all but as many as
 *  Mercado Libre calls unread; and nothing that came after the account's first sync is ever taken for seen. Pure. */
export function baselineOf(all: readonly Message[], meliUnread: number, firstSyncAt: Date | null): Date {
  const incoming = all
    .filter((message) => message.direction === "in" && message.visibility === "visible")
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const lastSeen = incoming[meliUnread];
  const seenUntil = lastSeen?.createdAt ?? new Date(0);
  return firstSyncAt !== null && seenUntil > firstSyncAt ? firstSyncAt : seenUntil;
}

/** Until when the seller must answer, where Mercado Libre's agent stands between the parties (messages.md 4.2). A blocked
 *  conversation has no clock: nobody can write into it. Pure. */
export function dueOf(
  snapshot: Pick<ThreadSnapshot, "isAgentPath" | "status" | "siteId" | "messages">,
): Date | null {
  const hasAgent = snapshot.isAgentPath || snapshot.messages.some(({ author }) => author === "agent");
  return hasAgent && snapshot.status !== "blocked" ? agentDueAt(snapshot.messages, snapshot.siteId) : null;
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
): Promise<{ id: ThreadId; isChanged: boolean }> {
  return db.transaction(async (tx) => {
    await assertConnected(tx, accountId);
    const thread = await lockThread(tx, accountId, channel, snapshot);
    const changed = await upsertMessages(tx, accountId, thread.id, snapshot.messages);
    const summary = summaryOf(snapshot.messages);
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
      dueAt: dueOf(snapshot),
      // An expired conversation comes back without its messages: what we hold stays (messages.md 4.2).
      ...(snapshot.messages.length > 0 ? summary : {}),
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
        ...fulfilled(readFrom),
        ...(snapshot.messages.length > 0 && summary.lastMessageAt !== null
          ? { sortAt: summary.lastMessageAt }
          : {}),
      })
      .where(eq(threads.id, thread.id));
    if (isChanged) {
      await recountUnseen(tx, thread.id);
      await followMessages(tx, accountId, thread.id);
      await noteChange(tx, accountId, { threadId: thread.id });
    }
    return { id: thread.id, isChanged };
  });
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

/** Writes messages that are new or differ; returns how many. */
async function upsertMessages(
  tx: Database,
  accountId: AccountId,
  threadId: ThreadId,
  all: readonly Message[],
): Promise<number> {
  if (all.length === 0) return 0;
  const written = await tx
    .insert(messages)
    .values(
      all.map((message) => ({
        ...message,
        accountId,
        threadId,
        noticedAt: sql`${ownNotice(sql`${message.id}`)}`,
      })),
    )
    .onConflictDoUpdate({
      target: [messages.threadId, messages.id],
      set: {
        text: sql`excluded.text`,
        textTranslated: sql`excluded.text_translated`,
        visibility: sql`excluded.visibility`,
        reason: sql`excluded.reason`,
        readAt: sql`excluded.read_at`,
        attachments: sql`excluded.attachments`,
        author: sql`excluded.author`,
      },
      setWhere: sql`(${messages.text}, ${messages.textTranslated}, ${messages.visibility}, ${messages.reason}, ${messages.readAt}, ${messages.attachments}, ${messages.author})
        is distinct from (excluded.text, excluded.text_translated, excluded.visibility, excluded.reason, excluded.read_at, excluded.attachments, excluded.author)`,
    })
    .returning({ id: messages.id });
  if (written.length > 0) {
    await endAwaited(
      tx,
      accountId,
      written.map(({ id }) => id),
    );
  }
  return written.length;
}

function same(a: unknown, b: unknown): boolean {
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  return a === b;
}
