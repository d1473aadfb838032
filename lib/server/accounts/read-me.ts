import "server-only";
import { asks } from "@/lib/server/jobs";
import { runtime } from "@/lib/server/runtime";
import { disconnectAccount, listAccountsOf, setCurrentAccount } from "@/lib/server/store/accounts";
import { countSessions, saveSettings } from "@/lib/server/store/sessions";
import { readSync } from "@/lib/server/store/syncs";
import type { MeView, SettingsView } from "@/lib/shared/api/account";
import { AppError } from "@/lib/shared/errors";
import { accountId } from "@/lib/shared/ids";
import type { Session } from "./current-session";

/** Who is signed in: their accounts, settings and live sessions. */
export async function readMe(session: Session): Promise<MeView> {
  const { db } = runtime();
  const [accounts, sessions] = await Promise.all([
    listAccountsOf(db, session.userId),
    countSessions(db, session.userId),
  ]);
  const current = session.currentAccountId ?? accounts[0]?.id;
  return {
    userId: session.userId,
    accounts: accounts.map(({ marketplaces: _kept, ...account }) => ({
      ...account,
      isCurrent: account.id === current,
    })),
    settings: session.settings,
    sessions,
  };
}

/** Changes settings or the account to work as. @throws AppError not_found for an account of somebody else's. */
export async function changeMe(
  session: Session,
  change: {
    locale?: SettingsView["locale"] | undefined;
    theme?: SettingsView["theme"] | undefined;
    markRead?: SettingsView["markRead"] | undefined;
    currentAccount?: string | undefined;
  },
): Promise<MeView> {
  const { db } = runtime();
  const { locale, theme, markRead, currentAccount } = change;
  const settings = {
    ...(locale === undefined ? {} : { locale }),
    ...(theme === undefined ? {} : { theme }),
    ...(markRead === undefined ? {} : { markRead }),
  };
  let next = { ...session, settings: { ...session.settings, ...settings } };
  if (currentAccount !== undefined) {
    if (!(await setCurrentAccount(db, session.userId, accountId(currentAccount)))) {
      throw new AppError("not_found", "not an account of this user");
    }
    next = { ...next, currentAccountId: accountId(currentAccount) };
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

/** Asks for the account's first sync if it has not come to its end. Called after a new consent. */
export async function startSync(id: string): Promise<void> {
  const rt = runtime();
  const sync = await readSync(rt.db, accountId(id));
  if (sync === null || sync.backfillAt !== null) return;
  try {
    await (await asks(rt)).sync(accountId(id));
  } catch (error) {
    // The worker looks for unsynced accounts by itself once a minute.
    rt.log.warn({ err: error, accountId: id }, "sync not asked for");
  }
}
