import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { channelOf } from "@/lib/server/channels/channels";
import type { Runtime } from "@/lib/server/runtime";
import { noteNoticed } from "@/lib/server/store/noticed";
import { finishNotices, retryNotices } from "@/lib/server/store/notices";
import { hintThreads } from "@/lib/server/store/threads";
import { wishPull } from "@/lib/server/store/wanted";
import type { Followed, Group } from "./work-notices";

/** Until when the read that was wished for has surely been: then the message is in the store, or it was not yet to be seen
 *  and is looked for again (notifications.md 4, consistency). */
const AWAITED_MS = [2_000, 5_000, 15_000] as const;

/** From a message's notice to the wish to read its conversation: at most one call, none when the message came in
 *  meanwhile. The wish is one transaction with what becomes of the notice: a kill leaves both or neither. The notice ends
 *  with the transaction that stores its message (store/snapshots.ts); one that nobody can see ends after three looks. */
export async function followMessage(
  rt: Runtime,
  ctx: AccountCtx,
  { userId, subject, ids, tries }: Group,
): Promise<Followed> {
  const stored = { kind: "ended", outcome: { state: "done", outcome: "stored" } } as const;
  if (await noteNoticed(rt.db, ctx.accountId, subject)) return stored;
  const channel = channelOf("messages");
  try {
    const refs = await channel.refsOf(ctx, { userId, subject });
    if (refs.length === 0) return { kind: "ended", outcome: { state: "dropped", outcome: "no_thread" } };
    await rt.db.transaction(async (tx) => {
      const hints = refs.map(({ externalId, sellerId, siteId }) => ({
        channel: "messages" as const,
        externalId,
        sellerId: sellerId ?? ctx.accountId,
        siteId: siteId ?? ctx.siteId,
      }));
      const threadIds = await hintThreads(tx, ctx.accountId, hints);
      // The read that another message of the same burst asked for may have brought this one along.
      const isStored = await noteNoticed(tx, ctx.accountId, subject);
      if (!isStored) for (const id of threadIds) await wishPull(tx, ctx.accountId, id, "notice");
      const pauseMs = isStored ? undefined : AWAITED_MS[tries];
      if (pauseMs === undefined) {
        const outcome = isStored ? "stored" : "looked_up";
        await finishNotices(tx, rt.worker, ids, { state: "done", outcome }, ctx.accountId);
      } else {
        await retryNotices(tx, rt.worker, ids, { outcome: "awaited", pauseMs, isTry: true });
      }
    });
    return { kind: "committed" };
  } catch (error) {
    if (channel.isTooFresh(error)) return { kind: "too_fresh" };
    throw error;
  }
}
