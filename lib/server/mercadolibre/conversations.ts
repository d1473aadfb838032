import "server-only";
import { readEither } from "./context-read";
import { MeliError } from "./failure";
import type { Meli } from "./http";
import { type ConversationState, conversation, message, type WireMessage } from "./message-wire";
import { PATHS } from "./paths";
import { sift } from "./wire";

export interface Conversation {
  packId: string;
  /** Messages of the whole thread. */
  total: number;
  /** One page: newest first. The whole: oldest first. */
  messages: WireMessage[];
  state: ConversationState;
  /** Characters the seller may send now; null when the answer does not say (GLOBAL never does). 0 has been seen. */
  sellerMaxLength: number | null;
  buyerMaxLength: number | null;
}

/** No maximum is published; public clients run with 100 (messages.md 2.1). */
const LARGEST_PAGE = 100;
/**
 * One page of a conversation, newest first. Never marks it read: the address carries `mark_as_read=false`.
 * `sellerId` is the local user id.
 * @throws MeliError
 */
export async function readConversation(meli: Meli, o: PageOf): Promise<Conversation> {
  return (await readPage(meli, o)).conversation;
}

interface PageOf {
  packId: string;
  sellerId: string;
  limit?: number;
  offset?: number;
}

interface Page {
  conversation: Conversation;
  /** How many messages came, those that could not be understood included. */
  received: number;
  isTotalKnown: boolean;
  isExact: boolean;
}

async function readPage(meli: Meli, o: PageOf): Promise<Page> {
  const offset = Math.max(0, Math.trunc(o.offset ?? 0));
  const limit = Math.min(LARGEST_PAGE, Math.max(1, Math.trunc(o.limit ?? LARGEST_PAGE)));
  const routes = PATHS[meli.profile].conversation({
    packId: o.packId,
    sellerId: o.sellerId,
    limit,
    offset,
  });
  const body = await readEither(meli, routes, conversation);
  const { kept, dropped } = sift(body.messages ?? [], message);
  if (dropped > 0 && routes[0] !== undefined) meli.wire.odd(routes[0], { droppedMessages: dropped });
  const received = kept.length + dropped;
  return {
    received,
    isTotalKnown: body.paging.total !== null,
    isExact: dropped === 0,
    conversation: {
      packId: o.packId,
      total: body.paging.total ?? offset + received,
      messages: newestFirst(kept.map((one) => ({ ...one, packId: one.packId ?? o.packId }))),
      state: body.conversation_status,
      sellerMaxLength: body.seller_max_message_length,
      buyerMaxLength: body.buyer_max_message_length,
    },
  };
}

function pastTheEnd({ packId, offset }: PageOf & { offset: number }): Page {
  const state = { status: "unknown" as const, substatus: null, isAgentPath: false, path: null, claimIds: [] };
  const conversation = {
    packId,
    total: offset,
    messages: [],
    state,
    sellerMaxLength: null,
    buyerMaxLength: null,
  };
  // Only a page that came proves that something is missing from it.
  return { conversation, received: 0, isTotalKnown: true, isExact: false };
}

/** The order is not documented: sort, and let ties keep the order in time that the page shows. */
function newestFirst(messages: readonly WireMessage[]): WireMessage[] {
  const [first, last] = [messages[0], messages.at(-1)];
  const isAscending = first !== undefined && last !== undefined && first.createdAt < last.createdAt;
  const page = isAscending ? messages.toReversed() : messages;
  return page.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}

/** What is held of a conversation already, so that only what it lacks need be read. */
export interface HeldConversation {
  ids: ReadonlySet<string>;
  /** How many messages Mercado Libre said there were when it was read. Null: do not stop early. */
  total: number | null;
}

export interface WholeConversation extends Conversation {
  /** Was its oldest message reached? */
  isComplete: boolean;
  /** Could every message that came be understood? */
  isExact: boolean;
}

/**
 * All pages up to `max` messages (200 when left out), without repetitions, oldest first. `isComplete` is false when older
 * messages were left. Never marks read.
 *
 * With `held` it stops as soon as it meets what is held, and the totals prove that nothing is missing in between: as many
 * new ones were read as there are more of them now. Until it meets it, it reads on beyond `max`: no gap is left.
 * @throws MeliError
 */
export async function readWholeConversation(
  meli: Meli,
  o: { packId: string; sellerId: string; max?: number; held?: HeldConversation },
): Promise<WholeConversation> {
  const { held, max = 200 } = o;
  const pages: WireMessage[][] = [];
  const first = await readPage(meli, { ...o, limit: Math.min(max, LARGEST_PAGE), offset: 0 });
  let page = first;
  let offset = first.received;
  let isExact = true;
  let isComplete = false;
  for (;;) {
    pages.push(page.conversation.messages);
    isExact &&= page.isExact;
    // Who is not told how many there are reads until nothing comes: the end of a page is not the end of a thread.
    isComplete = page.received === 0 || (page.isTotalKnown && offset >= page.conversation.total);
    if (isComplete) break;
    const meets = meetingOf(pages, page, held);
    if (meets === "gapless" || (meets !== "not_yet" && offset >= max)) break;
    page = await readNextPage(meli, { ...o, limit: LARGEST_PAGE, offset });
    offset += page.received;
  }
  const newest = merged(pages);
  const messages = (held === undefined ? newest.slice(0, max) : newest).reverse();
  // The state of the first page: what came after it is older.
  return {
    ...first.conversation,
    messages,
    total: page.conversation.total,
    isComplete: isComplete && messages.length === newest.length,
    isExact,
  };
}

/** Has what was read met what is held? "gapless": and nothing is missing between the two. */
function meetingOf(
  pages: readonly WireMessage[][],
  { isTotalKnown, conversation: { total } }: Page,
  held: HeldConversation | undefined,
): "nothing_held" | "not_yet" | "met" | "gapless" {
  if (held === undefined) return "nothing_held";
  const ids = new Set(pages.flat().map(({ id }) => id));
  const added = [...ids].filter((id) => !held.ids.has(id)).length;
  if (added === ids.size) return "not_yet";
  return isTotalKnown && held.total !== null && total === held.total + added ? "gapless" : "met";
}

/** A page after the first. Whether an offset past the end is an error is not known (messages.md 10.1): it is the end. */
async function readNextPage(meli: Meli, o: PageOf & { offset: number }): Promise<Page> {
  try {
    return await readPage(meli, o);
  } catch (error) {
    if (!(error instanceof MeliError) || error.failure.status !== 400) throw error;
    return pastTheEnd(o);
  }
}

/** Pages in the order in which they were read, each newest first, as one list without repetitions, newest first. That
 *  `offset` counts from the newest is not documented either. */
function merged(pages: readonly WireMessage[][]): WireMessage[] {
  const [first, last] = [pages[0]?.[0], pages.findLast(({ length }) => length > 0)?.[0]];
  const isFromOldest = first !== undefined && last !== undefined && first.createdAt < last.createdAt;
  const byId = new Map((isFromOldest ? pages.toReversed() : pages).flat().map((one) => [one.id, one]));
  return [...byId.values()].toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}

/** How many messages of what is held a page of older ones is made to repeat: new ones move every offset. */
const OVERLAP = 10;
const OLDER_TRIES = 6;

/**
 * The messages right before the oldest one held, oldest first; at most one page of them. `isComplete`: there are none
 * before those. An offset counts from the newest message, which may be another than when the held ones were read, and may
 * count some that are never returned: a page serves only where it meets what is held. Never marks read.
 * @throws MeliError
 */
export async function readOlderMessages(
  meli: Meli,
  o: { packId: string; sellerId: string; heldIds: ReadonlySet<string> },
): Promise<{ messages: WireMessage[]; isComplete: boolean }> {
  let offset = Math.max(0, o.heldIds.size - OVERLAP);
  let hasMet = false;
  for (let tries = 0; tries < OLDER_TRIES; tries += 1) {
    const page = await readNextPage(meli, { ...o, limit: LARGEST_PAGE, offset });
    const { messages, total } = page.conversation;
    const lastHeld = messages.findLastIndex(({ id }) => o.heldIds.has(id));
    hasMet ||= lastHeld !== -1;
    if (!hasMet && offset > 0) {
      offset = Math.max(0, offset - LARGEST_PAGE + OVERLAP);
      continue;
    }
    const older = messages.slice(lastHeld + 1);
    const isEnd = page.received === 0 || (page.isTotalKnown && offset + page.received >= total);
    if (older.length > 0 || isEnd) return { messages: older.reverse(), isComplete: isEnd };
    offset += Math.max(1, page.received - OVERLAP);
  }
  return { messages: [], isComplete: false };
}
