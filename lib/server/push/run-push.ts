import "server-only";
import type { Runtime } from "@/lib/server/runtime";
import { CHANGES } from "@/lib/server/store/changes";
import { listen } from "@/lib/server/store/listener";
import { claimNews, forgetTold, listNews, type News } from "@/lib/server/store/push-news";
import { type AccountId, accountId } from "@/lib/shared/ids";
import { deliver } from "./deliver";
import { type Sender, senderOf } from "./sender";
import { GRACE_MS, PAUSE_MS, whoIsTold } from "./who-is-told";

/** Changes that come together are looked at once. */
const GATHER_MS = 150;
const AFTER_RACE_MS = 1_000;
const AFTER_FAILURE_MS = 2_000;
const FORGET_MS = 600_000;
/** People told at the same time by one process. */
const AT_ONCE = 16;

export interface PushOptions {
  sender?: Sender | null;
  graceMs?: number;
  pauseMs?: number;
  triesMs?: readonly number[];
}

/** Tells people of new messages, beside the storing of them and without any part in it: it follows the change feed, looks
 *  what is new to whom, and lets PostgreSQL decide which process tells it. Without keys it does nothing.
 *  @returns how to stop it; what is under way ends within one try. */
export function startPush(rt: Runtime, o: PushOptions = {}): () => Promise<void> {
  const sender = o.sender === undefined ? senderOf(rt.env) : o.sender;
  return sender === null ? async () => undefined : follow(rt, sender, o);
}

function follow(rt: Runtime, sender: Sender, o: PushOptions): () => Promise<void> {
  const limits = { graceMs: o.graceMs ?? GRACE_MS, pauseMs: o.pauseMs ?? PAUSE_MS };
  const stopping = new AbortController();
  const moved = new Set<AccountId>();
  const running = new Set<Promise<void>>();
  let isAll = true;
  let timer: { at: number; handle: NodeJS.Timeout } | null = null;
  let looking: Promise<void> | null = null;
  let forgottenAt = Date.now();

  function lookIn(ms: number): void {
    if (stopping.signal.aborted) return;
    const at = Date.now() + ms;
    if (timer !== null) {
      if (timer.at <= at) return;
      clearTimeout(timer.handle);
    }
    timer = { at, handle: setTimeout(onTime, ms) };
  }

  function onTime(): void {
    timer = null;
    // One look at a time: this one begins when that one ends.
    if (looking !== null) return void looking.then(() => lookIn(0));
    looking = look().finally(() => {
      looking = null;
    });
  }

  async function look(): Promise<void> {
    const accounts = isAll ? null : [...moved];
    isAll = false;
    moved.clear();
    try {
      const found = (await listNews(rt.db, accounts)).filter(isSeen);
      const { now, later, nextInMs } = whoIsTold(found, limits);
      for (const news of now) {
        if (running.size >= AT_ONCE) moved.add(news.accountId);
        else if (await claimNews(rt.db, rt.worker, news, limits.pauseMs)) tell(news);
        else {
          // Another process was faster, perhaps with less than this.
          moved.add(news.accountId);
          lookIn(AFTER_RACE_MS);
        }
      }
      for (const news of later) moved.add(news.accountId);
      if (nextInMs !== null) lookIn(nextInMs + 5);
      if (Date.now() - forgottenAt > FORGET_MS) {
        forgottenAt = Date.now();
        await forgetTold(rt.db);
      }
    } catch (error) {
      rt.log.warn({ err: error }, "looking for news to tell failed");
      isAll = true;
      lookIn(AFTER_FAILURE_MS);
    }
  }

  /** A list of allowed accounts that was made shorter also ends what is told of the others. */
  function isSeen(news: News): boolean {
    const allowed = rt.env.allowedAccounts;
    return allowed.length === 0 || allowed.includes(news.accountId);
  }

  function tell(news: News): void {
    const { triesMs } = o;
    const run = deliver(rt, sender, news, {
      signal: stopping.signal,
      ...(triesMs === undefined ? {} : { triesMs }),
    })
      .catch((error: unknown) => rt.log.warn({ err: error, threadId: news.threadId }, "telling failed"))
      .finally(() => {
        running.delete(run);
        if (moved.size > 0) lookIn(0);
      });
    running.add(run);
  }

  const listener = listen(rt.env.databaseUrl, [CHANGES], {
    onNotice: (_channel, account) => {
      moved.add(accountId(account));
      lookIn(GATHER_MS);
    },
    onGap: () => {
      isAll = true;
      lookIn(GATHER_MS);
    },
    onError: (error) => rt.log.warn({ err: error }, "listening for news was interrupted"),
  });

  return async () => {
    stopping.abort();
    if (timer !== null) clearTimeout(timer.handle);
    await listener.close();
    await looking;
    await Promise.all(running);
  };
}
