import "server-only";
import { withAccount } from "@/lib/server/account-context";
import type { AccountCtx } from "@/lib/server/channels/channel";
import type { Runtime } from "@/lib/server/runtime";
import { claimsChore, openClaimsChore, readClaimsChore } from "@/lib/server/store/chores";
import { listWithoutSale } from "@/lib/server/store/claims";
import { hasNoticeSince, listConnected } from "@/lib/server/store/notice-counts";
import { readSync } from "@/lib/server/store/syncs";
import { wishFirstContexts } from "@/lib/server/store/thread-wishes";
import { listWanted } from "@/lib/server/store/wanted";
import { readEach } from "@/lib/server/sync/read-each";
import { SALES_DAYS } from "@/lib/server/sync/sync-sales";
import type { AccountId } from "@/lib/shared/ids";
import { chore } from "./chore";
import { findChangedClaims, findOpenClaims } from "./find-claims";

/** While notifications flow, a look at what changed is only a net; while they do not, it is all there is. */
const FLOWING_MS = 10 * 60_000;
const SILENT_MS = 2 * 60_000;
const IS_FLOWING_MS = 15 * 60_000;
/** All that are open: what a look by date would miss, whatever the reason. */
const OPEN_MS = 30 * 60_000;
/** A start looks at once, unless another process just did. */
const AT_START_MS = 60_000;
/** Claims of one account that are read in one go: the next account has its turn. */
const READ_AT_ONCE = 24;
/** Whenever any wait. */
const READ_EVERY_MS = 0;

/** Looks for claims that changed or are open, for the accounts for which that is due, and reads those that wait. */
export async function claimsChores(rt: Runtime, isStart: boolean): Promise<void> {
  for (const accountId of await listConnected(rt.db)) {
    // The first sync looks for itself.
    if ((await readSync(rt.db, accountId))?.unreadAt == null) continue;
    const isFlowing = await hasNoticeSince(rt.db, accountId, new Date(Date.now() - IS_FLOWING_MS));
    await chore(rt, claimsChore(accountId), isFlowing ? FLOWING_MS : SILENT_MS, (cursorAt) =>
      withAccount(rt, accountId, "reconcile", (ctx) => findChanged(rt, ctx, cursorAt)),
    );
    await chore(rt, openClaimsChore(accountId), isStart ? AT_START_MS : OPEN_MS, () =>
      withAccount(rt, accountId, "reconcile", (ctx) => findOpenClaims(rt, ctx)),
    );
    await readWaiting(rt, accountId);
  }
}

/** A row for each claim of an account that is open or changed lately, in its place by what the search tells. What goes wrong
 *  is noted, and tried again by the chores: messages wait for no claim. */
export async function findFirstClaims(rt: Runtime, ctx: AccountCtx): Promise<void> {
  await chore(rt, openClaimsChore(ctx.accountId), OPEN_MS, () => findOpenClaims(rt, ctx));
  await chore(rt, claimsChore(ctx.accountId), FLOWING_MS, (cursorAt) => findChanged(rt, ctx, cursorAt));
}

/** Reads the first of them, what hurts most before the rest: of more than a few the chores read the others, while the sync goes
 *  on to the sales. */
export async function readFirstClaims(rt: Runtime, ctx: AccountCtx): Promise<void> {
  await chore(rt, readClaimsChore(ctx.accountId), READ_EVERY_MS, async () => ({
    found: await readWanted(rt, ctx),
  }));
}

const findChanged = (rt: Runtime, ctx: AccountCtx, cursorAt: Date | null) =>
  findChangedClaims(rt, ctx, cursorAt ?? new Date(Date.now() - SALES_DAYS * 86_400_000));

/** Reads claims that were found, or whose clock has run out. */
async function readWaiting(rt: Runtime, accountId: AccountId): Promise<void> {
  const waiting = await listWanted(rt.db, accountId, "claims", 1);
  if (waiting.length > 0) {
    await chore(rt, readClaimsChore(accountId), READ_EVERY_MS, async () => ({
      found: await withAccount(rt, accountId, "reconcile", (ctx) => readWanted(rt, ctx)),
    }));
  }
  await wishFirstContexts(rt.db, accountId, await listWithoutSale(rt.db, accountId, READ_AT_ONCE));
}

/** Reads the first of what waits. One that fails waits for later, and keeps no other from being read. */
async function readWanted(rt: Runtime, ctx: AccountCtx): Promise<number> {
  const wanted = await listWanted(rt.db, ctx.accountId, "claims", READ_AT_ONCE);
  await readEach(rt, ctx, wanted);
  return wanted.length;
}
