import type { OutboxView, Seen, ThreadView } from "@/lib/shared/api/thread";
import { mergeBubbles } from "./bubbles";

/** As many as our server compares: a screen holds no more of them at once. */
const MOST = 50;

const NOTHING: ReadonlySet<string> = new Set();

/** What stands on the screen of a conversation: its newest messages, and the replies that are shown in a bubble of their
 *  own because they are no messages yet. `below`: bubbles (message ids, keys of replies) that came while the reader was
 *  further up, and were never on the screen. Pure. */
export function seenOf(
  view: Pick<ThreadView, "messages" | "outbox">,
  below: ReadonlySet<string> = NOTHING,
): Seen {
  const replies = mergeBubbles(view.messages, view.outbox).flatMap((bubble): OutboxView[] =>
    bubble.kind === "reply" && !below.has(bubble.key) ? [bubble.reply] : [],
  );
  return {
    messages: view.messages
      .filter(({ id }) => !below.has(id))
      .slice(-MOST)
      .map(({ id }) => id),
    replies: replies.slice(-MOST).map(({ id }) => id),
  };
}
