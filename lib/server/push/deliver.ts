import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import type { Runtime } from "@/lib/server/runtime";
import { dropSubscription, listSubscriptions, noteSending, type Subscription } from "@/lib/server/store/push";
import type { News } from "@/lib/server/store/push-news";
import { notificationOf } from "./notification";
import type { Sender } from "./sender";

/** Waits before each try. After the last the notification is dropped: it is not a promise, the list is. */
export const TRIES_MS: readonly number[] = [0, 2_000, 10_000];
/** However long a push service asks us to wait. */
const LONGEST_MS = 60_000;

/** Tells a user of a conversation's news, in every browser of theirs. Never throws for a browser that cannot be told.
 *  @throws what the database threw. */
export async function deliver(
  rt: Pick<Runtime, "db" | "log">,
  sender: Sender,
  news: News,
  o: { signal: AbortSignal; triesMs?: readonly number[] },
): Promise<void> {
  const browsers = await listSubscriptions(rt.db, news.userId);
  await Promise.all(browsers.map((browser) => deliverTo(rt, sender, news, browser, o)));
}

async function deliverTo(
  { db, log }: Pick<Runtime, "db" | "log">,
  sender: Sender,
  news: News,
  browser: Subscription,
  { signal, triesMs = TRIES_MS }: { signal: AbortSignal; triesMs?: readonly number[] },
): Promise<void> {
  const payload = notificationOf(news, browser.locale);
  let asked = 0;
  let status: number | null = null;
  for (const wait of triesMs) {
    const isOn = await pause(Math.max(wait, Math.min(asked, LONGEST_MS)), true, { signal }).catch(
      () => false,
    );
    if (!isOn) return;
    const sent = await sender.send(browser, payload, payload.tag);
    if (sent.kind === "sent") return noteSending(db, browser.id, true);
    if (sent.kind === "gone") return dropSubscription(db, browser.id);
    status = sent.status;
    if (sent.kind === "refused") break;
    asked = sent.waitMs ?? 0;
  }
  const { host } = new URL(browser.endpoint);
  log.info({ host, status, threadId: news.threadId }, "a notification was dropped");
  await noteSending(db, browser.id, false);
}
