import "server-only";
import { runtime } from "@/lib/server/runtime";
import {
  countThreads,
  disconnectAccount,
  listAccountsOf,
  setCurrentAccount,
} from "@/lib/server/store/accounts";
import type { Database } from "@/lib/server/store/database";
import { countSessions, saveSettings } from "@/lib/server/store/sessions";
import type { MeView, SettingsView } from "@/lib/shared/api/account";
import { AppError } from "@/lib/shared/errors";
import type { AccountId } from "@/lib/shared/ids";
import type { Session } from "./current-session";

/** Who is signed in: their accounts, settings and live sessions. */
export async function readMe(session: Session): Promise<MeView> {
  const { db } = runtime();
  const [accounts, sessions] = await Promise.all([
    listAccountsOf(db, session.userId, session.accountIds),
    countSessions(db, session.userId),
  ]);
  const held = await threadsOf(db, accounts);
  const current = session.currentAccountId ?? accounts[0]?.id;
  return {
    userId: session.userId,
    accounts: accounts.map(({ marketplaces: _kept, changeNo: _no, ...account }) => ({
      ...account,
      threads: held.get(account.id) ?? 0,
      isCurrent: account.id === current,
    })),
    settings: session.settings,
    sessions,
  };
}

/** Counts as they were at an account's change number, newest last. Every page reads `readMe`; few of them come after a
 *  change, and a big account has many threads to count. */
const counted = new Map<string, number>();
const COUNTS_KEPT = 1_000;

async function threadsOf(
  db: Database,
  accounts: readonly { id: AccountId; changeNo: number }[],
): Promise<Map<AccountId, number>> {
  const keyOf = (account: { id: AccountId; changeNo: number }) => `${account.id} ${account.changeNo}`;
  const fresh = await countThreads(
    db,
    accounts.filter((account) => !counted.has(keyOf(account))).map(({ id }) => id),
  );
  const result = new Map<AccountId, number>();
  for (const account of accounts) {
    const threads = counted.get(keyOf(account)) ?? fresh.get(account.id) ?? 0;
    counted.delete(keyOf(account));
    counted.set(keyOf(account), threads);
    result.set(account.id, threads);
  }
  for (const key of [...counted.keys()].slice(0, Math.max(0, counted.size - COUNTS_KEPT)))
    counted.delete(key);
  return result;
}

/** Changes settings or the account to work as. @throws AppError not_found for an account of somebody else's. */
export async function changeMe(
  session: Session,
  change: {
    locale?: SettingsView["locale"] | undefined;
    theme?: SettingsView["theme"] | undefined;
    markRead?: SettingsView["markRead"] | undefined;
    undoSeconds?: SettingsView["undoSeconds"] | undefined;
    currentAccount?: string | undefined;
  },
): Promise<MeView> {
  const { db } = runtime();
  const { locale, theme, markRead, undoSeconds, currentAccount } = change;
  const settings = {
    ...(locale === undefined ? {} : { locale }),
    ...(theme === undefined ? {} : { theme }),
    ...(markRead === undefined ? {} : { markRead }),
    ...(undoSeconds === undefined ? {} : { undoSeconds }),
  };
  let next = { ...session, settings: { ...session.settings, ...settings } };
  if (currentAccount !== undefined) {
    const own = session.accountIds.find((id) => id === currentAccount);
    if (own === undefined || !(await setCurrentAccount(db, session.userId, own))) {
      throw new AppError("not_found", "not an account of this user");
    }
    next = { ...next, currentAccountId: own };
  }
  await saveSettings(db, session.userId, settings);
  return readMe(next);
}

/** Disconnects an account: its tokens are erased, for all who use it. With `forget`, everything we hold of its
 *  conversations goes in the same transaction. @throws AppError not_found for an account of somebody else's. */
export async function disconnect(session: Session, id: string, forget: boolean): Promise<void> {
  const { db, log } = runtime();
  const own = session.accountIds.find((one) => one === id);
  if (own === undefined) throw new AppError("not_found", "not an account of this user");
  await disconnectAccount(db, own, forget);
  log.info({ accountId: own, forget }, "account disconnected");
}
