import "server-only";
import { withAccount } from "@/lib/server/account-context";
import type { Session } from "@/lib/server/accounts/current-session";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { questionReasonOf } from "@/lib/server/channels/question-reasons";
import { blockBuyer, unblockBuyer } from "@/lib/server/mercadolibre/blocked-buyers";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import { questionRefusalOf } from "@/lib/server/mercadolibre/question-refusal";
import { deleteQuestion, hideQuestions } from "@/lib/server/mercadolibre/questions";
import { count } from "@/lib/server/metrics/count";
import { runtime } from "@/lib/server/runtime";
import { noteBlocked } from "@/lib/server/store/account-facts";
import { hasOtherAnswer } from "@/lib/server/store/act-rivals";
import { noteHidden } from "@/lib/server/store/held-questions";
import type { StoredThread } from "@/lib/server/store/threads";
import { databaseNow } from "@/lib/server/store/wanted";
import { pullInto } from "@/lib/server/sync/pull-thread";
import { tombstone } from "@/lib/server/sync/tombstone";
import type { QuestionActKind } from "@/lib/shared/api/question";
import type { ThreadView } from "@/lib/shared/api/thread";
import { AppError } from "@/lib/shared/errors";
import { aboutOf } from "./about";
import { requireThread } from "./find-thread";
import { threadView } from "./thread-view";

export interface QuestionAddress {
  externalId: string;
  account?: string | undefined;
}

/** Deletes the question in the address, hides it, or blocks its buyer or lets them ask again: at once, for doing any of it twice
 *  changes nothing more (questions-and-contacts.md 1.5). Answers the thread as it is then.
 *  @throws AppError not_found, account_disconnected, conflict (reason `answer_pending`: an answer is on its way), refused_by_meli
 *  (reason: `question_closed` for one that is not unanswered, `question_gone`, `no_buyer`), slow_down, meli_down */
export async function actOnQuestion(
  session: Session,
  address: QuestionAddress,
  act: QuestionActKind,
): Promise<ThreadView> {
  const rt = runtime();
  const wanted = { channel: "questions", ...address } as const;
  const thread = await requireThread(session, wanted);
  if (thread.accountState !== "connected") throw new AppError("account_disconnected", "not connected");
  let result = "refused";
  try {
    await withAccount(rt, thread.accountId, "reply", (ctx) => DOERS[act](ctx, thread, aboutOf(thread)));
    result = "done";
  } finally {
    count("question_acts", { act, result });
  }
  const view = await threadView(session, await requireThread(session, wanted), false);
  if (view === null) throw new AppError("not_found", "the thread vanished");
  return view;
}

type Doer = (ctx: AccountCtx, thread: StoredThread, questionId: string) => Promise<void>;

const DOERS: Readonly<Record<QuestionActKind, Doer>> = {
  delete: removeQuestion,
  hide: hideQuestion,
  block: (ctx, thread) => setBlocked(ctx, thread, true),
  unblock: (ctx, thread) => setBlocked(ctx, thread, false),
};

async function removeQuestion(ctx: AccountCtx, thread: StoredThread, questionId: string): Promise<void> {
  const rt = runtime();
  const { id: threadId } = thread;
  if (isDeleted(thread.chain, questionId)) return;
  if (await hasOtherAnswer(rt.db, { threadId, questionId })) {
    throw new AppError("conflict", "an answer is on its way", { reason: "answer_pending" });
  }
  const readFrom = await databaseNow(rt.db);
  try {
    await deleteQuestion(ctx.meli, questionId);
  } catch (error) {
    const refusal = questionRefusalOf(error);
    if (refusal === null) throw error;
    if (refusal !== "gone") {
      // What it is instead is shown with the refusal.
      const now = await pullInto(rt, ctx, "questions", { ...thread, asked: questionId });
      if (now.kind === "stored" && isDeleted(now.snapshot.chain ?? null, questionId)) return;
      throw told(error);
    }
  }
  await tombstone(rt, ctx, { id: questionId, threadId }, readFrom);
}

/** Somebody else may have deleted it meanwhile. */
const isDeleted = (chain: StoredThread["chain"], questionId: string): boolean =>
  chain?.questions.some(({ id, status }) => id === questionId && status === "DELETED") ?? false;

async function hideQuestion(ctx: AccountCtx, thread: StoredThread, questionId: string): Promise<void> {
  try {
    await hideQuestions(ctx.meli, [questionId]);
  } catch (error) {
    throw told(error);
  }
  await noteHidden(runtime().db, thread.accountId, thread.id, questionId);
}

async function setBlocked(ctx: AccountCtx, thread: StoredThread, isBlocked: boolean): Promise<void> {
  const { buyerId, sellerId, accountId } = thread;
  if (buyerId === null) {
    throw new AppError("refused_by_meli", "nobody knows who asks", { reason: "no_buyer" });
  }
  try {
    if (isBlocked) await blockBuyer(ctx.meli, { sellerId, buyerId });
    else await unblockBuyer(ctx.meli, { sellerId, buyerId });
  } catch (error) {
    // Somebody who is not on the list is not blocked.
    if (isBlocked || !(error instanceof MeliError) || error.failure.status !== 404) throw error;
  }
  await noteBlocked(runtime().db, accountId, buyerId, isBlocked);
}

/** A refusal in the words that the screen has. */
function told(error: unknown): unknown {
  const reason = questionReasonOf(error);
  if (reason === null) return error;
  return new AppError("refused_by_meli", `refused: ${reason}`, { reason }, { cause: error });
}
