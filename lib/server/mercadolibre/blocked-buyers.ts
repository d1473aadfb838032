import "server-only";
import { z } from "zod";
import { isAbsent } from "./context-read";
import type { Meli } from "./http";
import { ABOUT_QUESTIONS } from "./question-paths";
import { integer } from "./question-wire";
import { count, date, field, idOf, part, requiredNumber, sift } from "./wire";

export interface BlockedBuyer {
  id: string;
  /** The newer list alone tells. */
  blockedAt: Date | null;
}

const PAGE_SIZE = 50;
/** 2,500 buyers: a person reads the list. */
const MOST_PAGES = 50;

/** `{id, blocked_at}`, `{id}`, or the id alone. */
const row = field((value): unknown => (idOf(value) === null ? value : { id: value }))
  .pipe(z.object({ id: requiredNumber, blocked_at: date }))
  .transform((wire): BlockedBuyer => ({ id: wire.id, blockedAt: wire.blocked_at }));

const blocked = z.object({
  users: z.array(z.unknown()).nullable(),
  paging: part(z.object({ total: count })),
});

/**
 * Keeps a buyer from asking this seller anything. May be done again.
 * @throws MeliError; AppError invalid_input for an impossible id
 */
export async function blockBuyer(meli: Meli, o: { sellerId: string; buyerId: string }): Promise<void> {
  const json = `{"user_id":${integer(o.buyerId)}}`;
  await meli.wire.act(ABOUT_QUESTIONS.block(o.sellerId), () => json);
}

/** Lets a buyer ask again. May be done again. @throws MeliError; AppError invalid_input for an impossible id */
export async function unblockBuyer(meli: Meli, o: { sellerId: string; buyerId: string }): Promise<void> {
  await meli.wire.act(ABOUT_QUESTIONS.unblock(o.sellerId, o.buyerId), null);
}

/**
 * The buyers who may ask this seller nothing, each once: from the newer list, and from the older one where the newer is not
 * served (403 or 404; questions-and-contacts.md 1.5, 8). `isComplete`: no more than these are known to be blocked.
 * @throws MeliError that of the older list, when neither is served
 */
export async function listBlockedBuyers(
  meli: Meli,
  o: { sellerId: string },
): Promise<{ buyers: BlockedBuyer[]; isComplete: boolean }> {
  const found = new Map<string, BlockedBuyer>();
  let isReadable = true;
  const keep = (route: ReturnType<typeof ABOUT_QUESTIONS.blacklist>, users: readonly unknown[] | null) => {
    const { kept, dropped } = sift(users, row);
    if (dropped > 0) meli.wire.odd(route, { droppedBuyers: dropped });
    isReadable &&= dropped === 0;
    for (const buyer of kept) found.set(buyer.id, buyer);
    return kept.length + dropped;
  };
  const ending = (isComplete: boolean) => ({
    buyers: [...found.values()],
    isComplete: isComplete && isReadable,
  });

  let offset = 0;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const route = ABOUT_QUESTIONS.blockApi(o.sellerId, { limit: PAGE_SIZE, offset });
    let body: z.output<typeof blocked>;
    try {
      body = await meli.wire.read(route, blocked);
    } catch (error) {
      if (pages > 0 || !isAbsent(error)) throw error;
      const older = ABOUT_QUESTIONS.blacklist(o.sellerId);
      keep(older, (await meli.wire.read(older, blocked)).users);
      return ending(true);
    }
    const rows = keep(route, body.users);
    offset += rows;
    const total = body.paging.total ?? (rows >= PAGE_SIZE ? offset + 1 : offset);
    if (rows === 0 || offset >= total) return ending(offset >= total);
  }
  return ending(false);
}
