import "server-only";
import type { Runtime } from "@/lib/server/runtime";
import { claimSyncs, releaseSync } from "@/lib/server/store/syncs";
import { AppError } from "@/lib/shared/errors";
import type { AccountId } from "@/lib/shared/ids";
import { createPump, type Pump } from "./pump";
import { reportProblem } from "./report-problem";
import { syncAccount } from "./sync-account";

const CONCURRENCY = 4;

/** Does the first syncs of accounts: each in one process, and taken over within seconds when that process dies.
 *  @param signal ends the long ones at their next step */
export function createSyncPump(rt: Runtime, signal: AbortSignal): Pump {
  const running = new Set<AccountId>();

  async function run(accountId: AccountId): Promise<void> {
    let problem: string | null = null;
    try {
      await reportProblem(rt, accountId, () => syncAccount(rt, accountId, signal));
    } catch (error) {
      problem = error instanceof AppError ? error.code : "bug";
      rt.log.info({ err: error, accountId }, "a first sync will be tried again");
    } finally {
      // Only then: until it is given back, nobody may take it again, and we neither.
      await releaseSync(rt.db, accountId, rt.worker, problem).finally(() => running.delete(accountId));
    }
  }

  return createPump({
    concurrency: CONCURRENCY,
    onError: (error) => rt.log.warn({ err: error }, "first syncs could not be looked for"),
    async claim(room) {
      const claimed = await claimSyncs(rt.db, rt.worker, { limit: room, running: [...running] });
      for (const accountId of claimed) running.add(accountId);
      return claimed.map((accountId) => () => run(accountId));
    },
  });
}
