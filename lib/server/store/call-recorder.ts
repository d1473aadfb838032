import "server-only";
import { and, desc, inArray, ne, sql } from "drizzle-orm";
import type { AccountId } from "@/lib/shared/ids";
import { isConnectionLost } from "./connection-lost";
import type { Database } from "./database";
import { accounts } from "./schema-accounts";
import { calls } from "./schema-work";

/** How many calls of each account are kept and shown. */
export const CALLS_KEPT = 200;
const FLUSH_MS = 100;
/** While the database is away. */
const AWAY_MS = 1_000;
/** Of what could not be written so many calls are kept: the newest. */
const WAITING_KEPT = 1_000;

export interface Call {
  accountId: AccountId;
  at: Date;
  method: string;
  path: string;
  readFlag: boolean | null;
  status: number | null;
  ms: number;
  requestId: string | null;
}

export interface CallRecorder {
  /** Notes a call; it is written with others within a tenth of a second. Never throws. */
  record(call: Call): void;
  /** Writes what is left. Never rejects. */
  flush(): Promise<void>;
}

/** Collects calls and writes them in batches: a sync of hundreds of conversations should not cost as many inserts. While
 *  the database is away they wait, and `onError` is told once. */
export function createCallRecorder(db: Database, onError: (error: unknown) => void): CallRecorder {
  let waiting: Call[] = [];
  let timer: NodeJS.Timeout | null = null;
  let isAway = false;
  let writing: Promise<void> = Promise.resolve();

  async function write(batch: Call[]): Promise<void> {
    try {
      // An account that was disconnected meanwhile may have been forgotten: its calls went along.
      const ids = [...new Set(batch.map((call) => call.accountId))];
      const known = await db
        .select({ id: accounts.id })
        .from(accounts)
        .where(and(inArray(accounts.id, ids), ne(accounts.state, "disconnected")));
      const rows = batch.filter((call) => known.some((account) => account.id === call.accountId));
      if (rows.length > 0) await db.insert(calls).values(rows);
      isAway = false;
    } catch (error) {
      if (!isAway) onError(error);
      isAway = isConnectionLost(error);
      if (!isAway) return;
      waiting = [...batch, ...waiting].slice(-WAITING_KEPT);
      timer ??= setTimeout(() => void flush(), AWAY_MS).unref();
    }
  }

  function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const batch = waiting;
    waiting = [];
    if (batch.length > 0) writing = writing.then(() => write(batch));
    return writing;
  }

  return {
    record(call) {
      waiting.push(call);
      timer ??= setTimeout(() => void flush(), FLUSH_MS);
    },
    flush,
  };
}

/** The newest calls of the given accounts, newest first. */
export async function listCalls(db: Database, accountIds: AccountId[]): Promise<Call[]> {
  if (accountIds.length === 0) return [];
  return db
    .select({
      accountId: calls.accountId,
      at: calls.at,
      method: calls.method,
      path: calls.path,
      readFlag: calls.readFlag,
      status: calls.status,
      ms: calls.ms,
      requestId: calls.requestId,
    })
    .from(calls)
    .where(inArray(calls.accountId, accountIds))
    .orderBy(desc(calls.id))
    .limit(CALLS_KEPT);
}

/** Deletes what is older than the newest calls of each account. */
export async function trimCalls(db: Database): Promise<void> {
  await db.execute(sql`
    delete from ${calls} old using (
      select a.id as account_id, (
        select c.id from ${calls} c where c.account_id = a.id order by c.id desc offset ${CALLS_KEPT} limit 1
      ) as newest_dropped
      from ${accounts} a
    ) edge
    where old.account_id = edge.account_id and old.id <= edge.newest_dropped`);
}
