import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { channelOf } from "@/lib/server/channels/channels";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import type { Runtime } from "@/lib/server/runtime";
import { listSiblings, type OutboxRow, type OutboxStep } from "@/lib/server/store/outbox";
import type { StoredThread } from "@/lib/server/store/threads";
import { AppError } from "@/lib/shared/errors";
import type { ThreadSnapshot } from "@/lib/shared/thread";
import { afterFailure, isCertain, pauseOf, reasonOf } from "./after-failure";
import { afterRefusal, noteSent } from "./after-send";
import { afterClaimRefusal, factsOf } from "./claim-refused";
import { actOf, foundIn, questionOf, readNow } from "./look";
import type { Ready } from "./prepare";
import { afterQuestionRefusal, unanswered } from "./question-refused";

/** After how long a reply that was not seen is looked for again; the last of them ends the search. Together more than a
 *  minute and four reads: whatever Mercado Libre applies up to half a minute late is found (issue: uncertain). */
const LOOKUP_PAUSES_MS = [1_500, 4_000, 15_000, 45_000] as const;

/** How a send ended. `rejectedFor`: Mercado Libre took it and rejected it in one answer. */
export interface SendEnd {
  step: OutboxStep;
  rejectedFor: string | null;
}

/** Sends the reply, or does the act. The caller has written `sending` before. Whatever may have been applied ends as `uncertain` and is
 *  looked for; only what was certainly not applied is ever sent again by itself.
 *  @throws MeliError 401 only, and nothing was sent: the account must be connected again. */
export async function send(rt: Runtime, ready: Ready, row: OutboxRow): Promise<SendEnd> {
  const { ctx, thread, snapshot, files } = ready;
  const ended = (step: OutboxStep): SendEnd => ({ step, rejectedFor: null });
  try {
    const accepted = await channelOf(thread.channel).act(ctx, thread, snapshot, actOf(row), files);
    await noteSent(rt, thread, snapshot, row);
    return {
      step: {
        state: "accepted",
        messageId: accepted.messageId,
        ...(accepted.text === undefined ? {} : { text: accepted.text }),
        reason: null,
        lookups: 0,
        keepsLease: true,
        // Any 2xx: which one it was is not told.
        answer: { status: 200, facts: accepted.facts ?? {} },
      },
      rejectedFor: accepted.rejectedFor ?? null,
    };
  } catch (error) {
    if (error instanceof MeliError && error.failure.status === 401) throw error;
    rt.log.warn({ err: error, outboxId: row.id, threadId: thread.id }, "sending a reply failed");
    const isRefused = error instanceof MeliError && (!error.failure.mayHaveApplied || isCertain(error, row));
    if (isRefused && !isDoneBefore(row, error)) {
      return ended(await refused(rt, ready, row, error));
    }
    // Ours alone: the fence, the budget, the tokens. Nothing has left.
    if (error instanceof AppError && !(error instanceof MeliError)) return ended(afterFailure(row, error));
    const reason = reasonOf(error, row);
    const answer = factsOf(error);
    return ended({ state: "uncertain", reason, lookups: 0, againInMs: LOOKUP_PAUSES_MS[0], answer });
  }
}

/** What becomes of a row that Mercado Libre has certainly not applied, by what it was. */
function refused(
  rt: Runtime,
  { ctx, thread, snapshot }: Ready,
  row: OutboxRow,
  error: MeliError,
): Promise<OutboxStep> {
  if (questionOf(row) !== null) return afterQuestionRefusal(rt, ctx, thread, row, error);
  if (row.act !== null) return afterClaimRefusal(rt, ctx, thread, row, error);
  return afterRefusal(rt, ctx, thread, row, snapshot, error);
}

/** Mercado Libre refuses what it says was done already (claims.md 5.3): then it may well have been, and it is looked for. Pure. */
const isDoneBefore = (row: OutboxRow, error: MeliError): boolean =>
  row.act !== null && reasonOf(error, row) === "duplicate";

/** Looks for a reply in the thread: seen, in moderation, rejected, or not there (yet). Sends nothing; may be repeated.
 *  @param rejectedFor what the answer to the send said: then it need not be seen to be believed */
export async function confirm(
  rt: Runtime,
  ctx: AccountCtx,
  thread: StoredThread,
  row: OutboxRow,
  rejectedFor: string | null = null,
): Promise<OutboxStep> {
  const again = (state: "accepted" | "uncertain", reason: string | null): OutboxStep => {
    const lookups = row.lookups + 1;
    if (rejectedFor !== null) return { state: "rejected", reason: rejectedFor, isSettled: true };
    const pause = LOOKUP_PAUSES_MS[lookups];
    return pause === undefined
      ? { state: "uncertain", reason: reason ?? "not_seen", lookups, isSettled: true }
      : { state, reason, lookups, againInMs: pause };
  };
  const state = row.state === "uncertain" ? "uncertain" : "accepted";
  let snapshot: ThreadSnapshot | null;
  try {
    snapshot = await readNow(rt, ctx, thread, row);
  } catch (error) {
    // A look that got no answer is no look: it does not count towards giving up.
    rt.log.info({ err: error, outboxId: row.id }, "could not look for a reply");
    if (rejectedFor !== null) return { state: "rejected", reason: rejectedFor, isSettled: true };
    return { state, againInMs: pauseOf(Math.min(row.lookups + 2, 5)) };
  }
  if (snapshot === null) return again(state, row.reason);
  const siblings = await listSiblings(rt.db, thread.id);
  const found = foundIn(thread, row, snapshot, siblings);
  return found ?? unanswered(row, snapshot) ?? again(state, row.reason);
}
