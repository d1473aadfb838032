import "server-only";
import type { Session } from "@/lib/server/accounts/current-session";
import { readBudget } from "@/lib/server/budget";
import { runtime } from "@/lib/server/runtime";
import { listAccountsOf } from "@/lib/server/store/accounts";
import { listCalls } from "@/lib/server/store/call-recorder";
import { refusedList } from "@/lib/server/store/chores";
import { readNotificationStatus } from "@/lib/server/store/gaps";
import { countOutbox } from "@/lib/server/store/outbox";
import { readSync } from "@/lib/server/store/syncs";
import { countUnreadable } from "@/lib/server/store/wanted";
import { countWorkers } from "@/lib/server/store/workers";
import type { Needs, StatusView } from "@/lib/shared/api/account";
import { concernsOf, needsSeller } from "@/lib/shared/view/health";
import { progressOf } from "./progress";

/** Whether anything is being missed: what Mercado Libre notified of the session's accounts and what was found without,
 *  how far each account is, what waits in the outbox, what may be asked and what was asked, and who works. Accounts that
 *  are not the session's never show; the budget and the workers are the installation's. */
export async function readStatus(session: Session): Promise<StatusView> {
  const { db, env } = runtime();
  const [health, calls, budget] = await Promise.all([
    readHealth(session, { received: true }),
    listCalls(db, session.accountIds),
    readBudget(db, env),
  ]);
  return { ...health, calls: calls.map(({ requestId: _kept, ...call }) => call), budget };
}

/** Whether `/status` holds something that nobody but the seller can make an end to: the sign at its link on every page. */
export async function readNeeds(session: Session): Promise<Needs> {
  const status = { ...(await readHealth(session, { received: false })), calls: [], budget: [] };
  return { needsSeller: needsSeller(concernsOf(status, new Date())) };
}

async function readHealth(
  session: Session,
  o: { received: boolean },
): Promise<Omit<StatusView, "calls" | "budget">> {
  const { db, env } = runtime();
  const { accountIds } = session;
  const [accounts, outbox, notifications, workers] = await Promise.all([
    listAccountsOf(db, session.userId, accountIds),
    countOutbox(db, accountIds),
    readNotificationStatus(db, accountIds, new Date(), o),
    countWorkers(db),
  ]);
  return {
    accounts: await Promise.all(
      accounts.map(async ({ id, nickname, state }) => {
        const [sync, unreadable, refused] = await Promise.all([
          readSync(db, id),
          countUnreadable(db, id),
          refusedList(db, id),
        ]);
        return {
          id,
          nickname,
          state,
          lastSweepAt: sync?.sweptAt ?? null,
          problem: sync?.problem ?? refused,
          unreadable,
          sync: state === "connected" ? progressOf(sync) : null,
        };
      }),
    ),
    outbox,
    notifications,
    workers,
    isOpenToAnyone: env.allowedAccounts.length === 0 && env.isSecure,
  };
}
