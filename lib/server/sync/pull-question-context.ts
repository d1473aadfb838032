import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { publicUser } from "@/lib/server/mercadolibre/users";
import type { Runtime } from "@/lib/server/runtime";
import { saveContext } from "@/lib/server/store/contexts";
import type { StoredThread } from "@/lib/server/store/threads";
import { databaseNow } from "@/lib/server/store/wanted";
import { refreshBlocked } from "./pull-blocked";
import { pullListings } from "./pull-listings";

/** What anyone may see of a buyer changes so seldom. */
const BUYER_FRESH_MS = 24 * 3_600_000;

/** A listing is looked at again after this long; one that takes no answers may take them again any moment. */
const LISTING_FRESH_MS = { active: 10 * 60_000, other: 20_000 } as const;

/** Is what we hold of a chain's listing too old for who opens it? */
export function isListingOld({ listing, listingAt }: Pick<StoredThread, "listing" | "listingAt">): boolean {
  const freshMs = LISTING_FRESH_MS[listing?.status === "active" ? "active" : "other"];
  return listingAt === null || Date.now() - listingAt.getTime() > freshMs;
}

/** Reads what stands beside a chain of questions: the listing, who may not ask, and once a day who the buyer is.
 *  @throws MeliError */
export async function pullQuestionContext(rt: Runtime, ctx: AccountCtx, thread: StoredThread): Promise<void> {
  const { id, itemId, buyerId, chain, context, contextAt } = thread;
  const readFrom = await databaseNow(rt.db);
  if (itemId !== null && isListingOld(thread)) await pullListings(rt, ctx, [itemId]);
  await refreshBlocked(rt, ctx);
  const isKnown =
    context?.buyer != null && contextAt !== null && Date.now() - contextAt.getTime() < BUYER_FRESH_MS;
  const buyer = isKnown || buyerId === null ? null : await publicUser(ctx.meli, buyerId);
  const shown =
    buyerId === null
      ? null
      : {
          id: buyerId,
          nickname: buyer?.nickname ?? context?.buyer?.nickname ?? null,
          name: chain?.contact?.name ?? null,
          place:
            [buyer?.city, buyer?.state].filter((part) => part != null).join(", ") ||
            (context?.buyer?.place ?? null),
        };
  await saveContext(
    rt.db,
    ctx.accountId,
    id,
    { order: null, buyer: shown, shipment: null },
    isKnown ? contextAt : readFrom,
  );
}
