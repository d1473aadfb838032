import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { traced } from "@/lib/server/log";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import { createMeli, type Lane, type TokenSource } from "@/lib/server/mercadolibre/http";
import { marketplaceUsers } from "@/lib/server/mercadolibre/users";
import { callLogOf } from "@/lib/server/metrics/call-log";
import type { Runtime } from "@/lib/server/runtime";
import { type AccountRow, readAccount, saveMarketplaces } from "@/lib/server/store/accounts";
import { AppError } from "@/lib/shared/errors";
import type { AccountId } from "@/lib/shared/ids";
import { AGENTS } from "@/lib/shared/recipient";

/** Runs something in the name of an account. A second 401 in a row marks the account for reconnection
 *  (auth-and-limits.md 7.2). @throws AppError account_disconnected when it has no usable tokens. */
export async function withAccount<T>(
  rt: Runtime,
  accountId: AccountId,
  lane: Lane,
  use: (ctx: AccountCtx) => Promise<T>,
): Promise<T> {
  const account = await readAccount(rt.db, accountId);
  if (account === null) throw new AppError("not_found", "no such account");
  if (account.state !== "connected") {
    throw new AppError("account_disconnected", "account is not connected", { reason: account.state });
  }
  let renewed: string | null = null;
  const tokens: TokenSource = {
    access: () => rt.vault.access(accountId),
    async renew(refused) {
      renewed = await rt.vault.renew(accountId, refused);
      return renewed;
    },
  };
  try {
    return await traced({ accountId }, async () => use(await contextOf(rt, account, lane, tokens)));
  } catch (error) {
    // A 401 leaves a call only after the token that `renew` gave was refused as well.
    if (error instanceof MeliError && error.failure.status === 401 && renewed !== null) {
      await rt.vault.giveUp(accountId, renewed);
    }
    throw error;
  }
}

async function contextOf(
  rt: Runtime,
  account: AccountRow,
  lane: Lane,
  tokens: TokenSource,
): Promise<AccountCtx> {
  const { id } = account;
  const meli = createMeli({
    apiUrl: rt.env.meli.apiUrl,
    profile: account.profile,
    accountId: id,
    lane,
    budget: rt.budgets.of(id),
    tokens,
    calls: callLogOf(rt, id),
    logger: rt.log,
  });
  const base = {
    accountId: id,
    profile: account.profile,
    siteId: account.siteId,
    agents: { ...AGENTS, ...rt.env.agents },
    meli,
  };
  if (account.profile === "LOCAL") return { ...base, sellers: [{ userId: id, siteId: account.siteId }] };
  if (account.marketplaces.length > 0) return { ...base, sellers: account.marketplaces };
  const found = (await marketplaceUsers(meli, id)).map(({ userId, siteId }) => ({ userId, siteId }));
  if (found.length > 0) await saveMarketplaces(rt.db, id, found);
  return { ...base, sellers: found.length > 0 ? found : [{ userId: id, siteId: account.siteId }] };
}
