import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { readListings, type Listing as WireListing } from "@/lib/server/mercadolibre/listings";
import type { Runtime } from "@/lib/server/runtime";
import { saveListings } from "@/lib/server/store/listings";
import type { Listing } from "@/lib/shared/api/question";

/** Read in one transaction: as many as one call tells of. */
const AT_ONCE = 20;

/** Reads listings, 20 at a call, and moves what is asked about them with them. @throws MeliError, may be repeated */
export async function pullListings(rt: Runtime, ctx: AccountCtx, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const found = await readListings(ctx.meli, some);
    const shown = new Map([...found].map(([id, listing]) => [id, listingOf(listing)]));
    await saveListings(rt.db, ctx.accountId, some, shown);
  }
}

const listingOf = ({ categoryId: _unused, ...listing }: WireListing): Listing => listing;
