import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { withAccount } from "@/lib/server/account-context";
import { createBackground } from "@/lib/server/background";
import { createLeadPump } from "@/lib/server/leads/lead-pump";
import { startLaterLooks } from "@/lib/server/outbox/later-looks";
import { createOutboxPump } from "@/lib/server/outbox/outbox-pump";
import { persist } from "@/lib/server/persist";
import { startPush } from "@/lib/server/push/run-push";
import type { Runtime } from "@/lib/server/runtime";
import { trimCalls } from "@/lib/server/store/call-recorder";
import { trimContacts } from "@/lib/server/store/contact-totals";
import { LEADS } from "@/lib/server/store/contact-wishes";
import { OUTBOX } from "@/lib/server/store/enqueue";
import { dropAbandonedFiles } from "@/lib/server/store/files";
import { trimChanges, trimNotices } from "@/lib/server/store/housekeeping";
import { listen } from "@/lib/server/store/listener";
import { NOTICES, releaseNotices } from "@/lib/server/store/notices";
import { listDueThreads } from "@/lib/server/store/outbox";
import { trimBuckets } from "@/lib/server/store/rate-buckets";
import { deleteEndedSessions } from "@/lib/server/store/sessions";
import { claimSweeps, readSync, releaseSweep, SYNCS, saveSwept } from "@/lib/server/store/syncs";
import { THREAD_WISHES } from "@/lib/server/store/thread-wishes";
import { releaseWishes, WISHES } from "@/lib/server/store/wanted";
import { BEAT_MS, beat, buryWorkers, leave } from "@/lib/server/store/workers";
import { createNoticePump } from "@/lib/server/sync/notices/notice-pump";
import { createPullPump } from "@/lib/server/sync/pull-wishes";
import { missedFeedsChore, ordersChores } from "@/lib/server/sync/reconcile/chores";
import { claimsChores } from "@/lib/server/sync/reconcile/claim-chores";
import { leadChores } from "@/lib/server/sync/reconcile/lead-chores";
import { questionsChores } from "@/lib/server/sync/reconcile/question-chores";
import { reportProblem } from "@/lib/server/sync/report-problem";
import { createSilenceWatch } from "@/lib/server/sync/silence-watch";
import { sweepUnread } from "@/lib/server/sync/sweep-unread";
import { createSyncPump } from "@/lib/server/sync/sync-pump";
import { createThreadPump } from "@/lib/server/sync/thread-pump";
import { type AccountId, threadId } from "@/lib/shared/ids";

/** How often an account's unread list is read, whether notifications flow or not. */
const SWEEP_MS = 45_000;
/** How often the worker looks for what nothing announced. */
const TICK_MS = 2_000;
/** How often it looks which periodic work is due. */
const CHORES_MS = 10_000;
const HOUSEKEEPING_MS = 60_000;
const ABANDONED_HOURS = 48;
/** How long a stop waits for what is under way; what is not done then belongs to another worker, or to the next start. */
const DRAIN_MS = 10_000;

/** Starts the worker's loops on a migrated database. Resolves once it takes work; the returned function drains it: nothing
 *  more is taken, what runs may end, and what this worker holds is free for others at once. */
export async function runWorker(rt: Runtime): Promise<() => Promise<void>> {
  const notYet = (error: unknown) => rt.log.warn({ err: error }, "PostgreSQL does not answer yet");
  // Before anything is taken: a lease counts only while its worker is known to live.
  await persist(() => beat(rt.db, rt.worker), notYet);
  const heart = createBackground(rt.log);
  heart.every(BEAT_MS, "heartbeat", () => beat(rt.db, rt.worker));

  const background = createBackground(rt.log);
  const outbox = createOutboxPump(rt, background);
  const pulls = createPullPump(rt);
  const notices = createNoticePump(rt);
  const syncs = createSyncPump(rt, background.signal);
  const leads = createLeadPump(rt, background.signal);
  const pumps = new Map([
    [NOTICES, notices],
    [WISHES, pulls],
    [SYNCS, syncs],
    [LEADS, leads],
    [THREAD_WISHES.context, createThreadPump(rt, "context")],
    [THREAD_WISHES["mark-read"], createThreadPump(rt, "mark-read")],
  ]);
  const lookAround = () => {
    for (const pump of pumps.values()) pump.wake();
  };
  const listener = listen(rt.env.databaseUrl, [OUTBOX, ...pumps.keys()], {
    onNotice(channel, payload) {
      if (channel === OUTBOX) outbox.look(threadId(payload));
      else pumps.get(channel)?.wake();
    },
    onGap: lookAround,
    onError: (error) => rt.log.warn({ err: error }, "not listening for a moment"),
  });
  const stopPush = startPush(rt);

  /** A sweep that outlasts its 45 seconds (a slow Mercado Libre, little budget) is not joined by a second one. */
  const sweeping = new Set<AccountId>();
  async function sweepOnce(accountId: AccountId): Promise<void> {
    if (sweeping.has(accountId)) return;
    sweeping.add(accountId);
    try {
      await sweep(accountId);
    } finally {
      sweeping.delete(accountId);
      await releaseSweep(rt.db, accountId, rt.worker);
    }
  }
  async function sweep(accountId: AccountId): Promise<void> {
    const sync = await readSync(rt.db, accountId);
    // The first sync reads the unread list itself.
    if (sync?.unreadAt === null) return;
    await reportProblem(rt, accountId, async () => {
      await withAccount(rt, accountId, "reconcile", (ctx) => sweepUnread(rt, ctx));
      await saveSwept(rt.db, accountId);
    });
  }

  background.every(TICK_MS, "tick", async () => {
    lookAround();
    for (const thread of await listDueThreads(rt.db, 50)) outbox.look(thread);
    for (const accountId of await claimSweeps(rt.db, SWEEP_MS, rt.worker)) {
      background.start("sweep", () => sweepOnce(accountId));
    }
  });

  startLaterLooks(rt, background);

  let isStart = true;
  background.every(CHORES_MS, "missed feeds", async () => {
    await missedFeedsChore(rt, isStart);
    isStart = false;
  });
  background.every(CHORES_MS, "recent orders", () => ordersChores(rt));

  let isFirstLook = true;
  background.every(CHORES_MS, "claims", async () => {
    await claimsChores(rt, isFirstLook);
    isFirstLook = false;
  });

  let isFirstList = true;
  background.every(CHORES_MS, "questions", async () => {
    await questionsChores(rt, isFirstList);
    isFirstList = false;
  });

  background.every(CHORES_MS, "leads", () => leadChores(rt));

  const watchSilence = createSilenceWatch(rt);
  background.every(HOUSEKEEPING_MS, "housekeeping", async () => {
    await dropAbandonedFiles(rt.db, ABANDONED_HOURS);
    await trimCalls(rt.db);
    await trimNotices(rt.db);
    await trimChanges(rt.db);
    await trimBuckets(rt.db);
    await trimContacts(rt.db);
    await deleteEndedSessions(rt.db);
    await buryWorkers(rt.db);
    await watchSilence();
  });

  return async () => {
    const patience = new AbortController();
    const ended = Promise.allSettled([
      listener.close(),
      stopPush(),
      // First: its signal ends long syncs at their next step.
      background.stop(),
      outbox.stop(),
      ...[...pumps.values()].map((pump) => pump.stop()),
    ]).then(() => patience.abort());
    await pause(DRAIN_MS, undefined, { signal: patience.signal }).catch(() => ended);
    await heart.stop();
    await letGo(rt);
    await rt.close();
  };
}

/** What this worker held may be taken by another now, and not only once its silence is noticed. */
async function letGo(rt: Runtime): Promise<void> {
  try {
    await releaseNotices(rt.db, rt.worker);
    await releaseWishes(rt.db, rt.worker);
    await leave(rt.db, rt.worker);
  } catch (error) {
    rt.log.warn({ err: error }, "left without a word: others notice in seconds");
  }
}
