import "server-only";
import type { Session } from "@/lib/server/accounts/current-session";
import { runtime } from "@/lib/server/runtime";
import { findThread, type StoredThread } from "@/lib/server/store/threads";
import { pullThread } from "@/lib/server/sync/pull-thread";
import { AppError, type ErrorCode } from "@/lib/shared/errors";
import type { ChannelName } from "@/lib/shared/thread";
import { scopeOf } from "./list-inbox";

export interface ThreadAddress {
  channel: ChannelName;
  externalId: string;
  account?: string | undefined;
}

/** The user's accounts in the order in which an address is looked up: the current one first (design 3). */
function inOrder(session: Session, account: string | undefined): Session["accountIds"] {
  const scope = scopeOf(session, account);
  return [...scope].sort(
    (a, b) => Number(b === session.currentAccountId) - Number(a === session.currentAccountId),
  );
}

/** A stored thread by its address, among the user's accounts. @throws AppError not_found, also for another's thread. */
export async function requireThread(session: Session, address: ThreadAddress): Promise<StoredThread> {
  const { db } = runtime();
  const thread = await findThread(db, inOrder(session, address.account), address.channel, address.externalId);
  if (thread === null) throw new AppError("not_found", "no such thread");
  return thread;
}

/** After these, it is not known whose thread this is; any other refusal means that it is not this account's. */
const INCONCLUSIVE: ReadonlySet<ErrorCode> = new Set(["slow_down", "meli_down", "meli_unreadable", "bug"]);

export type Found = { thread: StoredThread; isStale: boolean };

/** A thread by its address, read from Mercado Libre when the store lacks it or never read it. What we hold is shown
 *  when Mercado Libre does not answer. Null: none of the user's accounts may read it.
 *  @throws AppError slow_down, meli_down... when that could not be found out: the thread may be theirs. */
export async function findOrPull(session: Session, address: ThreadAddress): Promise<Found | null> {
  const rt = runtime();
  const order = inOrder(session, address.account);
  const known = await findThread(rt.db, order, address.channel, address.externalId);
  if (known !== null) {
    if (known.pulledAt !== null || known.refusedAt !== null) return { thread: known, isStale: false };
    return (await pulled(session, address, known)) ?? { thread: known, isStale: true };
  }
  let inconclusive: unknown = null;
  for (const accountId of order) {
    try {
      const result = await pullThread(rt, accountId, address.channel, address.externalId, "open");
      if (result.kind === "gone") continue;
      const thread = await findThread(rt.db, [accountId], address.channel, address.externalId);
      if (thread !== null) return { thread, isStale: false };
    } catch (error) {
      rt.log.info({ err: error, accountId }, "a thread that is not stored could not be read");
      if (!(error instanceof AppError) || INCONCLUSIVE.has(error.code)) inconclusive ??= error;
    }
  }
  if (inconclusive !== null) throw inconclusive;
  return null;
}

async function pulled(session: Session, address: ThreadAddress, known: StoredThread): Promise<Found | null> {
  const rt = runtime();
  try {
    await pullThread(rt, known.accountId, address.channel, address.externalId, "open");
    const thread = await findThread(rt.db, [known.accountId], address.channel, address.externalId);
    return thread === null ? null : { thread, isStale: false };
  } catch (error) {
    rt.log.info({ err: error, threadId: known.id, sessionId: session.sessionId }, "shown from the store");
    return null;
  }
}
