import "server-only";
import { withAccount } from "@/lib/server/account-context";
import type { AccountCtx } from "@/lib/server/channels/channel";
import type { Runtime } from "@/lib/server/runtime";
import { skipContext } from "@/lib/server/store/contexts";
import { readSync, type SyncRow, saveProgress } from "@/lib/server/store/syncs";
import { countUnpulled, listUnpulled, listWithoutProduct } from "@/lib/server/store/threads";
import { AppError } from "@/lib/shared/errors";
import type { AccountId } from "@/lib/shared/ids";
import { inParallel } from "./in-parallel";
import { pullContext } from "./pull-context";
import { isCommonTrouble, readEach } from "./read-each";
import { findFirstClaims, readFirstClaims } from "./reconcile/claim-chores";
import { findFirstQuestions } from "./reconcile/question-chores";
import { sweepUnread } from "./sweep-unread";
import { SALES_DAYS, syncSales } from "./sync-sales";

const BACKFILL_BATCH = 40;
const BACKFILL_CONCURRENCY = 4;

/** Brings an account's conversations in: first what waits (the unread list, the questions without an answer), then the first of its claims, then a row for
 *  every sale of the last 30 days, then every conversation behind those rows, with at most half of the read pool. Every step
 *  notes how far it came: after an interruption it goes on from there. Running it on a synced account does nothing.
 *  @throws what Mercado Libre or the budget threw: the job is retried. */
export async function syncAccount(rt: Runtime, accountId: AccountId, signal: AbortSignal): Promise<void> {
  const before = await readSync(rt.db, accountId);
  if (before === null) return;
  await withAccount(rt, accountId, "reconcile", async (ctx) => {
    if (before.unreadAt === null) {
      await findFirstClaims(rt, ctx);
      await Promise.all([readWaiting(rt, ctx), findFirstQuestions(rt, ctx)]);
      await readFirstClaims(rt, ctx);
    }
    if (before.salesAt === null) await readSales(rt, ctx, before);
    if (before.backfillAt === null) await backfill(rt, ctx, signal);
  });
}

async function readWaiting(rt: Runtime, ctx: AccountCtx): Promise<void> {
  const startedAt = new Date();
  await sweepUnread(rt, ctx, (done, total) =>
    saveProgress(rt.db, ctx.accountId, { unreadDone: done, unreadTotal: total }),
  );
  await saveProgress(rt.db, ctx.accountId, {
    unreadAt: startedAt,
    sweptAt: new Date(),
    problem: null,
    problemAt: null,
  });
}

async function readSales(rt: Runtime, ctx: AccountCtx, before: SyncRow): Promise<void> {
  const since = new Date(Date.now() - SALES_DAYS * 86_400_000);
  await syncSales(rt, ctx, since, before.salesOffset, (salesOffset, salesTotal) =>
    saveProgress(rt.db, ctx.accountId, { salesOffset, salesTotal }),
  );
  await saveProgress(rt.db, ctx.accountId, { salesAt: new Date() });
}

async function backfill(rt: Runtime, ctx: AccountCtx, signal: AbortSignal): Promise<void> {
  const slow: AccountCtx = { ...ctx, meli: ctx.meli.withLane("backfill") };
  let done = 0;
  for (;;) {
    if (signal.aborted)
      throw new AppError("slow_down", "the worker is stopping: the backfill goes on at its next start");
    const batch = await listUnpulled(rt.db, ctx.accountId, BACKFILL_BATCH);
    if (batch.length === 0) break;
    const left = await countUnpulled(rt.db, ctx.accountId);
    await saveProgress(rt.db, ctx.accountId, { backfillDone: done, backfillTotal: done + left });
    await readEach(rt, slow, batch, { signal });
    done += batch.length;
  }
  await nameProducts(rt, slow, signal);
  await saveProgress(rt.db, ctx.accountId, {
    backfillDone: done,
    backfillTotal: done,
    backfillAt: new Date(),
  });
}

/** Rows that no sale has named yet: older sales, and Global Selling, whose search names no product. */
async function nameProducts(rt: Runtime, ctx: AccountCtx, signal: AbortSignal): Promise<void> {
  for (;;) {
    const batch = await listWithoutProduct(rt.db, ctx.accountId, BACKFILL_BATCH);
    if (batch.length === 0 || signal.aborted) return;
    await inParallel(BACKFILL_CONCURRENCY, batch, async (thread) => {
      try {
        await pullContext(rt, ctx, thread.id);
      } catch (error) {
        if (isCommonTrouble(error)) throw error;
        // Its row keeps the sale's number; opening it asks again.
        await skipContext(rt.db, ctx.accountId, thread.id);
        rt.log.warn({ err: error, threadId: thread.id }, "the sale of a conversation could not be read");
      }
    });
  }
}
