import "server-only";
import type { Runtime } from "@/lib/server/runtime";
import { FRESH_MIN, finalFrom, indexOf, minuteOf } from "@/lib/server/store/bucket-index";
import { listClassifiedIds } from "@/lib/server/store/classifieds";
import { type ContactWish, finishWish, readWish, wishContacts } from "@/lib/server/store/contact-wishes";
import { readLeadSync } from "@/lib/server/store/lead-syncs";
import type { ReadProblem } from "@/lib/shared/api/leads";
import type { AccountId } from "@/lib/shared/ids";
import type { Chosen } from "./chosen-period";
import { begunOf, staleItems } from "./read-all-contacts";
import { problemView } from "./read-problem";

const DAY_MS = 86_400_000;

/** Has the series of all listings read that a period needs and that are not held. Returns how far that is; null: nothing is
 *  being read. However many ask, a wish is one. */
export async function wishItems(
  rt: Runtime,
  accountId: AccountId,
  { wish: key, now }: Pick<Chosen, "wish" | "now">,
): Promise<{ progress: { done: number; total: number } | null; problem: ReadProblem | null }> {
  const held = await readWish(rt.db, accountId, key);
  const itemsAt = (await readLeadSync(rt.db, accountId))?.itemsAt ?? null;
  if (held !== null && isFresh(held, now, itemsAt)) return { progress: null, problem: null };
  if (held !== null && held.doneAt === null) return told(held, now);
  if (itemsAt !== null && now.getTime() - itemsAt.getTime() < DAY_MS) {
    const itemIds = await listClassifiedIds(rt.db, accountId);
    const span = begunOf({ unit: key.unit, fromAt: key.from, toAt: key.to }, now);
    const stale = await staleItems(rt, accountId, key.unit, span, itemIds);
    if (stale.length === 0) {
      await finishWish(rt.db, accountId, key, itemIds.length, { isNews: false });
      return { progress: null, problem: null };
    }
  }
  return told(await wishContacts(rt.db, accountId, key), now);
}

/** Nothing of it can have changed, or it was all there a moment ago. */
function isFresh({ doneAt, unit, toAt }: ContactWish, now: Date, itemsAt: Date | null): boolean {
  if (doneAt === null || (itemsAt !== null && doneAt < itemsAt)) return false;
  return (
    minuteOf(doneAt) >= finalFrom(indexOf(toAt, unit) - 1, unit) ||
    minuteOf(now) - minuteOf(doneAt) < FRESH_MIN
  );
}

function told(wish: ContactWish, now: Date) {
  const { done, total } = wish;
  const isWaiting = wish.retryAt !== null && wish.retryAt > now;
  return { progress: isWaiting ? null : { done, total }, problem: problemView(wish) };
}
