import "server-only";
import type { Session } from "@/lib/server/accounts/current-session";
import { runtime } from "@/lib/server/runtime";
import { listMessages } from "@/lib/server/store/messages";
import { wishContext } from "@/lib/server/store/thread-wishes";
import { findThread, type StoredThread } from "@/lib/server/store/threads";
import { wishPull } from "@/lib/server/store/wanted";
import { pullOlder } from "@/lib/server/sync/pull-older";
import { isListingOld } from "@/lib/server/sync/pull-question-context";
import { pullThread } from "@/lib/server/sync/pull-thread";
import type { MessageView, ThreadView } from "@/lib/shared/api/thread";
import { AppError } from "@/lib/shared/errors";
import { findOrPull, requireThread, type ThreadAddress } from "./find-thread";
import { MESSAGES_PAGE, messageView, threadView } from "./thread-view";

/** What we hold is shown at once; it is read again in the background when it is older than this. */
const FRESH_MS = 20_000;
const CONTEXT_FRESH_MS = 10 * 60_000;

/** A thread with all that the screen shows. One that was never read is read now; one that is old is read again in the
 *  background, and the change number tells the browser. Never marks anything read. Null: 404. */
export async function readThread(session: Session, address: ThreadAddress): Promise<ThreadView | null> {
  const found = await findOrPull(session, address);
  if (found === null) return null;
  void askForFresh(found.thread);
  return threadView(session, found.thread, found.isStale);
}

async function askForFresh(thread: StoredThread): Promise<void> {
  if (thread.accountState !== "connected") return;
  const rt = runtime();
  const isOld = (at: Date | null, ms: number) => at === null || Date.now() - at.getTime() > ms;
  try {
    if (isOld(thread.pulledAt, FRESH_MS) || isPart(thread))
      await wishPull(rt.db, thread.accountId, thread.id, "open");
    const isContextOld =
      thread.channel === "questions"
        ? thread.contextAt === null || isListingOld(thread)
        : isOld(thread.contextAt, CONTEXT_FRESH_MS);
    if (isContextOld) await wishContext(rt.db, thread.accountId, thread.id);
  } catch (error) {
    // Reading goes on without: the sweep will come by.
    rt.log.warn({ err: error, threadId: thread.id }, "no fresh read asked for");
  }
}

/** A claim or a chain of questions of which no more was read than its row shows: whoever opens it gets the rest at once. */
function isPart({ channel, claim, isComplete }: StoredThread): boolean {
  return channel === "claims" ? claim?.isWhole !== true : channel === "questions" && !isComplete;
}

/** Reads the thread from Mercado Libre now. @throws AppError not_found, slow_down, meli_down, account_disconnected. */
export async function refreshThread(session: Session, address: ThreadAddress): Promise<ThreadView> {
  const rt = runtime();
  const thread = await requireThread(session, address);
  await pullThread(rt, thread.accountId, thread.channel, thread.externalId, "open");
  const fresh = await findThread(rt.db, [thread.accountId], address.channel, address.externalId);
  const view = fresh === null ? null : await threadView(session, fresh, false);
  if (view === null) throw new AppError("not_found", "the thread vanished");
  return view;
}

/** Messages before one of them, oldest first: those that we hold, and once there are none left, those that Mercado Libre
 *  still has (docs/decisions/042). Never marks anything read. @throws AppError not_found, slow_down, meli_down,
 *  meli_unreadable, account_disconnected: may be tried again */
export async function readOlder(
  session: Session,
  address: ThreadAddress,
  before: string,
): Promise<{ messages: MessageView[]; hasOlder: boolean }> {
  const rt = runtime();
  const thread = await requireThread(session, address);
  const list = () => listMessages(rt.db, thread.accountId, thread.id, MESSAGES_PAGE, before);
  let page = await list();
  let { isComplete } = thread;
  if (page.messages.length === 0 && !isComplete) {
    ({ isComplete } = await pullOlder(rt, thread));
    page = await list();
    // What lies before could not be joined to what we hold: that is no beginning.
    if (page.messages.length === 0 && !isComplete) {
      throw new AppError("meli_unreadable", "no older page met what is held");
    }
  }
  return {
    messages: page.messages.map((message) => messageView(thread, message)),
    hasOlder: page.hasOlder || !isComplete,
  };
}
