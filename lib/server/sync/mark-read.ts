import "server-only";
import { withAccount } from "@/lib/server/account-context";
import { channelOf } from "@/lib/server/channels/channels";
import type { Lane } from "@/lib/server/mercadolibre/http";
import type { Runtime } from "@/lib/server/runtime";
import type { StoredThread } from "@/lib/server/store/threads";
import { setUnread } from "@/lib/server/store/unread";

/** Tells Mercado Libre that the seller read this conversation. It cannot be taken back. Reached only by the explicit
 *  act of a person, or by the setting they chose. */
export async function markThreadRead(rt: Runtime, thread: StoredThread, lane: Lane): Promise<void> {
  const { markRead } = channelOf(thread.channel);
  if (markRead === undefined) return;
  await withAccount(rt, thread.accountId, lane, (ctx) =>
    markRead(ctx, { externalId: thread.externalId, sellerId: thread.sellerId, siteId: thread.siteId }),
  );
  await setUnread(rt.db, thread.accountId, thread.id, 0);
}
