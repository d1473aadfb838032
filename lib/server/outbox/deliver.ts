import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { channelOf } from "@/lib/server/channels/channels";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import type { Runtime } from "@/lib/server/runtime";
import { listSiblings, type OutboxRow, type OutboxStep } from "@/lib/server/store/outbox";
import type { StoredThread } from "@/lib/server/store/threads";
import { AppError } from "@/lib/shared/errors";
import type { ThreadSnapshot } from "@/lib/shared/thread";
import { afterFailure, pauseOf, reasonOf } from "./after-failure";
import { actOf, foundIn, readNow } from "./look";
import type { Ready } from "./prepare";

/** After how long a reply that was not seen is looked for again; the last of them ends the search. Together more than a
 *  minute and four reads: whatever Mercado Libre applies up to half a minute late is found (issue: uncertain). */
const LOOKUP_PAUSES_MS = [1_500, 4_000, 15_000, 45_000] as const;

/** Sends the reply. The caller has written `sending` before. Whatever may have been applied ends as `uncertain` and is
 *  looked for; only what was certainly not applied is ever sent again by itself.
 *  @throws MeliError 401 only, and nothing was sent: the account must be connected again. */
export async function send(rt: Runtime, ready: Ready, row: OutboxRow): Promise<OutboxStep> {
  const { ctx, thread, snapshot, files } = ready;
  try {
    const accepted = await channelOf(thread.channel).act(ctx, thread, snapshot, actOf(row), files);
    return { state: "accepted", messageId: accepted.messageId, reason: null, lookups: 0, keepsLease: true };
  } catch (error) {
    if (error instanceof MeliError && error.failure.status === 401) throw error;
    rt.log.warn({ err: error, outboxId: row.id, threadId: thread.id }, "sending a reply failed");
    if (error instanceof MeliError && !error.failure.mayHaveApplied) {
      return named(rt, ctx, thread, afterFailure(row, error), error);
    }
    // Ours alone: the fence, the budget, the tokens. Nothing has left.
    if (error instanceof AppError && !(error instanceof MeliError)) return afterFailure(row, error);
    return { state: "uncertain", reason: reasonOf(error), lookups: 0, againInMs: LOOKUP_PAUSES_MS[0] };
  }
}

/** Gives a refusal its substatus: often only the conversation tells which block it is (messages.md 7). */
async function named(
  rt: Runtime,
  ctx: AccountCtx,
  thread: StoredThread,
  step: OutboxStep,
  { failure }: MeliError,
): Promise<OutboxStep> {
  if (failure.status !== 403) return step;
  try {
    const snapshot = await readNow(rt, ctx, thread);
    return snapshot?.status === "blocked" && snapshot.substatus !== null
      ? { ...step, reason: snapshot.substatus }
      : step;
  } catch (error) {
    rt.log.info({ err: error, threadId: thread.id }, "a refusal stays without its substatus");
    return step;
  }
}

/** Looks for a reply in the thread: seen, in moderation, rejected, or not there (yet). Sends nothing; may be repeated. */
export async function confirm(
  rt: Runtime,
  ctx: AccountCtx,
  thread: StoredThread,
  row: OutboxRow,
): Promise<OutboxStep> {
  const again = (state: "accepted" | "uncertain", reason: string | null): OutboxStep => {
    const lookups = row.lookups + 1;
    const pause = LOOKUP_PAUSES_MS[lookups];
    return pause === undefined
      ? { state: "uncertain", reason: reason ?? "not_seen", lookups, isSettled: true }
      : { state, reason, lookups, againInMs: pause };
  };
  const state = row.state === "uncertain" ? "uncertain" : "accepted";
  let snapshot: ThreadSnapshot | null;
  try {
    snapshot = await readNow(rt, ctx, thread);
  } catch (error) {
    // A look that got no answer is no look: it does not count towards giving up.
    rt.log.info({ err: error, outboxId: row.id }, "could not look for a reply");
    return { state, againInMs: pauseOf(Math.min(row.lookups + 2, 5)) };
  }
  if (snapshot === null) return again(state, row.reason);
  const siblings = await listSiblings(rt.db, thread.id);
  return foundIn(thread, row, snapshot, siblings) ?? again(state, row.reason);
}
