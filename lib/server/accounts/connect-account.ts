import "server-only";
import { createMeli } from "@/lib/server/mercadolibre/http";
import type { TokenGrant } from "@/lib/server/mercadolibre/oauth";
import { marketplaceUsers, type Owner } from "@/lib/server/mercadolibre/users";
import { callLogOf } from "@/lib/server/metrics/call-log";
import type { Runtime } from "@/lib/server/runtime";
import { addMembership, openUserOf, setCurrentAccount, upsertAccount } from "@/lib/server/store/accounts";

import { startSession } from "@/lib/server/store/sessions";
import { restartSync } from "@/lib/server/store/syncs";
import { AppError } from "@/lib/shared/errors";
import { type AccountId, accountId, type SessionId, type UserId } from "@/lib/shared/ids";
import { profileOf } from "@/lib/shared/sites";

/** Why the seller gave consent: to sign in, or, with a live session, to add an account or to renew one. */
export type Intent =
  | { kind: "sign_in" }
  | { kind: "connect"; userId: UserId; sessionId: SessionId; renews: AccountId | null };

export type Connected =
  | { kind: "connected"; userId: UserId; sessionId: SessionId; accountId: AccountId }
  | { kind: "refused"; problem: "not_allowed" | "wrong_account"; grantedTo: string };

/** Makes a grant an account: tokens to the vault, a membership, and a session when there was none. An account exists
 *  once; a new grant replaces its tokens for all members; users are never merged (design 6).
 *  A renewal that was granted by another seller is stored as that seller's own account (auth-and-limits.md 8.6) and
 *  reported as `wrong_account`. Throws only when the database fails. */
export async function connectAccount(
  rt: Runtime,
  intent: Intent,
  grant: TokenGrant,
  owner: Owner,
): Promise<Connected> {
  const id = accountId(owner.id);
  const allowed = rt.env.allowedAccounts;
  if (allowed.length > 0 && !allowed.includes(id)) {
    rt.log.warn({ accountId: id }, "sign-in refused: not in ALLOWED_ACCOUNTS");
    return { kind: "refused", problem: "not_allowed", grantedTo: owner.nickname };
  }
  const marketplaces = profileOf(owner.siteId) === "GLOBAL" ? await readMarketplaces(rt, grant, owner) : [];
  const result = await rt.db.transaction(async (tx) => {
    await upsertAccount(tx, {
      id,
      siteId: owner.siteId,
      profile: profileOf(owner.siteId),
      nickname: owner.nickname,
      marketplaces,
    });
    await rt.vault.keep(tx, id, grant);
    await restartSync(tx, id);
    if (intent.kind === "connect") {
      await addMembership(tx, intent.userId, id);
      await setCurrentAccount(tx, intent.userId, id);
      return { userId: intent.userId, sessionId: intent.sessionId };
    }
    const userId = await openUserOf(tx, id);
    await addMembership(tx, userId, id);
    return { userId, sessionId: await startSession(tx, userId) };
  });
  rt.log.info({ accountId: id, intent: intent.kind }, "account connected");
  if (intent.kind === "connect" && intent.renews !== null && intent.renews !== id) {
    return { kind: "refused", problem: "wrong_account", grantedTo: owner.nickname };
  }
  return { kind: "connected", ...result, accountId: id };
}

/** The local accounts behind a Global Selling grant. Unreadable: none for now; the first sync asks again. */
async function readMarketplaces(
  rt: Runtime,
  grant: TokenGrant,
  owner: Owner,
): Promise<{ userId: string; siteId: string }[]> {
  const meli = createMeli({
    apiUrl: rt.env.meli.apiUrl,
    profile: "GLOBAL",
    accountId: owner.id,
    lane: "open",
    budget: rt.budgets.of(accountId(owner.id)),
    tokens: {
      access: async () => grant.accessToken,
      renew: async () => {
        throw new AppError("account_disconnected", "a token that was just issued is refused", {
          reason: "reconnect",
        });
      },
    },
    calls: callLogOf(rt, accountId(owner.id)),
    logger: rt.log,
  });
  try {
    return (await marketplaceUsers(meli, owner.id)).map(({ userId, siteId }) => ({ userId, siteId }));
  } catch (error) {
    rt.log.warn({ err: error, accountId: owner.id }, "marketplaces of a Global Selling account not read yet");
    return [];
  }
}
