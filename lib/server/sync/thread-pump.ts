import "server-only";
import { withAccount } from "@/lib/server/account-context";
import type { Runtime } from "@/lib/server/runtime";
import { PASSING } from "@/lib/server/store/chores";
import {
  claimThreadWishes,
  endThreadWish,
  postponeThreadWish,
  type ThreadWish,
  type WishKind,
} from "@/lib/server/store/thread-wishes";
import { readThreadById } from "@/lib/server/store/threads";
import { AppError } from "@/lib/shared/errors";
import { markThreadRead } from "./mark-read";
import { pullContext } from "./pull-context";
import { createPump, type Pump } from "./pump";

const CONCURRENCY = 2;

/** What is done for a wish. Each may be done twice: a second time changes nothing. */
const WORK: Record<WishKind, (rt: Runtime, one: ThreadWish) => Promise<void>> = {
  async "mark-read"(rt, { accountId, threadId }) {
    const thread = await readThreadById(rt.db, accountId, threadId);
    if (thread !== null) await markThreadRead(rt, thread, "notice");
  },
  context: (rt, { accountId, threadId }) =>
    withAccount(rt, accountId, "notice", (ctx) => pullContext(rt, ctx, threadId)),
};

/** Does what is wished for conversations, each in one process, and taken over within seconds when that process dies. */
export function createThreadPump(rt: Runtime, kind: WishKind): Pump {
  const running = new Set<ThreadWish>();
  return createPump({
    concurrency: CONCURRENCY,
    onError: (error) => rt.log.warn({ err: error, kind }, "wishes for conversations could not be looked for"),
    async claim(room) {
      const claimed = await claimThreadWishes(rt.db, kind, rt.worker, { limit: room, running: [...running] });
      for (const one of claimed) running.add(one);
      return claimed.map((one) => () => work(rt, kind, one).finally(() => running.delete(one)));
    },
  });
}

async function work(rt: Runtime, kind: WishKind, one: ThreadWish): Promise<void> {
  try {
    await WORK[kind](rt, one);
    await endThreadWish(rt.db, kind, one, rt.worker);
  } catch (error) {
    rt.log.info({ err: error, kind, ...one }, "a wish for a conversation could not be met yet");
    const known = error instanceof AppError ? error : null;
    // A refusal is not asked for again (auth-and-limits.md 6.3); an account that is gone has nobody to do it for.
    const isPassing =
      known === null || (PASSING.includes(known.code) && known.code !== "account_disconnected");
    if (isPassing) await postponeThreadWish(rt.db, kind, one, rt.worker, known?.detail.retryAt ?? null);
    else await endThreadWish(rt.db, kind, one, rt.worker);
  }
}
