import "server-only";
import { z } from "zod";
import type { Meli } from "./http";
import { COMMON } from "./paths";

/** What is asked for at once; no maximum is published (notifications.md 5). */
const LIMIT = 50;
/** The documented default: a page that a server cut down is still at least this long. */
const SHORTEST_FULL_PAGE = 10;
/** More than two days of anybody's failures; keeps a server that always answers the same page from holding us. */
const MOST_PAGES = 400;

const page = z.object({ messages: z.array(z.unknown()).nullish() });

/**
 * The notifications that could not be delivered in the last two days, page by page, as they are: nothing acknowledges
 * them, so the same ones come every time (notifications.md 5).
 * @throws MeliError; 403 when this account's token is not the one that may ask
 */
export async function* readMissedFeeds(meli: Meli, clientId: string): AsyncGenerator<unknown[]> {
  let offset = 0;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const body = await meli.wire.read(COMMON.missedFeeds({ clientId, limit: LIMIT, offset }), page);
    const entries = body.messages ?? [];
    if (entries.length > 0) yield entries;
    if (entries.length < SHORTEST_FULL_PAGE) return;
    offset += entries.length;
  }
}
