import "server-only";
import { withAccount } from "@/lib/server/account-context";
import type { Runtime } from "@/lib/server/runtime";
import {
  claimWishes,
  notePullFailure,
  releaseWish,
  WISH_RETRIES_S,
  type WishedThread,
} from "@/lib/server/store/wanted";
import type { AccountId, ThreadId } from "@/lib/shared/ids";
import { pullInto } from "./pull-thread";
import { createPump, type Pump } from "./pump";

const CONCURRENCY = 8;
const PER_ACCOUNT = 3;

/** Reads the conversations that somebody wishes for, at once and each by one process. However many wishes came for one
 *  before its read began, it is read once; a wish from during the read has it read again. */
export function createPullPump(rt: Runtime): Pump {
  const running = new Map<AccountId, number>();
  const reading = new Set<ThreadId>();
  const add = (accountId: AccountId, more: number) => {
    const left = (running.get(accountId) ?? 0) + more;
    if (left > 0) running.set(accountId, left);
    else running.delete(accountId);
  };

  return createPump({
    concurrency: CONCURRENCY,
    onError: (error) => rt.log.warn({ err: error }, "wished conversations could not be looked for"),
    async claim(room) {
      const wishes = await claimWishes(rt.db, rt.worker, {
        limit: room,
        perAccount: PER_ACCOUNT,
        running,
        reading: [...reading],
      });
      for (const wish of wishes) {
        add(wish.accountId, 1);
        reading.add(wish.id);
      }
      return wishes.map((wish) => async () => {
        try {
          await readWish(rt, wish);
        } finally {
          add(wish.accountId, -1);
          // Only then: until it is given back, nobody may take it again, and we neither.
          await releaseWish(rt.db, wish.id, rt.worker).finally(() => reading.delete(wish.id));
        }
      });
    },
  });
}

async function readWish(rt: Runtime, wish: WishedThread): Promise<void> {
  // An open screen shows what we hold meanwhile; what was notified is there, if not yet for everybody (notifications.md 9).
  const isFresh = wish.lane === "notice" && wish.failures < WISH_RETRIES_S.length;
  const lane = wish.lane === "open" ? "open" : "notice";
  try {
    const result = await withAccount(rt, wish.accountId, lane, (ctx) =>
      pullInto(rt, ctx, wish.channel, wish, { isFresh }),
    );
    if (result.kind === "gone" && !result.isBelieved) await notePullFailure(rt.db, wish.accountId, wish);
  } catch (error) {
    await notePullFailure(rt.db, wish.accountId, wish);
    rt.log.info(
      { err: error, accountId: wish.accountId, threadId: wish.id },
      "a wished conversation could not be read yet",
    );
  }
}
