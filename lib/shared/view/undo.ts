import type { OutboxView } from "@/lib/shared/api/thread";

/** The milliseconds until a reply leaves, for a clock that may differ from the server's: never more than the whole time,
 *  never less than none. Pure. */
export function msLeft(createdAt: number, sendsAt: number, now: number): number {
  return Math.max(0, Math.min(sendsAt - now, sendsAt - createdAt));
}

/** The newest reply that was sent from here and still waits for its time: what "undo" means. Null: nothing. Pure. */
export function undoable(
  outbox: readonly OutboxView[],
  isOwn: (reply: OutboxView) => boolean,
): OutboxView | null {
  return (
    outbox.filter((reply) => reply.state === "queued" && reply.sendsAt !== null && isOwn(reply)).at(-1) ??
    null
  );
}
