import "server-only";
import { withAccount } from "@/lib/server/account-context";
import { ThreadJob } from "@/lib/server/jobs";
import { type OutboxEvents, runOutbox } from "@/lib/server/outbox/run-outbox";
import type { Runtime } from "@/lib/server/runtime";
import type { Jobs, QueueName } from "@/lib/server/store/jobs";
import { pullContext } from "@/lib/server/sync/pull-context";
import { AppError } from "@/lib/shared/errors";

const CONCURRENCY: Record<QueueName, number> = { context: 2, outbox: 6 };

/** Takes jobs from all queues. */
export async function takeQueues(rt: Runtime, jobs: Jobs, events: OutboxEvents): Promise<void> {
  await onQueue(rt, jobs, "context", (job) =>
    withAccount(rt, job.accountId, "notice", (ctx) => pullContext(rt, ctx, job.threadId)),
  );
  await onQueue(rt, jobs, "outbox", (job) => runOutbox(rt, job.threadId, events));
}

async function onQueue(
  rt: Runtime,
  jobs: Jobs,
  queue: QueueName,
  handle: (job: ThreadJob) => Promise<unknown>,
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
        const parsed = ThreadJob.safeParse(job.data);
        if (!parsed.success) {
          rt.log.error({ queue, jobId: job.id }, "a job that cannot be read was dropped");
          continue;
        }
        await settled(rt, queue, () => handle(parsed.data));
      }
    },
  );
}

/** A disconnected account is no reason to try again; everything else is. */
async function settled(rt: Runtime, queue: QueueName, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof AppError && (error.code === "account_disconnected" || error.code === "not_found")) {
      rt.log.info({ queue, err: error }, "work for an account that is not connected was dropped");
      return;
    }
    rt.log.info({ queue, err: error }, "job will be tried again");
    throw error;
  }
}
