import "server-only";
import { type Question, scanQuestions, searchQuestions } from "@/lib/server/mercadolibre/questions";
import type { AccountCtx, Changed, ToldQuestion } from "./channel";
import { askedSeller, isAsked, listingOf } from "./question-pull";
import { contactOf, messagesOf, stateOf } from "./question-words";

/** More than a search gives by pages (questions-and-contacts.md 1.1). */
const BY_PAGES = 1_000;

/** What a question adds to its chain. Pure. */
export function toldOf(ctx: AccountCtx, question: Question): ToldQuestion {
  const { itemId, buyerId } = question;
  return {
    chain: { itemId, buyerId, contact: contactOf(question), questions: [stateOf(question)] },
    messages: messagesOf(question, askedSeller(ctx, question).userId),
    listingId: listingOf(question),
  };
}

/** A question with its words and whose it is. Pure. */
export function changedOf(ctx: AccountCtx, question: Question): Changed {
  const { userId, siteId } = askedSeller(ctx, question);
  const { id: externalId, buyerId } = question;
  return { externalId, sellerId: userId, siteId, unread: 0, buyerId, question: toldOf(ctx, question) };
}

/** All questions that wait for an answer, or (`since`) those that were asked from then on and have one; each once, with its
 *  words, so that it is stored at no call of its own. More than a thousand are had by a scan (questions-and-contacts.md 1.1).
 *  Sorting by the last change does not exist (2): what else moved is told by notices. @throws MeliError */
export async function* changedQuestions(
  ctx: AccountCtx,
  since: Date | null,
): AsyncGenerator<Changed, { isComplete: boolean }> {
  const given = new Set<string>();
  const isNews = (question: Question) => {
    const isIn = since === null || question.createdAt >= since;
    const isNew = isIn && isAsked(ctx, question) && !given.has(question.id);
    if (isNew) given.add(question.id);
    return isNew;
  };
  let isComplete = true;
  for (const { userId: sellerId } of ctx.sellers) {
    const walk = questionsOf(ctx, { sellerId, status: since === null ? "UNANSWERED" : "ANSWERED" }, since);
    for (;;) {
      const next = await walk.next();
      if (next.done) {
        isComplete &&= next.value.isComplete;
        break;
      }
      for (const question of next.value) if (isNews(question)) yield changedOf(ctx, question);
    }
  }
  return { isComplete };
}

/** Page after page, newest first; where pages end, by a scan. */
async function* questionsOf(
  ctx: AccountCtx,
  query: { sellerId: string; status: string },
  since: Date | null,
): AsyncGenerator<Question[], { isComplete: boolean }> {
  let isReadable = true;
  let offset = 0;
  for (;;) {
    const page = await searchQuestions(ctx.meli, { ...query, offset });
    yield page.questions;
    isReadable &&= page.unreadable === 0;
    const rows = page.questions.length + page.unreadable;
    offset += rows;
    const oldest = page.questions.at(-1)?.createdAt;
    const isPast = since !== null && oldest !== undefined && oldest < since;
    if (rows === 0 || isPast || offset >= page.total) return { isComplete: isReadable };
    const isMore = since === null ? page.total > BY_PAGES : offset > BY_PAGES;
    if (isMore) return yield* scanQuestions(ctx.meli, query);
  }
}
