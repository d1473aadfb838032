import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { type Sale, searchSales } from "@/lib/server/mercadolibre/orders";
import type { Runtime } from "@/lib/server/runtime";
import { hintThreads, type ThreadHint } from "@/lib/server/store/threads";

/** How far back every sale becomes a row. */
export const SALES_DAYS = 30;

/** Makes a row of every sale since `since`, from page `offset` on. `progress` is told after each page, so that a sync
 *  that was interrupted goes on from there: pages are newest first, and rows that come twice change nothing. */
export async function syncSales(
  rt: Runtime,
  ctx: AccountCtx,
  since: Date,
  offset: number,
  progress: (offset: number, total: number) => Promise<void>,
): Promise<void> {
  // Offsets of several marketplaces cannot be told apart in one number: only a single seller's sync resumes inside.
  const isSingle = ctx.sellers.length === 1;
  let seen = 0;
  for (const seller of ctx.sellers) {
    let next: number | null = isSingle ? offset : 0;
    while (next !== null) {
      const page = await searchSales(ctx.meli.withLane("reconcile"), {
        sellerId: seller.userId,
        since,
        offset: next,
      });
      await hintThreads(
        rt.db,
        ctx.accountId,
        page.sales.map((sale) => hintOfSale(ctx, sale, seller)),
      );
      seen += page.sales.length;
      next = page.next;
      await progress(isSingle ? (next ?? page.total) : seen, page.total);
    }
  }
}

/** What a sale tells of its conversation. `asked` is the seller whose sales were searched. */
export function hintOfSale(
  ctx: AccountCtx,
  sale: Sale,
  asked: { userId: string; siteId: string },
): ThreadHint {
  return {
    channel: "messages",
    externalId: sale.packId,
    ...ownerOf(ctx, sale, asked),
    buyerId: sale.buyerId,
    buyerName: sale.buyerName,
    product: sale.title,
    orderId: sale.orderIds[0] ?? null,
    shipmentId: sale.shipmentId,
    saleAt: sale.createdAt,
  };
}

/** Whose sale it is: on Global Selling the local seller that the sale names, with that seller's site. */
function ownerOf(
  ctx: AccountCtx,
  sale: { sellerId: string | null; siteId: string | null },
  asked: { userId: string; siteId: string },
): { sellerId: string; siteId: string } {
  const named = ctx.sellers.find(({ userId }) => userId === sale.sellerId) ?? asked;
  const siteId = sale.siteId === null || sale.siteId === "CBT" ? named.siteId : sale.siteId;
  return { sellerId: named.userId, siteId };
}
