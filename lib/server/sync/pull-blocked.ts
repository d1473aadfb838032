import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { type BlockedBuyer, listBlockedBuyers } from "@/lib/server/mercadolibre/blocked-buyers";
import type { Runtime } from "@/lib/server/runtime";
import { type Blocked, readBlocked, saveBlocked } from "@/lib/server/store/account-facts";

/** Who is blocked changes by a person's hand alone. */
const FRESH_MS = 30 * 60_000;

/** Lists the buyers who may ask this account nothing, on all its marketplaces, and keeps the list. @throws MeliError */
export async function pullBlocked(rt: Runtime, ctx: AccountCtx): Promise<Blocked> {
  const found = new Map<string, BlockedBuyer>();
  let isComplete = true;
  for (const { userId: sellerId } of ctx.sellers) {
    const listed = await listBlockedBuyers(ctx.meli, { sellerId });
    isComplete &&= listed.isComplete;
    for (const buyer of listed.buyers) found.set(buyer.id, buyer);
  }
  const blocked = { buyers: [...found.values()], isComplete };
  await saveBlocked(rt.db, ctx.accountId, blocked);
  return blocked;
}

/** The same, if the list that is kept is old; without it a thread is shown all the same. */
export async function refreshBlocked(rt: Runtime, ctx: AccountCtx): Promise<void> {
  const held = await readBlocked(rt.db, ctx.accountId);
  if (held !== null && Date.now() - held.readAt.getTime() < FRESH_MS) return;
  try {
    await pullBlocked(rt, ctx);
  } catch (error) {
    rt.log.info({ err: error, accountId: ctx.accountId }, "blocked buyers could not be listed");
  }
}
