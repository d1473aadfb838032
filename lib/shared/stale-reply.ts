import type { Seen } from "@/lib/shared/api/thread";

/** What a reply is compared with: a message of its thread, whatever the channel. */
export interface Said {
  id: string;
  createdAt: Date;
}

/** As many as a person is shown at once; a thread that moved by more is told by its newest. */
const MOST = 50;

/** The messages of a thread that the sender of a reply had not before their eyes, oldest first: those that are not among
 *  what they saw, are not older than the oldest of it, and are none of the replies that they saw on their way. Who saw
 *  nothing has missed everything. Both directions count: a buyer's new question changes what there is to answer, and what
 *  a colleague, the site's own app or its agent wrote may be the answer. Pure.
 *  @param became the messages that the thread's replies have become, by reply id */
export function unseenOf(
  messages: readonly Said[],
  seen: Seen,
  became: ReadonlyMap<string, string>,
): string[] {
  const known = new Set(seen.messages);
  const since = messages.reduce(
    (oldest, { id, createdAt }) => (known.has(id) ? Math.min(oldest, createdAt.getTime()) : oldest),
    Number.POSITIVE_INFINITY,
  );
  const from = since === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : since;
  for (const reply of seen.replies) {
    const message = became.get(reply);
    if (message !== undefined) known.add(message);
  }
  return messages
    .filter(({ id, createdAt }) => !known.has(id) && createdAt.getTime() >= from)
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
    .slice(-MOST)
    .map(({ id }) => id);
}
