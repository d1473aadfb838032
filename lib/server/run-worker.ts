import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import type { z } from "zod";
import { withAccount } from "@/lib/server/account-context";
import { AccountJob, asksOf, ThreadJob } from "@/lib/server/jobs";
import { type OutboxEvents, runOutbox } from "@/lib/server/outbox/run-outbox";
import { startPush } from "@/lib/server/push/run-push";
import type { Runtime } from "@/lib/server/runtime";
import { trimCalls } from "@/lib/server/store/call-recorder";
import { dropAbandonedFiles } from "@/lib/server/store/files";
import { openJobs, type QueueName } from "@/lib/server/store/jobs";
import { listDueThreads } from "@/lib/server/store/outbox";
import { deleteEndedSessions, readMarkReadPolicy } from "@/lib/server/store/sessions";
import { claimSweeps, listUnsynced, readSync, saveProblem, saveSwept } from "@/lib/server/store/syncs";
import { readThreadById } from "@/lib/server/store/threads";
import { markThreadRead } from "@/lib/server/sync/mark-read";
import { pullContext } from "@/lib/server/sync/pull-context";
import { pullThread } from "@/lib/server/sync/pull-thread";
import { sweepUnread } from "@/lib/server/sync/sweep-unread";
import { syncAccount } from "@/lib/server/sync/sync-account";
import { AppError } from "@/lib/shared/errors";
import type { AccountId, ThreadId } from "@/lib/shared/ids";

/** How often an account's unread list is read. */
const SWEEP_MS = 45_000;
/** How often the worker looks for what no job announced. */
const TICK_MS = 2_000;
const HOUSEKEEPING_MS = 60_000;
const ABANDONED_HOURS = 48;

const CONCURRENCY: Record<QueueName, number> = { sync: 4, pull: 4, context: 2, outbox: 6, mark_read: 2 };

/** Starts the worker's loops on a migrated database. Resolves once it takes work; the returned function drains it. */
export async function runWorker(rt: Runtime): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  const jobs = await openJobs(rt.env.databaseUrl, {
    isWorker: true,
    onError: (error) => rt.log.warn({ err: error }, "job queue"),
  });
  const ask = asksOf(jobs);
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<void>>();

  const events: OutboxEvents = {
    onLater(thread, ms) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        background("outbox", () => runOutbox(rt, thread, events));
      }, ms + 5);
      timers.add(timer);
    },
    async onDelivered(row, thread) {
      if (thread.meliUnread > 0 && (await readMarkReadPolicy(rt.db, row.userId)) !== "never") {
        await ask.markRead(row.accountId, thread.id);
      }
    },
  };

  async function guarded(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      rt.log.warn({ err: error, what }, "background work failed");
    }
  }

  /** Starts work that nobody waits for, except a stop. */
  function background(what: string, work: () => Promise<unknown>): void {
    const run = guarded(what, work).finally(() => running.delete(run));
    running.add(run);
  }

  async function onQueue<Job extends z.ZodType>(
    queue: QueueName,
    schema: Job,
    handle: (job: z.infer<Job>) => Promise<unknown>,
  ): Promise<void> {
    await jobs.boss.work(
      queue,
      {
        localConcurrency: CONCURRENCY[queue],
        pollingIntervalSeconds: 1,
        notifyPollingIntervalSeconds: 5,
        heartbeatRefreshSeconds: 3,
      },
      async (batch) => {
        for (const job of batch) {
          const parsed = schema.safeParse(job.data);
          if (!parsed.success) {
            rt.log.error({ queue, jobId: job.id }, "a job that cannot be read was dropped");
            continue;
          }
          await settled(queue, () => handle(parsed.data));
        }
      },
    );
  }

  /** A disconnected account is no reason to try again; everything else is. */
  async function settled(queue: QueueName, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (
        error instanceof AppError &&
        (error.code === "account_disconnected" || error.code === "not_found")
      ) {
        rt.log.info({ queue, err: error }, "work for an account that is not connected was dropped");
        return;
      }
      rt.log.info({ queue, err: error }, "job will be tried again");
      throw error;
    }
  }

  const known = (account: AccountId, thread: ThreadId) => readThreadById(rt.db, account, thread);

  /** An account that Mercado Libre lets nobody read says so on the screen, instead of trying for ever. */
  async function reading(accountId: AccountId, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "not_available") throw error;
      rt.log.warn({ accountId, err: error }, "Mercado Libre does not let this account be read");
      await saveProblem(rt.db, accountId, error.detail.reason ?? error.code);
    }
  }

  await onQueue("sync", AccountJob, ({ accountId }) =>
    reading(accountId, () => syncAccount(rt, accountId, stopping.signal)),
  );
  await onQueue("pull", ThreadJob, async (job) => {
    const thread = await known(job.accountId, job.threadId);
    if (thread !== null) await pullThread(rt, job.accountId, thread.channel, thread.externalId, "notice");
  });
  await onQueue("context", ThreadJob, (job) =>
    withAccount(rt, job.accountId, "notice", (ctx) => pullContext(rt, ctx, job.threadId)),
  );
  await onQueue("outbox", ThreadJob, (job) => runOutbox(rt, job.threadId, events));
  await onQueue("mark_read", ThreadJob, async (job) => {
    const thread = await known(job.accountId, job.threadId);
    if (thread !== null && thread.meliUnread > 0) await markThreadRead(rt, thread, "notice");
  });

  async function sweep(accountId: AccountId): Promise<void> {
    const sync = await readSync(rt.db, accountId);
    // The first sync reads the unread list itself.
    if (sync?.unreadAt === null) return;
    await reading(accountId, async () => {
      await withAccount(rt, accountId, "reconcile", (ctx) => sweepUnread(rt, ctx));
      await saveSwept(rt.db, accountId);
    });
  }

  async function tick(): Promise<void> {
    for (const thread of await listDueThreads(rt.db, 50)) {
      background("outbox", () => runOutbox(rt, thread, events));
    }
    for (const accountId of await claimSweeps(rt.db, SWEEP_MS)) background("sweep", () => sweep(accountId));
  }

  async function housekeep(): Promise<void> {
    for (const accountId of await listUnsynced(rt.db)) await ask.sync(accountId);
    await dropAbandonedFiles(rt.db, ABANDONED_HOURS);
    await trimCalls(rt.db);
    await deleteEndedSessions(rt.db);
  }

  const loops = [
    repeat(TICK_MS, stopping.signal, () => guarded("tick", tick)),
    repeat(HOUSEKEEPING_MS, stopping.signal, () => guarded("housekeeping", housekeep)),
  ];

  const stopPush = startPush(rt);

  return async () => {
    stopping.abort();
    await stopPush();
    for (const timer of timers) clearTimeout(timer);
    await jobs.stop();
    await Promise.all([...loops, ...running]);
    await rt.close();
  };
}

/** Runs `work` at once and then again after each pause, one run at a time, until the signal. */
async function repeat(everyMs: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await work();
    await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
