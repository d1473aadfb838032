import type { MessageView, OutboxState, OutboxView } from "@/lib/shared/api/thread";
import { isTemplate } from "@/lib/shared/guide-choice";
import { sameMessageText } from "@/lib/shared/message-text";

/** One thing said in a conversation, from whichever row tells it: Mercado Libre's message or our own outbox. */
export type Bubble =
  | { kind: "message"; key: string; at: Date; message: MessageView }
  | { kind: "reply"; key: string; at: Date; reply: OutboxView; state: ReplyState };

export type ReplyState = Exclude<OutboxState, "cancelled" | "sent">;

/** Has left, or may have: its message can be in the thread before its row says so. */
const ON_ITS_WAY: ReadonlySet<OutboxState> = new Set(["sending", "accepted", "uncertain"]);
/** Mercado Libre's clock and ours, and its whole seconds. */
const CLOCKS_APART_MS = 60_000;

/** The messages that replies on their way have become, as far as words and times tell: a
 *  notification may have brought the message in before the worker could write it on the row. Pure. */
function arrivedOf(messages: readonly MessageView[], outbox: readonly OutboxView[]): ReadonlySet<string> {
  const taken = new Set(outbox.flatMap(({ messageId }) => (messageId === null ? [] : [messageId])));
  const arrived = new Set<string>();
  for (const reply of outbox) {
    if (reply.messageId !== null || !ON_ITS_WAY.has(reply.state)) continue;
    const since = reply.createdAt.getTime() - CLOCKS_APART_MS;
    const found = messages.find(
      (message) =>
        message.direction === "out" &&
        message.createdAt.getTime() >= since &&
        !taken.has(message.id) &&
        // The text of a template is known only once it is there.
        ((reply.text === "" && isTemplate(reply.option)) || sameMessageText(message.text, reply.text)),
    );
    if (found === undefined) continue;
    taken.add(found.id);
    arrived.add(reply.id);
  }
  return arrived;
}

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
  const arrived = arrivedOf(messages, outbox);
  for (const reply of outbox) {
    if (reply.state === "cancelled" || reply.state === "sent") continue;
    if (reply.messageId !== null && known.has(reply.messageId)) continue;
    if (arrived.has(reply.id)) continue;
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

/** May this message still want to be written anew? A rejected one stays in its conversation for ever: it asks for nothing
 *  once something of ours that is not older was delivered. Mercado Libre's times are whole seconds: of two in the same
 *  second nobody can say which came first. Pure. */
export function canRewrite(message: Place, messages: readonly Place[]): boolean {
  if (message.direction !== "out" || message.visibility !== "rejected") return false;
  return !messages.some(
    ({ direction, visibility, createdAt }) =>
      direction === "out" && visibility === "visible" && createdAt >= message.createdAt,
  );
}

type Place = Pick<MessageView, "direction" | "visibility" | "createdAt">;
