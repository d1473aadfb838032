import "server-only";
import { withAccount } from "@/lib/server/account-context";
import type { AccountCtx } from "@/lib/server/channels/channel";
import type { Runtime } from "@/lib/server/runtime";
import { answeredChore, listingsChore, questionsChore, readQuestionsChore } from "@/lib/server/store/chores";
import { listStaleListings } from "@/lib/server/store/listings";
import { hasNoticeSince, listConnected } from "@/lib/server/store/notice-counts";
import { listNamelessChains } from "@/lib/server/store/questions";
import { readSync } from "@/lib/server/store/syncs";
import { wishFirstContexts } from "@/lib/server/store/thread-wishes";
import { listWanted } from "@/lib/server/store/wanted";
import { pullListings } from "@/lib/server/sync/pull-listings";
import { readEach } from "@/lib/server/sync/read-each";
import { SALES_DAYS } from "@/lib/server/sync/sync-sales";
import type { AccountId } from "@/lib/shared/ids";
import { chore } from "./chore";
import { findAnswered, findUnanswered } from "./find-questions";

/** While notifications flow, the list of what waits is only a net; while they do not, it is all there is
 *  (questions-and-contacts.md 2). */
const FLOWING_MS = 10 * 60_000;
const SILENT_MS = 5 * 60_000;
const IS_FLOWING_MS = 15 * 60_000;
/** A start looks at once, unless another process just did. */
const AT_START_MS = 60_000;
/** What was asked and answered between two looks waited in none of them: it is listed so often, and from a while before the
 *  last time on. */
const ANSWERED_MS = 30 * 60_000;
const OVERLAP_MS = 3_600_000;
/** Listings with a question that waits are looked at again after this long: a notice of them may have been lost. */
const LISTING_MS = 30 * 60_000;
const LISTINGS_AT_ONCE = 500;
/** How often it is asked which these are. */
const LISTINGS_EVERY_MS = 60_000;
/** Chains of one account that are read in one go, and buyers that are named: the next account has its turn. */
const READ_AT_ONCE = 24;
/** Whenever any wait. */
const READ_EVERY_MS = 0;

/** Lists what waits for an answer, for the accounts for which that is due; what has its answer, at first of the days before
 *  Buzón came; and what stands around it: listings, buyers' names. */
export async function questionsChores(rt: Runtime, isStart: boolean): Promise<void> {
  for (const accountId of await listConnected(rt.db)) {
    const sync = await readSync(rt.db, accountId);
    // The first sync looks for itself.
    if (sync?.unreadAt == null) continue;
    const isFlowing = await hasNoticeSince(rt.db, accountId, new Date(Date.now() - IS_FLOWING_MS));
    const everyMs = isStart ? AT_START_MS : isFlowing ? FLOWING_MS : SILENT_MS;
    await chore(rt, questionsChore(accountId), everyMs, () =>
      withAccount(rt, accountId, "reconcile", (ctx) => findUnanswered(rt, ctx)),
    );
    if (sync.salesAt !== null) {
      await chore(rt, answeredChore(accountId), ANSWERED_MS, (cursorAt) =>
        withAccount(rt, accountId, "backfill", (ctx) => findAnsweredSince(rt, ctx, cursorAt)),
      );
    }
    await readWaiting(rt, accountId);
  }
}

/** A row for every question that waits, in its place, at one call for fifty of them. What goes wrong is noted, and tried again
 *  by the chores: messages and claims wait for no question. */
export async function findFirstQuestions(rt: Runtime, ctx: AccountCtx): Promise<void> {
  await chore(rt, questionsChore(ctx.accountId), SILENT_MS, () => findUnanswered(rt, ctx));
  await readListings(rt, ctx.accountId, 0, (work) => work(ctx));
}

/** @param lookedAt when it was done last; null: never */
async function findAnsweredSince(rt: Runtime, ctx: AccountCtx, lookedAt: Date | null) {
  const cursorAt = new Date();
  const first = cursorAt.getTime() - SALES_DAYS * 86_400_000;
  const since = new Date(Math.max(first, (lookedAt?.getTime() ?? first) - OVERLAP_MS));
  return { ...(await findAnswered(rt, ctx, since)), cursorAt };
}

/** Reads chains that are wished for, listings that were never read or not for a while, and asks for names. */
async function readWaiting(rt: Runtime, accountId: AccountId): Promise<void> {
  const waiting = await listWanted(rt.db, accountId, "questions", READ_AT_ONCE);
  if (waiting.length > 0) {
    await chore(rt, readQuestionsChore(accountId), READ_EVERY_MS, async () => {
      await withAccount(rt, accountId, "reconcile", (ctx) => readEach(rt, ctx, waiting));
      return { found: waiting.length };
    });
  }
  await readListings(rt, accountId, LISTINGS_EVERY_MS, (work) =>
    withAccount(rt, accountId, "reconcile", work),
  );
  await wishFirstContexts(rt.db, accountId, await listNamelessChains(rt.db, accountId, READ_AT_ONCE));
}

async function readListings(
  rt: Runtime,
  accountId: AccountId,
  everyMs: number,
  as: (work: (ctx: AccountCtx) => Promise<void>) => Promise<void>,
): Promise<void> {
  await chore(rt, listingsChore(accountId), everyMs, async () => {
    const before = new Date(Date.now() - LISTING_MS);
    const stale = await listStaleListings(rt.db, accountId, before, LISTINGS_AT_ONCE);
    if (stale.length > 0) await as((ctx) => pullListings(rt, ctx, stale));
    return { found: stale.length };
  });
}
