import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { isAsked } from "@/lib/server/channels/question-pull";
import { changedOf } from "@/lib/server/channels/question-search";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import { type Question, readQuestion, searchQuestions } from "@/lib/server/mercadolibre/questions";
import type { Runtime } from "@/lib/server/runtime";
import { listHeldQuestions } from "@/lib/server/store/held-questions";
import { noteQuestionNoticed } from "@/lib/server/store/noticed";
import { finishNotices } from "@/lib/server/store/notices";
import { wishContext } from "@/lib/server/store/thread-wishes";
import { findThread } from "@/lib/server/store/threads";
import { databaseNow } from "@/lib/server/store/wanted";
import { saveFound } from "@/lib/server/sync/save-found";
import { tombstone } from "@/lib/server/sync/tombstone";
import type { ThreadId } from "@/lib/shared/ids";
import type { Followed, Group } from "./work-notices";

const ended = (state: "done" | "dropped", outcome: string): Followed => ({
  kind: "ended",
  outcome: { state, outcome },
});

/** From a question's notice to its chain: one read by its id, and one search where it is the first that we know of its chain
 *  (what the buyer asked before), or nobody said who asks. Of an id that anybody can make up nothing is kept. */
export async function followQuestion(rt: Runtime, ctx: AccountCtx, group: Group): Promise<Followed> {
  const { subject } = group;
  const readFrom = await databaseNow(rt.db);
  const held = (await listHeldQuestions(rt.db, ctx.accountId, [subject])).get(subject);
  const question = await readOrGone(ctx, subject);
  if (question === null) {
    // One that was listed a moment ago may not be readable by itself yet (notifications.md 4): gone is what stays so.
    if (held === undefined || group.tries === 0) return { kind: "too_fresh" };
    await tombstone(rt, ctx, held, readFrom);
    return settled(rt, ctx, group, null);
  }
  if (!isAsked(ctx, question)) return ended("dropped", "refused");
  const isFirst = held === undefined || held.chain?.buyerId == null;
  const [told, before] = isFirst ? await withChain(ctx, question) : [question, []];
  const found = [...before, told].map((one) => changedOf(ctx, one));
  const [id = held?.threadId] = await saveFound(rt, ctx, found, readFrom);
  return settled(rt, ctx, group, isFirst ? (id ?? null) : null);
}

/** The notice has done its work; what stands beside a chain that is new is read by whoever is free for it. */
async function settled(
  rt: Runtime,
  ctx: AccountCtx,
  { ids, subject }: Group,
  fresh: ThreadId | null,
): Promise<Followed> {
  const thread = fresh === null ? null : await findThread(rt.db, [ctx.accountId], "questions", subject);
  await rt.db.transaction(async (tx) => {
    if (thread !== null && (thread.listing === null || thread.buyerName === null)) {
      await wishContext(tx, ctx.accountId, thread.id);
    }
    await noteQuestionNoticed(tx, ctx.accountId, subject);
    await finishNotices(tx, rt.worker, ids, { state: "done", outcome: "followed" }, ctx.accountId);
  });
  return { kind: "committed" };
}

/** The question. Null: it is gone, or too fresh to be read (notifications.md 4). @throws MeliError */
async function readOrGone(ctx: AccountCtx, id: string): Promise<Question | null> {
  try {
    return await readQuestion(ctx.meli, id);
  } catch (error) {
    if (error instanceof MeliError && error.failure.status === 404) return null;
    throw error;
  }
}

/** What its buyer asked about the same listing, in one search; where nobody says who asks, the listing's newest questions may.
 *  A search that is refused keeps no question from being stored. */
async function withChain(ctx: AccountCtx, question: Question): Promise<[Question, Question[]]> {
  const { id, sellerId, itemId, buyerId } = question;
  try {
    const page = await searchQuestions(ctx.meli, {
      ...{ sellerId, itemId, offset: 0 },
      ...(buyerId === null ? {} : { buyerId }),
    });
    const asker = buyerId ?? page.questions.find((one) => one.id === id)?.buyerId ?? null;
    const others = page.questions.filter(
      (one) => asker !== null && one.buyerId === asker && one.itemId === itemId && one.id !== id,
    );
    return [{ ...question, buyerId: asker }, others.filter((one) => isAsked(ctx, one))];
  } catch (error) {
    const status = error instanceof MeliError ? error.failure.status : null;
    if (status !== 400 && status !== 403 && status !== 404) throw error;
    return [question, []];
  }
}
