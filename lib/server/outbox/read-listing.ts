import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import type { Runtime } from "@/lib/server/runtime";
import type { StoredThread } from "@/lib/server/store/threads";
import { pullListings } from "@/lib/server/sync/pull-listings";

/** Reads the listing that is asked about, and moves its questions with it. A note beside an answer: what goes wrong decides
 *  nothing about it. */
export async function readListing(
  rt: Runtime,
  ctx: AccountCtx,
  { id, itemId }: Pick<StoredThread, "id" | "itemId">,
): Promise<void> {
  if (itemId === null) return;
  try {
    await pullListings(rt, ctx, [itemId]);
  } catch (error) {
    rt.log.info({ err: error, threadId: id }, "a listing that takes no answers could not be read");
  }
}
