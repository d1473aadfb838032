import "server-only";
import { z } from "zod";
import type { Runtime } from "@/lib/server/runtime";
import { type Jobs, openJobs } from "@/lib/server/store/jobs";
import type { AccountId, ThreadId } from "@/lib/shared/ids";
import { accountId, threadId } from "@/lib/shared/ids";

/** What a job says, parsed when it is taken: it may have been written by another version of the app. */
export const ThreadJob = z.object({
  accountId: z.string().transform(accountId),
  threadId: z.string().transform(threadId),
});
export type ThreadJob = z.infer<typeof ThreadJob>;

/** The things one part of the house may ask another to do. */
export interface Asks {
  context(account: AccountId, thread: ThreadId): Promise<void>;
  outbox(account: AccountId, thread: ThreadId): Promise<void>;
}

export function asksOf(jobs: Jobs): Asks {
  const aboutThread = (queue: "context" | "outbox") => (account: AccountId, thread: ThreadId) =>
    jobs.ask(queue, thread, { accountId: account, threadId: thread });
  return {
    context: aboutThread("context"),
    outbox: aboutThread("outbox"),
  };
}

const shared = globalThis as typeof globalThis & { buzonAsks?: Promise<Asks> };

/** The web process's way to ask for work. Opened on first use; a failed opening is tried again by the next caller. */
export function asks(rt: Runtime): Promise<Asks> {
  shared.buzonAsks ??= openJobs(rt.env.databaseUrl, {
    isWorker: false,
    onError: (error) => rt.log.warn({ err: error }, "job queue"),
  })
    .then(asksOf)
    .catch((error: unknown) => {
      delete shared.buzonAsks;
      throw error;
    });
  return shared.buzonAsks;
}
