import "server-only";
import { AppError } from "@/lib/shared/errors";
import { MeliError } from "./failure";
import type { Meli } from "./http";
import { digits, type Route } from "./paths";
import { ABOUT_QUESTIONS, itemFilter, LAST_OFFSET, offsetOf, QUESTION_PATHS } from "./question-paths";
import { integer, type Question, question, questionIn, questionPage } from "./question-wire";
import { sift } from "./wire";

export type { Question, QuestionAnswer } from "./question-wire";

/** The default, and the largest page that every document agrees on (questions-and-contacts.md 8). */
const PAGE_SIZE = 50;

const NEWEST_FIRST = { sort_fields: "date_created", sort_types: "DESC" } as const;

const statusFilter = (status: string | undefined): Record<string, string> =>
  status === undefined ? {} : { status: status.trim().toUpperCase() };

/** One page of questions. */
export interface QuestionsPage {
  questions: Question[];
  /** Of all that the filters match. Where the answer names none: one more than was seen, while pages are full. */
  total: number;
  /** How many of the page made no sense: the next page begins after them too. */
  unreadable: number;
}

/**
 * One page of a seller's questions, at most 50, newest first; the next begins `questions.length + unreadable` further on.
 * `itemId` with `buyerId` is one chain, asked for by item and buyer alone: a buyer beside a seller is refused
 * (questions-and-contacts.md 1.1). What lies beyond offset 1,000 is had from scanQuestions.
 * @throws MeliError; AppError invalid_input for an offset beyond 1,000, a buyer without an item, or an impossible id
 */
export async function searchQuestions(
  meli: Meli,
  o: {
    sellerId: string;
    status?: string | undefined;
    itemId?: string | undefined;
    buyerId?: string | undefined;
    offset: number;
  },
): Promise<QuestionsPage> {
  const offset = offsetOf(o.offset);
  const route = QUESTION_PATHS[meli.profile].search({
    ...whose(o),
    ...statusFilter(o.status),
    ...NEWEST_FIRST,
    limit: String(PAGE_SIZE),
    offset: String(offset),
  });
  const { questions, unreadable, total } = await readPage(meli, route);
  const rows = questions.length + unreadable;
  return { questions, unreadable, total: total ?? offset + rows + (rows >= PAGE_SIZE ? 1 : 0) };
}

function whose(o: {
  sellerId: string;
  itemId?: string | undefined;
  buyerId?: string | undefined;
}): Record<string, string> {
  const { itemId, buyerId } = o;
  if (buyerId === undefined) {
    return { seller_id: digits(o.sellerId), ...(itemId === undefined ? {} : ofItem(itemId)) };
  }
  if (itemId === undefined) {
    throw new AppError("invalid_input", "a buyer is asked for with an item", {
      reason: "buyer_without_item",
    });
  }
  return { ...ofItem(itemId), from: digits(buyerId) };
}

/** By both of its names: documents have either, and a name that is not known narrows nothing (questions-and-contacts.md 8). */
function ofItem(itemId: string): Record<string, string> {
  const item = itemFilter(itemId);
  return { item, item_id: item };
}

async function readPage(meli: Meli, route: Route) {
  const body = await meli.wire.read(route, questionPage);
  const { kept, dropped } = sift(body.questions, question);
  if (dropped > 0) meli.wire.odd(route, { droppedQuestions: dropped });
  return { questions: kept, unreadable: dropped, total: body.total, scrollId: body.scroll_id };
}

/**
 * Every question of a seller, page by page and each once, also beyond the last offset. LOCAL: in no promised order, by a scan
 * whose id lives five minutes; one that expired is begun again, once (questions-and-contacts.md 1.1). GLOBAL has no scan and
 * ends where offsets do (3). `isComplete` is true only when all that there is was given: a question that is not among those
 * of an incomplete scan may still exist.
 * @throws MeliError
 */
export async function* scanQuestions(
  meli: Meli,
  o: { sellerId: string; status?: string | undefined },
): AsyncGenerator<Question[], { isComplete: boolean }> {
  return yield* QUESTION_PATHS[meli.profile].canScan ? scan(meli, o) : pages(meli, o);
}

type Walk = AsyncGenerator<Question[], { isComplete: boolean }>;
type Whose = { sellerId: string; status?: string | undefined };

/** Those of a page that were not given yet, which they now are. */
function fresh(questions: readonly Question[], given: Set<string>): Question[] {
  return questions.filter(({ id }) => !given.has(id) && given.add(id));
}

async function* scan(meli: Meli, o: Whose): Walk {
  const given = new Set<string>();
  for (let passes = 1; passes <= 2; passes += 1) {
    const ending = yield* scanOnce(meli, o, given);
    if (ending !== "expired") return { isComplete: ending === "complete" };
  }
  return { isComplete: false };
}

async function* scanOnce(
  meli: Meli,
  o: Whose,
  given: Set<string>,
): AsyncGenerator<Question[], "complete" | "incomplete" | "expired"> {
  const inThisPass = new Set<string>();
  let unreadable = 0;
  let scrollId: string | null = null;
  for (;;) {
    const route: Route = QUESTION_PATHS[meli.profile].search({
      seller_id: digits(o.sellerId),
      ...statusFilter(o.status),
      search_type: "scan",
      limit: String(PAGE_SIZE),
      ...(scrollId === null ? {} : { scroll_id: scrollId }),
    });
    let page: Awaited<ReturnType<typeof readPage>>;
    try {
      page = await readPage(meli, route);
    } catch (error) {
      if (scrollId === null || !isExpired(error)) throw error;
      return "expired";
    }
    unreadable += page.unreadable;
    const isNew = fresh(page.questions, inThisPass).length > 0;
    const news = fresh(page.questions, given);
    if (news.length > 0) yield news;
    const isLast = page.scrollId === null || page.questions.length + page.unreadable === 0;
    if (isLast) return unreadable === 0 ? "complete" : "incomplete";
    if (!isNew) return "incomplete"; // the same page again would never end
    scrollId = page.scrollId;
  }
}

/** No document says how an expired scroll is refused; a refusal of a call that passed before can be nothing else. */
function isExpired(error: unknown): boolean {
  return error instanceof MeliError && [400, 404, 410].includes(error.failure.status ?? 0);
}

async function* pages(meli: Meli, o: Whose): Walk {
  const given = new Set<string>();
  let unreadable = 0;
  let offset = 0;
  while (offset <= LAST_OFFSET) {
    const page = await searchQuestions(meli, { ...o, offset });
    unreadable += page.unreadable;
    const news = fresh(page.questions, given);
    if (news.length > 0) yield news;
    const rows = page.questions.length + page.unreadable;
    offset += rows;
    if (rows === 0 || offset >= page.total) return { isComplete: offset >= page.total && unreadable === 0 };
  }
  return { isComplete: false };
}

/**
 * A question by id: the one place for its last change, its application, and who asks on a classified listing
 * (questions-and-contacts.md 1.2).
 * @throws MeliError: `questionRefusalOf` says what a refusal means
 */
export async function readQuestion(meli: Meli, id: string): Promise<Question> {
  return await meli.wire.read(QUESTION_PATHS[meli.profile].question(id), question);
}

/**
 * Answers a question, once and for good: there is no edit and no second answer. Any 2xx is a success. Sent once and never
 * retried: after `failure.mayHaveApplied` the question must be read; answered with our text it is done, UNANSWERED it may be
 * sent again (questions-and-contacts.md 1.4).
 * @returns the question as it is now; null when the answer, a success, did not tell
 * @throws MeliError: `questionRefusalOf` says what a refusal means; AppError invalid_input for an impossible id
 */
export async function answerQuestion(
  meli: Meli,
  o: { questionId: string; text: string },
): Promise<Question | null> {
  const json = `{"question_id":${integer(o.questionId)},"text":${JSON.stringify(o.text)}}`;
  const found = questionIn(await meli.wire.act(QUESTION_PATHS[meli.profile].answer(), () => json));
  return found !== null && BigInt(found.id) === BigInt(o.questionId) ? found : null;
}

/**
 * Deletes an unanswered question from its listing. Doing it twice does no harm: the second is refused.
 * @throws MeliError: `questionRefusalOf` says what a refusal means, `already_answered` for one that is not unanswered
 */
export async function deleteQuestion(meli: Meli, id: string): Promise<void> {
  await meli.wire.act(QUESTION_PATHS[meli.profile].remove(id), null);
}

/** What the list of questions to hide is called: no document says, and public code has both. */
const HIDDEN_KEYS = ["question_ids", "questions_ids"] as const;

/**
 * Hides questions from the seller's lists; whether from the search too is not documented (questions-and-contacts.md 9). May be
 * done again. A 400 makes it be sent in the other spelling, once.
 * @throws MeliError the first refusal, when both spellings are refused; AppError invalid_input for an impossible id
 */
export async function hideQuestions(meli: Meli, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const listed = [...new Set(ids.map(integer))].join(",");
  let refusal: unknown;
  for (const key of HIDDEN_KEYS) {
    try {
      await meli.wire.act(ABOUT_QUESTIONS.hide(), () => `{"${key}":[${listed}]}`);
      return;
    } catch (error) {
      refusal ??= error;
      if (!(error instanceof MeliError) || error.failure.status !== 400) throw error;
    }
  }
  throw refusal;
}
