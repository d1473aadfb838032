import "server-only";
import { runtime } from "@/lib/server/runtime";
import { COUNT_CAP, countInbox } from "@/lib/server/store/inbox";
import { listSyncs } from "@/lib/server/store/syncs";
import type { Summary } from "@/lib/shared/api/inbox";
import type { AccountId, UserId } from "@/lib/shared/ids";
import { progressOf } from "./progress";

/** What the shell shows of all the user's accounts, and the numbers that tell a browser to read again. */
export async function readSummary(session: {
  userId: UserId;
  accountIds: readonly AccountId[];
}): Promise<Summary> {
  const { database, db } = runtime();
  const [counts, syncs] = await Promise.all([
    countInbox(database.pool, session.userId, session.accountIds),
    listSyncs(db, session.accountIds),
  ]);
  return {
    waiting: Math.min(
      COUNT_CAP,
      counts.accounts.reduce((sum, account) => sum + account.waiting, 0),
    ),
    fresh: counts.fresh,
    accounts: counts.accounts.map((account) => ({
      ...account,
      sync: progressOf(syncs.find((sync) => sync.accountId === account.id) ?? null),
    })),
  };
}
