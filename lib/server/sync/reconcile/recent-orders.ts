import "server-only";
import { withAccount } from "@/lib/server/account-context";
import { type Sale, searchSales } from "@/lib/server/mercadolibre/orders";
import type { Runtime } from "@/lib/server/runtime";
import { findSale, hasMovedSince } from "@/lib/server/store/noticed";
import { wishContext } from "@/lib/server/store/thread-wishes";
import { hintThreads } from "@/lib/server/store/threads";
import { hintOfSale } from "@/lib/server/sync/sync-sales";
import type { AccountId } from "@/lib/shared/ids";

/** Looked at again, so that what was written while the last look ran is not missed. */
const OVERLAP_MS = 5 * 60_000;

/** Finds the sales that changed since `since`, whoever told or did not tell of them: a row for each new one, and the
 *  context of each that moved. Returns how many there were, and up to when it has looked. @throws MeliError */
export async function takeRecentOrders(
  rt: Runtime,
  accountId: AccountId,
  since: Date,
): Promise<{ found: number; cursorAt: Date }> {
  const cursorAt = new Date();
  const changedSince = new Date(since.getTime() - OVERLAP_MS);
  const found = await withAccount(rt, accountId, "reconcile", async (ctx) => {
    let moved = 0;
    for (const seller of ctx.sellers) {
      let offset: number | null = 0;
      while (offset !== null) {
        const page = await searchSales(ctx.meli, { sellerId: seller.userId, changedSince, offset });
        for (const sale of page.sales) {
          if (!(await hasMoved(rt, accountId, sale))) continue;
          const [id] = await hintThreads(rt.db, accountId, [hintOfSale(ctx, sale, seller)]);
          if (id === undefined) continue;
          await wishContext(rt.db, accountId, id);
          moved += 1;
        }
        offset = page.next;
      }
    }
    return moved;
  });
  return { found, cursorAt };
}

async function hasMoved(rt: Runtime, accountId: AccountId, sale: Sale): Promise<boolean> {
  const stored = await findSale(rt.db, accountId, sale.packId);
  if (stored?.contextAt == null) return true;
  return sale.updatedAt !== null && hasMovedSince(sale.updatedAt, stored);
}
