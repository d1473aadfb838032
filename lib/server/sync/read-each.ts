import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import type { Runtime } from "@/lib/server/runtime";
import type { BackfillThread } from "@/lib/server/store/threads";
import { notePullFailure } from "@/lib/server/store/wanted";
import { AppError } from "@/lib/shared/errors";
import { inParallel } from "./in-parallel";
import { pullInto } from "./pull-thread";

const CONCURRENCY = 4;
/** So many failures in a row are Mercado Libre's trouble, not a conversation's. */
const FAILURES_THAT_STOP = 6;

/** Is this the account's or everybody's trouble, which the next conversation would meet as well? */
export function isCommonTrouble(error: unknown): boolean {
  if (error instanceof MeliError && error.failure.status === 401) return true;
  if (!(error instanceof AppError)) return true;
  return (
    error.code === "account_disconnected" || error.code === "not_available" || error.code === "slow_down"
  );
}

/** Reads conversations, each with its own fate: one that cannot be read is noted and tried again later, and never keeps
 *  the others from being read. @throws what concerns all of them, or the last failure of many in a row. */
export async function readEach(
  rt: Runtime,
  ctx: AccountCtx,
  threads: readonly BackfillThread[],
  o: { signal?: AbortSignal; onRead?: () => Promise<void> } = {},
): Promise<void> {
  let inARow = 0;
  await inParallel(CONCURRENCY, threads, async (thread) => {
    if (o.signal?.aborted) return;
    try {
      await pullInto(rt, ctx, thread.channel, thread);
      inARow = 0;
    } catch (error) {
      if (isCommonTrouble(error)) throw error;
      inARow += 1;
      await notePullFailure(rt.db, ctx.accountId, thread);
      rt.log.warn(
        { err: error, accountId: ctx.accountId, threadId: thread.id },
        "a conversation could not be read",
      );
      if (inARow >= FAILURES_THAT_STOP) throw error;
    }
    await o.onRead?.();
  });
}
