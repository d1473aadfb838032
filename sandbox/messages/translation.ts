import type { Message, Thread } from "@/sandbox/world/model";
import type { World } from "@/sandbox/world/world";

/** The text in the other party's language, now or later; nothing in one country (messages.md 5). */
export function translated(
  world: World,
  thread: Thread,
  text: string,
): Pick<Message, "textTranslated" | "translation"> {
  if (thread.sellerId === thread.localSellerId) return { textTranslated: null, translation: null };
  const { translationDelayMs } = world.settings;
  if (translationDelayMs === 0) return { textTranslated: text, translation: null };
  const from = new Date(world.now().getTime() + translationDelayMs);
  return { textTranslated: null, translation: { text, from } };
}

/** A message that nothing else holds back waits for its translation (messages.md 2.1, `pending_translation`). */
export function awaitTranslation(message: Message): void {
  if (message.translation && message.status === "available") message.status = "pending_translation";
}

/** Lets a translation that is due appear. */
export function settleTranslation(world: World, message: Message): void {
  const { translation } = message;
  if (!translation || translation.from > world.now()) return;
  message.translation = null;
  message.textTranslated = translation.text;
  if (message.status === "pending_translation") message.status = "available";
}
