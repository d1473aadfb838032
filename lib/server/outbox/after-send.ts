import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { needsReason, REASON_NEEDED, startable } from "@/lib/server/channels/message-start";
import type { MeliError } from "@/lib/server/mercadolibre/failure";
import type { Runtime } from "@/lib/server/runtime";
import { noteChange } from "@/lib/server/store/changes";
import type { OutboxRow, OutboxStep } from "@/lib/server/store/outbox";
import { freeStart, rememberExcepted, spendStart } from "@/lib/server/store/starts";
import { readThreadById, type StoredThread } from "@/lib/server/store/threads";
import type { ThreadSnapshot } from "@/lib/shared/thread";
import { afterFailure, guideRefusal, START_SPENT } from "./after-failure";
import { readNow } from "./look";

/** Is it a plain message of Global Selling, which may be the one that a conversation is begun with (messages.md 5)? */
const isFirstMessage = (thread: StoredThread, row: OutboxRow) =>
  thread.channel === "messages" && thread.profile === "GLOBAL" && row.option === null;

/** A first message of Global Selling uses up the one there is until the buyer writes (messages.md 5). */
export async function noteSent(
  rt: Runtime,
  thread: StoredThread,
  snapshot: ThreadSnapshot,
  row: OutboxRow,
): Promise<void> {
  if (!isFirstMessage(thread, row) || !needsReason(snapshot)) return;
  const known = snapshot.messages.map(({ id }) => id);
  await noted(rt, thread, () => spendStart(rt.db, thread.accountId, thread.id, known));
}

/** The same for one whose answer was lost and that was found in the thread afterwards. */
export async function noteFound(rt: Runtime, thread: StoredThread, row: OutboxRow): Promise<void> {
  if (!isFirstMessage(thread, row)) return;
  await noted(rt, thread, async () => {
    const now = await readThreadById(rt.db, thread.accountId, thread.id);
    if (now === null || !needsReason(now)) return;
    await spendStart(rt.db, thread.accountId, thread.id, row.baseline ?? []);
  });
}

/** A first message of Global Selling that moderation rejected reached nobody, and may be written anew. Whether it counts is
 *  not told (messages.md 5, 10.8): where it does, the next one is refused, and that is noted then. */
export async function noteRejected(rt: Runtime, thread: StoredThread, row: OutboxRow): Promise<void> {
  if (!isFirstMessage(thread, row)) return;
  const { accountId, id: threadId } = thread;
  await noted(rt, thread, () =>
    rt.db.transaction(async (tx) => {
      if (await freeStart(tx, accountId, threadId)) await noteChange(tx, accountId, { threadId });
    }),
  );
}

/** What becomes of a row that Mercado Libre has refused, and what the refusal tells of its thread: the thread is read
 *  again where only it knows which block it is (messages.md 7).
 *  @param before the thread as it was read before the send */
export async function afterRefusal(
  rt: Runtime,
  ctx: AccountCtx,
  thread: StoredThread,
  row: OutboxRow,
  before: ThreadSnapshot,
  error: MeliError,
): Promise<OutboxStep> {
  const step = afterFailure(row, error);
  const guide = guideRefusal(error, row);
  const isForbidden = error.failure.status === 403;
  const isAsked = isForbidden || guide === "excepted" || guide === "deactivated";
  const snapshot = isAsked ? await readAgain(rt, ctx, thread, row) : null;
  // Where both talk already, a conversation that is not shown is no exception: nobody answers it blindly.
  const isLimited = needsReason(snapshot ?? (guide === "has_begun" ? thread : startable(thread)));
  const spend = () =>
    noted(rt, thread, () =>
      spendStart(
        rt.db,
        thread.accountId,
        thread.id,
        before.messages.map(({ id }) => id),
      ),
    );
  if (step.reason === START_SPENT && thread.profile === "GLOBAL") {
    await spend();
    return step;
  }
  if (isForbidden && snapshot !== null && wantsReason(thread, snapshot, row, step.reason ?? null)) {
    await spend();
    await noted(rt, thread, () => rememberExcepted(rt.db, thread.accountId, thread.id, false));
    return { ...step, reason: REASON_NEEDED };
  }
  if (guide === "excepted" || guide === "has_begun") {
    if (isLimited) await noted(rt, thread, () => rememberExcepted(rt.db, thread.accountId, thread.id, true));
    return step;
  }
  // A sale that was taken for an exception and is refused like any other is none (any more).
  const isNoException = isLimited && thread.isExcepted && row.option === null;
  if (isNoException && isForbidden && error.code !== "not_available") {
    await noted(rt, thread, () => rememberExcepted(rt.db, thread.accountId, thread.id, false));
  }
  // That it asks for a reason is why the guide was used: it explains nothing there.
  const isNamed =
    isForbidden && (row.option === null || (!isLimited && (guide === null || guide === "undecided")));
  return isNamed && snapshot?.status === "blocked" && snapshot.substatus !== null
    ? { ...step, reason: snapshot.substatus }
    : step;
}

/** The refusal of every block, whichever it is (messages.md 2.3). */
const SOME_BLOCK = "blocked_conversation_send_message_forbidden";

/** Was this refused for want of a reason, although the conversation reads as open? Sellers meet it on Mercado Envíos sales that
 *  nobody has written on (messages.md 8). Pure. */
function wantsReason(
  { profile }: StoredThread,
  { status, messages }: ThreadSnapshot,
  { option }: OutboxRow,
  reason: string | null,
): boolean {
  if (profile !== "LOCAL" || option !== null || status !== "open") return false;
  if (messages.some(({ direction }) => direction === "in")) return false;
  return reason === SOME_BLOCK || needsReason({ status: "blocked", substatus: reason });
}

/** The thread as it is after a refusal, read and stored. Null: it could not be read just now. */
export async function readAgain(
  rt: Runtime,
  ctx: AccountCtx,
  thread: StoredThread,
  row: Pick<OutboxRow, "act">,
): Promise<ThreadSnapshot | null> {
  try {
    return await readNow(rt, ctx, thread, row);
  } catch (error) {
    rt.log.info({ err: error, threadId: thread.id }, "a refusal stays without its substatus");
    return null;
  }
}

/** A note about the thread never decides about the reply: without it Mercado Libre says the same once more. */
async function noted(rt: Runtime, thread: StoredThread, note: () => Promise<void>): Promise<void> {
  try {
    await note();
  } catch (error) {
    rt.log.warn({ err: error, threadId: thread.id }, "what a send told of its thread was not noted");
  }
}
