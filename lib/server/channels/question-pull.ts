import "server-only";
import { isAbsent } from "@/lib/server/mercadolibre/context-read";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import { type Question, readQuestion, searchQuestions } from "@/lib/server/mercadolibre/questions";
import type { Chain, QuestionState } from "@/lib/shared/api/question";
import { isUnanswered, standingOf } from "@/lib/shared/question/chain";
import { mergedChain } from "@/lib/shared/question/merge";
import type { Message, ThreadSnapshot } from "@/lib/shared/thread";
import type { AccountCtx, Gone, Held, Pulled, Ref } from "./channel";
import { contactOf, messagesOf, stateOf } from "./question-words";

/** Pages of one chain: nobody asks a thousand questions about one thing. */
const MOST_PAGES = 5;
/** Questions that a search leaves out, read one by one. */
const MOST_BY_ID = 20;

/** Is the account the one who is asked? Whoever sells may ask others: those questions are none of a seller's. Pure. */
export function isAsked(ctx: AccountCtx, { sellerId }: Pick<Question, "sellerId">): boolean {
  return sellerId === ctx.accountId || ctx.sellers.some(({ userId }) => userId === sellerId);
}

/** The selling user of a question, with its site: on Global Selling the local one. Pure. */
export function askedSeller(
  ctx: AccountCtx,
  { sellerId, siteId }: Pick<Question, "sellerId" | "siteId">,
): { userId: string; siteId: string } {
  const named =
    ctx.sellers.find(({ userId }) => userId === sellerId) ??
    ctx.sellers.find((one) => one.siteId === siteId) ??
    ctx.sellers[0];
  return named ?? { userId: ctx.accountId, siteId: siteId ?? ctx.siteId };
}

/** The listing that the buyer saw: on Global Selling that of their site. Pure. */
export const listingOf = ({ marketplaceItemId, itemId }: Question): string => marketplaceItemId ?? itemId;

/** What was read of one chain: its questions, and those that are not there any more. */
class Reading {
  readonly found = new Map<string, Question>();
  readonly gone = new Set<string>();

  add(question: Question): void {
    const before = this.found.get(question.id);
    // An answer is for ever: what was read first and shows it knows more than a search that lags.
    if (before?.answer != null && question.answer === null) return;
    this.found.set(question.id, question);
    this.gone.delete(question.id);
  }

  has(id: string): boolean {
    return this.found.has(id) || this.gone.has(id);
  }
}

/**
 * Reads a chain: one search by item and buyer, after the question itself where the chain is not known yet. What we hold as
 * waiting and no search shows is read by its id: one that is gone stays as a tombstone. A question that is meant (`ref.asked`)
 * is read by its id last of all: what a search says may be older.
 * @throws MeliError that may be retried
 */
export async function pullChain(ctx: AccountCtx, ref: Ref, held: Held | null = null): Promise<Pulled | Gone> {
  const known = held?.chain ?? null;
  const reading = new Reading();
  if (known === null) {
    const first = await readOwn(ctx, ref.asked ?? ref.externalId);
    if ("kind" in first) return first;
    reading.add(first);
  }
  const [first] = reading.found.values();
  const itemId = known?.itemId ?? first?.itemId ?? "";
  const sellerId = held === null ? null : ref.sellerId;
  const buyerId = known?.buyerId ?? first?.buyerId ?? (await findBuyer(ctx, itemId, first, sellerId));
  const isComplete = buyerId !== null && (await readAll(ctx, reading, { itemId, buyerId, ref }));
  const waiting = (known?.questions ?? []).filter(isUnanswered).map(({ id }) => id);
  // Of a chain that has no buyer, or cannot be searched, each that may have moved.
  const missing = waiting.filter((id) => !reading.has(id)).slice(0, MOST_BY_ID);
  for (const id of missing) await readById(ctx, reading, id);
  if (ref.asked != null && known !== null && !missing.includes(ref.asked)) {
    await readById(ctx, reading, ref.asked);
  }
  await readContact(ctx, reading, known, held);
  if (known === null && reading.found.size === 0) return { kind: "gone", status: 404, reason: "not_found" };
  return pulledOf(ctx, ref, held, reading, { itemId, buyerId, isComplete });
}

function pulledOf(
  ctx: AccountCtx,
  ref: Ref,
  held: Held | null,
  reading: Reading,
  o: { itemId: string; buyerId: string | null; isComplete: boolean },
): Pulled {
  const questions = [...reading.found.values()];
  const [some] = questions;
  const seller =
    some === undefined
      ? { userId: ref.sellerId ?? ctx.accountId, siteId: ref.siteId ?? ctx.siteId }
      : askedSeller(ctx, some);
  const known = held?.chain ?? null;
  const chain: Chain = {
    itemId: o.itemId,
    buyerId: o.buyerId,
    contact: questions.map(contactOf).findLast((contact) => contact !== null) ?? null,
    questions: [...questions.map(stateOf), ...tombstones(known, reading.gone)],
  };
  const read = questions.flatMap((question) => messagesOf(question, seller.userId));
  const whole = mergedChain(known, chain);
  const messages = beside(held?.messages ?? [], read);
  const snapshot: ThreadSnapshot = {
    externalId: held?.externalId ?? ref.asked ?? ref.externalId,
    siteId: seller.siteId,
    sellerId: seller.userId,
    ...standingOf(whole, held?.listing?.status ?? null),
    isAgentPath: false,
    sellerMaxLength: null,
    claimIds: [],
    buyerName: null,
    messages,
    total: messages.length,
    isComplete: o.isComplete || (held?.isComplete ?? false),
    buyerId: o.buyerId,
    chain: whole,
    ...(some === undefined ? {} : { listingId: listingOf(some) }),
  };
  // Questions leave no gap behind: one that is gone is told by its own state.
  return { kind: "pulled", snapshot, read, isExact: false, chain };
}

/** What is left of questions that are not there any more (questions-and-contacts.md 1.3). Pure. */
function tombstones(known: Chain | null, gone: ReadonlySet<string>): QuestionState[] {
  return (known?.questions ?? [])
    .filter(({ id }) => gone.has(id))
    .map((question) => ({ ...question, status: "DELETED" }));
}

/** All messages: those that were read, and of the others those that are held. Pure. */
function beside(held: readonly Message[], read: readonly Message[]): Message[] {
  const ids = new Set(read.map(({ id }) => id));
  return [...held.filter(({ id }) => !ids.has(id)), ...read].toSorted(
    (a, b) => a.createdAt.getTime() - b.createdAt.getTime(),
  );
}

/** A question by its id; that it is not shown to this account, or is not one that it was asked. */
async function readOwn(ctx: AccountCtx, id: string): Promise<Question | Gone> {
  try {
    const question = await readQuestion(ctx.meli, id);
    return isAsked(ctx, question) ? question : { kind: "gone", status: null, reason: "not_the_seller" };
  } catch (error) {
    if (!(error instanceof MeliError) || !isAbsent(error)) throw error;
    return { kind: "gone", status: error.failure.status, reason: error.failure.code ?? "refused" };
  }
}

/** A question that we know of: one that is not shown any more was deleted, by whom ever (questions-and-contacts.md 1.3). */
async function readById(ctx: AccountCtx, reading: Reading, id: string): Promise<void> {
  const question = await readOwn(ctx, id);
  if (!("kind" in question)) reading.add(question);
  else if (question.status === 404) reading.gone.add(id);
}

/** Who asks, where the question itself does not say (questions-and-contacts.md 1.2: `from` is missing by id): the search over
 *  its listing does. Null: nobody says. */
async function findBuyer(
  ctx: AccountCtx,
  itemId: string,
  question: Question | undefined,
  sellerId: string | null,
): Promise<string | null> {
  if (question === undefined) return null;
  const page = await searchQuestions(ctx.meli, {
    sellerId: sellerId ?? question.sellerId,
    itemId,
    offset: 0,
  });
  return page.questions.find(({ id }) => id === question.id)?.buyerId ?? null;
}

/** All questions of the chain that a search shows. False: it could not be searched (an integrator got 400 for `from`,
 *  questions-and-contacts.md 1.1), or shows more than is read. @throws MeliError */
async function readAll(
  ctx: AccountCtx,
  reading: Reading,
  { itemId, buyerId, ref }: { itemId: string; buyerId: string; ref: Ref },
): Promise<boolean> {
  let offset = 0;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await searchPage(ctx, { sellerId: ref.sellerId ?? ctx.accountId, itemId, buyerId, offset });
    if (page === null) return false;
    for (const question of page.questions) {
      // A filter that was not understood brings in what others asked.
      if (question.buyerId === buyerId && question.itemId === itemId && isAsked(ctx, question)) {
        reading.add(question);
      }
    }
    const rows = page.questions.length + page.unreadable;
    offset += rows;
    if (rows === 0 || offset >= page.total) return page.unreadable === 0;
  }
  return false;
}

type Query = Parameters<typeof searchQuestions>[1];

/** A page of a search for a chain. Null: such a search is refused. */
async function searchPage(ctx: AccountCtx, query: Query) {
  try {
    return await searchQuestions(ctx.meli, query);
  } catch (error) {
    const status = error instanceof MeliError ? error.failure.status : null;
    if (status === 400 || status === 403 || status === 404) return null;
    throw error;
  }
}

/** How to reach the buyer of a classified listing stands in a question by id alone (questions-and-contacts.md 1.2): in the
 *  newest one. */
async function readContact(
  ctx: AccountCtx,
  reading: Reading,
  known: Chain | null,
  held: Held | null,
): Promise<void> {
  if (held?.listing?.buyingMode !== "classified") return;
  const isTold = [...reading.found.values()].some(({ buyer }) => buyer !== null);
  if (isTold || (known?.contact != null && ctx.meli.lane !== "open")) return;
  const newest = [...reading.found.values()].toSorted(
    (a, b) => b.createdAt.getTime() - a.createdAt.getTime(),
  )[0];
  if (newest !== undefined) await readById(ctx, reading, newest.id);
}
