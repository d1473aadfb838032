import "server-only";
import type { AccountCtx, Act, Channel } from "@/lib/server/channels/channel";
import { channelOf } from "@/lib/server/channels/channels";
import type { Runtime } from "@/lib/server/runtime";
import { listSiblings, type OutboxRow, type OutboxStep, type Sibling } from "@/lib/server/store/outbox";
import type { StoredThread } from "@/lib/server/store/threads";
import { pullInto } from "@/lib/server/sync/pull-thread";
import { lengthOf } from "@/lib/shared/message-length";
import { unseenOf } from "@/lib/shared/stale-reply";
import type { ThreadSnapshot } from "@/lib/shared/thread";

export type Looked =
  | { kind: "free"; snapshot: ThreadSnapshot }
  /** The reply does not leave: what becomes of it instead. */
  | { kind: "step"; step: OutboxStep };

/** What a reply asks of a channel. */
export function actOf({ text, option }: Pick<OutboxRow, "text" | "option">): Act {
  return option === null ? { kind: "reply", text } : { kind: "guideOption", choice: option, text };
}

/** Reads the thread anew: what the reply is measured against. Null: Mercado Libre does not show it. */
export async function readNow(
  rt: Runtime,
  ctx: AccountCtx,
  thread: StoredThread,
): Promise<ThreadSnapshot | null> {
  const pulled = await pullInto(rt, ctx, thread.channel, {
    externalId: thread.externalId,
    sellerId: thread.sellerId,
    siteId: thread.siteId,
  });
  return pulled.kind === "stored" ? pulled.snapshot : null;
}

/** Reads the thread and says whether the reply may still leave: it is not there yet, the thread is open to it, and
 *  nothing was written that its sender has not seen. Changes nothing at Mercado Libre. @throws MeliError, retryable */
export async function look(
  rt: Runtime,
  ctx: AccountCtx,
  thread: StoredThread,
  row: OutboxRow,
): Promise<Looked> {
  const snapshot = await readNow(rt, ctx, thread);
  if (snapshot === null) return stop({ state: "failed", reason: "thread_refused", isSettled: true });
  const siblings = await listSiblings(rt.db, thread.id);
  // It may have left before and been lost sight of: what is there is never sent again (design 2.2).
  const found = row.baseline === null ? null : foundIn(thread, row, snapshot, siblings);
  if (found !== null) return stop(found);
  const refusal = refusalOf(
    channelOf(thread.channel),
    { ...thread, ...snapshot, pulledAt: new Date() },
    row.text,
  );
  if (refusal !== null) return stop({ state: "failed", reason: refusal, isSettled: true });
  const stale = staleStep(row, snapshot, siblings);
  return stale === null ? { kind: "free", snapshot } : stop(stale);
}

const stop = (step: OutboxStep): Looked => ({ kind: "step", step });

function refusalOf(channel: Channel, thread: StoredThread, text: string): string | null {
  const reply = channel.abilities(thread).find((ability) => ability.kind === "reply");
  if (reply === undefined) return "not_available";
  if (!reply.allowed) return reply.because === "blocked" ? (reply.substatus ?? "blocked") : reply.because;
  return lengthOf(text) > reply.maxLength ? "too_long" : null;
}

/** The stale-reply stop: what becomes of a reply when its thread has moved on without its sender (issue: held). Null: it
 *  has not. Pure. */
export function staleStep(
  row: Pick<OutboxRow, "seen" | "createdAt">,
  snapshot: Pick<ThreadSnapshot, "messages">,
  siblings: readonly Sibling[],
): OutboxStep | null {
  if (row.seen === null) return null;
  const unseen = unseenOf(snapshot.messages, row.seen, becameOf(siblings));
  if (unseen.length === 0) return null;
  // This very read may have brought to light an older reply that had been given up: that one is looked for first.
  const isBehind = siblings.some(({ isOpen, createdAt }) => isOpen && createdAt < row.createdAt);
  if (isBehind) return { state: "queued", againInMs: 0 };
  return { state: "held", heldFor: unseen, reason: null, isSettled: true };
}

/** Which message each reply of a thread has become. Pure. */
export function becameOf(siblings: readonly Pick<Sibling, "id" | "messageId">[]): Map<string, string> {
  return new Map(siblings.flatMap(({ id, messageId }) => (messageId === null ? [] : [[id, messageId]])));
}

/** What became of a reply in the thread that was just read. Null: it is not there. Pure. */
export function foundIn(
  thread: Pick<StoredThread, "channel">,
  row: OutboxRow,
  snapshot: ThreadSnapshot,
  siblings: readonly Sibling[],
): OutboxStep | null {
  const others = siblings.filter(({ id }) => id !== row.id);
  const delivery = channelOf(thread.channel).find(
    { messageIds: [...(row.baseline ?? []), ...becameOf(others).values()] },
    snapshot,
    actOf(row),
    row.messageId,
  );
  switch (delivery.kind) {
    case "visible":
      return { state: "sent", messageId: delivery.messageId, reason: null, isSettled: true };
    case "pending":
      return { state: "moderation", messageId: delivery.messageId, reason: null, isSettled: true };
    case "rejected":
      return {
        state: "rejected",
        messageId: delivery.messageId,
        reason: delivery.reason ?? "rejected",
        isSettled: true,
      };
    case "absent":
      return null;
  }
}
