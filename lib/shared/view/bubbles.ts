import type { MessageView, OutboxState, OutboxView } from "@/lib/shared/api/thread";

/** One thing said in a conversation, from whichever row tells it: Mercado Libre's message or our own outbox. */
export type Bubble =
  | { kind: "message"; key: string; at: Date; message: MessageView }
  | { kind: "reply"; key: string; at: Date; reply: OutboxView; state: ReplyState };

export type ReplyState = Exclude<OutboxState, "cancelled" | "sent">;

/** Merges stored messages and our outbox, oldest first. A reply whose message is already in the thread is told by the
 *  message alone; a cancelled one is not told at all; one that was seen but whose message is not on this page neither. */
export function mergeBubbles(messages: readonly MessageView[], outbox: readonly OutboxView[]): Bubble[] {
  const known = new Set(messages.map((message) => message.id));
  const bubbles: Bubble[] = messages.map((message) => ({
    kind: "message",
    key: message.id,
    at: message.createdAt,
    message,
  }));
  const newest = messages.at(-1)?.createdAt.getTime() ?? 0;
  for (const reply of outbox) {
    if (reply.state === "cancelled" || reply.state === "sent") continue;
    if (reply.messageId !== null && known.has(reply.messageId)) continue;
    // A held reply waits for a decision on what came since: it stands below that.
    const at =
      reply.state === "held" ? new Date(Math.max(reply.createdAt.getTime(), newest)) : reply.createdAt;
    bubbles.push({ kind: "reply", key: reply.key, at, reply, state: reply.state });
  }
  return bubbles
    .map((bubble, index) => ({ bubble, index }))
    .sort((a, b) => a.bubble.at.getTime() - b.bubble.at.getTime() || a.index - b.index)
    .map(({ bubble }) => bubble);
}

/** The one line of truth under a bubble of ours. `read` and `delivered` are only ever said of a message seen in the thread. */
export type Truth =
  | { kind: "read"; at: Date }
  | { kind: "delivered"; at: Date }
  | { kind: "moderation" | "rejected"; reason: string | null; at: Date };

export function truthOf(message: Pick<MessageView, "visibility" | "reason" | "readAt" | "createdAt">): Truth {
  if (message.visibility !== "visible") {
    return { kind: message.visibility, reason: message.reason, at: message.createdAt };
  }
  return message.readAt === null
    ? { kind: "delivered", at: message.createdAt }
    : { kind: "read", at: message.createdAt };
}

/** Does this bubble continue the one before it: same side, same day, within five minutes? Then they stand closer. */
export function continues(previous: Bubble | undefined, bubble: Bubble): boolean {
  if (previous === undefined) return false;
  return sideOf(previous) === sideOf(bubble) && bubble.at.getTime() - previous.at.getTime() < 5 * 60_000;
}

export function sideOf(bubble: Bubble): "in" | "out" {
  return bubble.kind === "reply" ? "out" : bubble.message.direction;
}
