import "server-only";
import type { Session } from "@/lib/server/accounts/current-session";
import { runtime } from "@/lib/server/runtime";
import { listAccountsOf } from "@/lib/server/store/accounts";
import { listCalls } from "@/lib/server/store/call-recorder";
import { countOutbox } from "@/lib/server/store/outbox";
import { readSync } from "@/lib/server/store/syncs";
import type { StatusView } from "@/lib/shared/api/account";
import { progressOf } from "./progress";

/** What was asked of Mercado Libre lately, how far each account is, and what waits in the outbox. */
export async function readStatus(session: Session): Promise<StatusView> {
  const { db, env } = runtime();
  const [calls, accounts, outbox] = await Promise.all([
    listCalls(db, session.accountIds),
    listAccountsOf(db, session.userId, session.accountIds),
    countOutbox(db, session.accountIds),
  ]);
  return {
    calls: calls.map(({ requestId: _kept, ...call }) => call),
    accounts: await Promise.all(
      accounts.map(async ({ id, nickname, state }) => {
        const sync = await readSync(db, id);
        return {
          id,
          nickname,
          state,
          lastSweepAt: sync?.sweptAt ?? null,
          problem: sync?.problem ?? null,
          sync: state === "connected" ? progressOf(sync) : null,
        };
      }),
    ),
    outbox,
    isOpenToAnyone: env.allowedAccounts.length === 0 && env.isSecure,
  };
}
