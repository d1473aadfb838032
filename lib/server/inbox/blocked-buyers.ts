import "server-only";
import { withAccount } from "@/lib/server/account-context";
import type { Session } from "@/lib/server/accounts/current-session";
import { unblockBuyer } from "@/lib/server/mercadolibre/blocked-buyers";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import { runtime } from "@/lib/server/runtime";
import { noteBlocked, readBlocked } from "@/lib/server/store/account-facts";
import { nameBuyers } from "@/lib/server/store/questions";
import { pullBlocked } from "@/lib/server/sync/pull-blocked";
import type { BlockedBuyersView } from "@/lib/shared/api/question";
import { AppError } from "@/lib/shared/errors";
import type { AccountId } from "@/lib/shared/ids";
import { scopeOf } from "./list-inbox";

/** The buyers who may ask nothing, of all the user's accounts, as Mercado Libre lists them now; of an account that cannot be
 *  asked for now what was listed last, and null where nothing was. */
export async function listBlocked(session: Session): Promise<BlockedBuyersView> {
  return { accounts: await Promise.all(session.accountIds.map(listOf)) };
}

async function listOf(accountId: AccountId): Promise<BlockedBuyersView["accounts"][number]> {
  const rt = runtime();
  try {
    await withAccount(rt, accountId, "open", (ctx) => pullBlocked(rt, ctx));
  } catch (error) {
    rt.log.info({ err: error, accountId }, "blocked buyers could not be listed");
    const isKnown = (await readBlocked(rt.db, accountId)) !== null;
    if (!isKnown) return { accountId, buyers: null, isComplete: false };
  }
  return shownOf(accountId);
}

async function shownOf(accountId: AccountId): Promise<BlockedBuyersView["accounts"][number]> {
  const { db } = runtime();
  const { buyers, isComplete } = (await readBlocked(db, accountId))?.value ?? {
    buyers: [],
    isComplete: false,
  };
  const names = await nameBuyers(
    db,
    accountId,
    buyers.map(({ id }) => id),
  );
  return {
    accountId,
    buyers: buyers.map((one) => ({ ...one, name: names.get(one.id) ?? null })),
    isComplete,
  };
}

/** Lets a buyer ask again, and answers the lists as they are then. @throws AppError not_found for another's account,
 *  account_disconnected, slow_down, meli_down */
export async function unblock(
  session: Session,
  { accountId: account, buyerId }: { accountId: string; buyerId: string },
): Promise<BlockedBuyersView> {
  const rt = runtime();
  const [accountId] = scopeOf(session, account);
  if (accountId === undefined) throw new AppError("not_found", "not an account of this user");
  await withAccount(rt, accountId, "reply", async (ctx) => {
    for (const { userId: sellerId } of ctx.sellers) {
      try {
        await unblockBuyer(ctx.meli, { sellerId, buyerId });
      } catch (error) {
        // On another marketplace, or no more: not blocked.
        if (!(error instanceof MeliError) || error.failure.status !== 404) throw error;
      }
    }
  });
  await noteBlocked(rt.db, accountId, buyerId, false);
  return listBlocked(session);
}
