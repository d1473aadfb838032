import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import type { Runtime } from "@/lib/server/runtime";
import { mayBeClassified } from "@/lib/server/store/classifieds";
import { listListingsOf } from "@/lib/server/store/listings";
import { pullListings } from "@/lib/server/sync/pull-listings";
import type { Followed, Group } from "./work-notices";

/** From an item's notice to the listing, and to where its questions stand: one read, none where nobody has asked
 *  about it, unless it is a classified listing, whose contacts are shown with it. */
export async function followItem(rt: Runtime, ctx: AccountCtx, { subject }: Group): Promise<Followed> {
  const asked = await listListingsOf(rt.db, ctx.accountId, subject);
  const isContacted = await mayBeClassified(rt.db, ctx.accountId, subject);
  const ids = [...new Set([...asked, ...(isContacted ? [subject] : [])])];
  if (ids.length === 0) return { kind: "ended", outcome: { state: "done", outcome: "no_thread" } };
  await pullListings(rt, ctx, ids);
  return { kind: "ended", outcome: { state: "done", outcome: "looked_up" } };
}
