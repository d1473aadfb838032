import "server-only";
import { agentDueAt } from "@/lib/shared/agent-window";
import { snippetOf } from "@/lib/shared/message-text";
import type { Message, ThreadSnapshot } from "@/lib/shared/thread";

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
