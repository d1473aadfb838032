import type { OutboxView, Seen, ThreadView } from "@/lib/shared/api/thread";
import { mergeBubbles } from "./bubbles";

/** As many as our server compares: a screen holds no more of them at once. */
const MOST = 50;

/** What stands on the screen of a conversation: its newest messages, and the replies that are shown in a bubble of their
 *  own because they are no messages yet. Pure. */
export function seenOf(view: Pick<ThreadView, "messages" | "outbox">): Seen {
  const replies = mergeBubbles(view.messages, view.outbox).flatMap((bubble): OutboxView[] =>
    bubble.kind === "reply" ? [bubble.reply] : [],
  );
  return {
    messages: view.messages.slice(-MOST).map(({ id }) => id),
    replies: replies.slice(-MOST).map(({ id }) => id),
  };
}
