import "server-only";
import type { Runtime } from "@/lib/server/runtime";
import { MISSED_FEEDS } from "@/lib/server/store/chores";
import { hasNoticeSince, listConnected } from "@/lib/server/store/notice-counts";
import { readSync } from "@/lib/server/store/syncs";
import type { AccountId } from "@/lib/shared/ids";
import { chore } from "./chore";
import { takeMissedFeeds } from "./missed-feeds";
import { takeRecentOrders } from "./recent-orders";

const ordersOf = (accountId: AccountId) => `orders:${accountId}`;

/** notifications.md 5: every 15 to 30 minutes, and at start. */
const MISSED_FEEDS_MS = 15 * 60_000;
/** A start asks at once, unless another process just did. */
const AT_START_MS = 60_000;
/** While notifications flow, a look at the orders is only a net; while they do not, it is all there is. */
const ORDERS_FLOWING_MS = 30 * 60_000;
const ORDERS_SILENT_MS = 5 * 60_000;
const FLOWING_MS = 15 * 60_000;

/** Asks for missed notifications if that is due, in one process. */
export async function missedFeedsChore(rt: Runtime, isStart: boolean): Promise<void> {
  await chore(rt, MISSED_FEEDS, isStart ? AT_START_MS : MISSED_FEEDS_MS, async () => ({
    found: await takeMissedFeeds(rt),
  }));
}

/** Looks for changed sales of the accounts for which that is due. */
export async function ordersChores(rt: Runtime): Promise<void> {
  for (const accountId of await listConnected(rt.db)) {
    const salesAt = (await readSync(rt.db, accountId))?.salesAt;
    // The first sync reads all of them itself.
    if (salesAt == null) continue;
    const isFlowing = await hasNoticeSince(rt.db, accountId, new Date(Date.now() - FLOWING_MS));
    await chore(rt, ordersOf(accountId), isFlowing ? ORDERS_FLOWING_MS : ORDERS_SILENT_MS, (cursorAt) =>
      takeRecentOrders(rt, accountId, cursorAt ?? salesAt),
    );
  }
}
