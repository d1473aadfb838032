import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { HOLD, QUESTION_CLOSED } from "@/lib/server/channels/question-reasons";
import type { MeliError } from "@/lib/server/mercadolibre/failure";
import { questionRefusalOf } from "@/lib/server/mercadolibre/question-refusal";
import type { Runtime } from "@/lib/server/runtime";
import { listSiblings, type OutboxRow, type OutboxStep } from "@/lib/server/store/outbox";
import type { StoredThread } from "@/lib/server/store/threads";
import { isUnanswered } from "@/lib/shared/question/chain";
import type { ThreadSnapshot } from "@/lib/shared/thread";
import { afterFailure, pauseOf } from "./after-failure";
import { readAgain } from "./after-send";
import { foundIn, questionOf } from "./look";
import { readListing } from "./read-listing";

/** An answer that is not there is given again by itself so often. */
const MOST_TIMES = 8;

/** What becomes of an answer that Mercado Libre has refused. "Not unanswered" is no failure: the question is read, and either our
 *  words are its answer, or another's are, or it cannot be answered (questions-and-contacts.md 1.4). A listing that is not
 *  active is read, so that the screen shows it; it is never touched. */
export async function afterQuestionRefusal(
  rt: Runtime,
  ctx: AccountCtx,
  thread: StoredThread,
  row: OutboxRow,
  error: MeliError,
): Promise<OutboxStep> {
  const refusal = questionRefusalOf(error);
  if (refusal === null) return afterFailure(row, error);
  const snapshot = await readAgain(rt, ctx, thread, row);
  if (refusal === "item_not_active") await readListing(rt, ctx, thread);
  if (refusal !== "already_answered") return afterFailure(row, error);
  // What it is now is not known: it is looked for like an answer whose fate is not.
  if (snapshot === null) return { state: "uncertain", reason: QUESTION_CLOSED, lookups: 0, againInMs: 1_500 };
  const found = foundIn(thread, row, snapshot, await listSiblings(rt.db, thread.id));
  if (found !== null) return found;
  const question = askedIn(row, snapshot);
  if (question?.isOnHold) return { state: "failed", reason: HOLD, isSettled: true };
  return unanswered(row, snapshot) ?? { state: "failed", reason: QUESTION_CLOSED, isSettled: true };
}

const askedIn = (row: OutboxRow, { chain }: ThreadSnapshot) =>
  chain?.questions.find(({ id }) => id === questionOf(row));

/** An answer that is not there, of a question that still waits, is given again by itself: a question takes one answer and no
 *  second, whatever arrives late (questions-and-contacts.md 1.4, docs/decisions/051). Null: it is no such answer, or it was
 *  given often enough. */
export function unanswered(row: OutboxRow, snapshot: ThreadSnapshot): OutboxStep | null {
  const question = askedIn(row, snapshot);
  if (question === undefined || !isUnanswered(question) || row.state === "accepted") return null;
  if (row.attempts >= MOST_TIMES) return null;
  return { state: "queued", attempts: row.attempts + 1, lookups: 0, againInMs: pauseOf(row.attempts) };
}
