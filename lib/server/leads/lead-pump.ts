import "server-only";
import { withAccount } from "@/lib/server/account-context";
import type { AccountCtx } from "@/lib/server/channels/channel";
import type { Runtime } from "@/lib/server/runtime";
import { listWishes, saveWishProblem } from "@/lib/server/store/contact-wishes";
import { claimLeadWork, readLeadSync, releaseLeadWork, saveLeadProblem } from "@/lib/server/store/lead-syncs";
import { createPump, type Pump } from "@/lib/server/sync/pump";
import type { AccountId } from "@/lib/shared/ids";
import { readClassifieds } from "./find-classifieds";
import { readAllContacts } from "./read-all-contacts";
import { problemOf } from "./read-problem";
import { syncLeads } from "./sync-leads";

const CONCURRENCY = 3;

/** Reads leads and the contacts of all listings for whoever waits for them: of each account in one process, and taken over within
 *  seconds when that process dies. @param signal ends the long ones at their next step */
export function createLeadPump(rt: Runtime, signal: AbortSignal): Pump {
  const running = new Set<AccountId>();
  return createPump({
    concurrency: CONCURRENCY,
    onError: (error) => rt.log.warn({ err: error }, "leads that are waited for could not be looked for"),
    async claim(room) {
      const claimed = await claimLeadWork(rt.db, rt.worker, { limit: room, running: [...running] });
      for (const accountId of claimed) running.add(accountId);
      return claimed.map((accountId) => async () => {
        try {
          await workLeads(rt, accountId, signal);
        } finally {
          // Only then: until it is given back, nobody may take it again, and we neither.
          await releaseLeadWork(rt.db, accountId, rt.worker).finally(() => running.delete(accountId));
        }
      });
    },
  });
}

/** Reads all that is waited for of one account. What fails is noted, tried again later, and hinders nothing else. */
export async function workLeads(rt: Runtime, accountId: AccountId, signal: AbortSignal): Promise<void> {
  const read = (work: (ctx: AccountCtx) => Promise<void>) => withAccount(rt, accountId, "reconcile", work);
  const isWanted = (await readLeadSync(rt.db, accountId))?.wantedAt != null;
  if (isWanted) {
    try {
      await read((ctx) => syncLeads(rt, ctx, signal));
    } catch (error) {
      if (signal.aborted) return;
      rt.log.info({ err: error, accountId }, "leads could not be read yet");
      await saveLeadProblem(rt.db, accountId, problemOf(error));
    }
  }
  for (;;) {
    const [wish] = await listWishes(rt.db, accountId);
    if (wish === undefined || signal.aborted) return;
    try {
      await read(async (ctx) => {
        await readClassifieds(rt, ctx, new Date());
        await readAllContacts(rt, ctx, wish, signal);
      });
    } catch (error) {
      if (signal.aborted) return;
      rt.log.info({ err: error, accountId }, "contacts of listings could not be read yet");
      const key = { unit: wish.unit, from: wish.fromAt, to: wish.toAt };
      await saveWishProblem(rt.db, accountId, key, problemOf(error));
    }
  }
}
