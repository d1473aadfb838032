import "server-only";
import { z } from "zod";
import { readEither } from "./context-read";
import { MarkReadPermit } from "./conversation-guard";
import type { Meli } from "./http";
import { digits, type Route } from "./paths";
import { count, part } from "./wire";

/** Only the messages of the page that is returned get marked, one integrator saw (messages.md 2.1): so all pages are read. */
const PAGE = 100;
const MOST_PAGES = 10;

const marked = z.object({
  paging: part(z.object({ total: count })),
  messages: z.array(z.unknown()).nullable(),
});

/**
 * Marks a conversation read for the seller at Mercado Libre: irreversible. The only function that reads a conversation without
 * `mark_as_read=false`; only a person's explicit act, or a setting that a person chose, may lead here. Doing it twice changes nothing.
 * @throws MeliError
 */
export async function markRead(meli: Meli, o: { packId: string; sellerId: string }): Promise<void> {
  const permit = new MarkReadPermit();
  let offset = 0;
  for (let page = 0; page < MOST_PAGES; page++) {
    const body = await readEither(meli, routes(meli, o, offset), marked, { options: { permit } });
    const received = body.messages?.length ?? 0;
    offset += received;
    const { total } = body.paging;
    if (received === 0 || (total !== null && offset >= total)) return;
  }
}

/** GLOBAL too marks read on the LOCAL address; the older marketplace form is the second choice (messages.md 5, 9). */
function routes(meli: Meli, o: { packId: string; sellerId: string }, offset: number): Route[] {
  const path = `/messages/packs/${digits(o.packId)}/sellers/${digits(o.sellerId)}`;
  const query = { limit: String(PAGE), offset: String(offset) };
  const local: Route = { method: "GET", family: "messages", path, query: { tag: "post_sale", ...query } };
  if (meli.profile === "LOCAL") return [local];
  return [local, { method: "GET", family: "messages", path: `/marketplace${path}`, query }];
}
