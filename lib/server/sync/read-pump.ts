import "server-only";
import type { Runtime } from "@/lib/server/runtime";
import { PASSING } from "@/lib/server/store/chores";
import { claimReads, endRead, postponeRead, type ReadWish } from "@/lib/server/store/read-wishes";
import { readThreadById } from "@/lib/server/store/threads";
import { AppError } from "@/lib/shared/errors";
import { markThreadRead } from "./mark-read";
import { createPump, type Pump } from "./pump";

const CONCURRENCY = 2;

/** Marks conversations read for whoever chose that: each in one process, and taken over within seconds when that process dies. To
 *  mark one twice changes nothing. */
export function createReadPump(rt: Runtime): Pump {
  const running = new Set<ReadWish>();
  return createPump({
    concurrency: CONCURRENCY,
    onError: (error) => rt.log.warn({ err: error }, "conversations to mark read could not be looked for"),
    async claim(room) {
      const claimed = await claimReads(rt.db, rt.worker, { limit: room, running: [...running] });
      for (const one of claimed) running.add(one);
      return claimed.map((one) => () => work(rt, one).finally(() => running.delete(one)));
    },
  });
}

async function work(rt: Runtime, one: ReadWish): Promise<void> {
  try {
    const thread = await readThreadById(rt.db, one.accountId, one.threadId);
    if (thread !== null) await markThreadRead(rt, thread, "notice");
    await endRead(rt.db, one, rt.worker);
  } catch (error) {
    rt.log.info({ err: error, accountId: one.accountId }, "a conversation could not be marked read yet");
    const known = error instanceof AppError ? error : null;
    // A refusal is not asked for again (auth-and-limits.md 6.3); an account that is gone has nobody to mark for.
    const isPassing =
      known === null || (PASSING.includes(known.code) && known.code !== "account_disconnected");
    if (isPassing) await postponeRead(rt.db, one, rt.worker, known?.detail.retryAt ?? null);
    else await endRead(rt.db, one, rt.worker);
  }
}
