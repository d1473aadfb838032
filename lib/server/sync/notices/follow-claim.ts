import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import type { Runtime } from "@/lib/server/runtime";
import { noteClaimNoticed } from "@/lib/server/store/noticed";
import { finishNotices } from "@/lib/server/store/notices";
import { wishContext } from "@/lib/server/store/thread-wishes";
import { findThread } from "@/lib/server/store/threads";
import { wishPull } from "@/lib/server/store/wanted";
import { pullInto } from "@/lib/server/sync/pull-thread";
import type { ThreadId } from "@/lib/shared/ids";
import type { Followed, Group } from "./work-notices";

/** From a claim's notice to the claim. One that we hold is wished for: however many notices come of it, it is read once. One
 *  that nobody has seen is read first and makes a row only then: of ids that anybody can make up nothing is kept, and each
 *  costs one read. The notice names the claim alone (claims.md 9): which of its messages it tells of is a matter of time. */
export async function followClaim(rt: Runtime, ctx: AccountCtx, { subject, ids }: Group): Promise<Followed> {
  const { accountId } = ctx;
  let fresh: ThreadId | null = null;
  const known = await findThread(rt.db, [accountId], "claims", subject);
  if (known?.pulledAt == null) {
    const read = await pullInto(
      rt,
      ctx,
      "claims",
      { externalId: subject, sellerId: null, siteId: null },
      { isFresh: true },
    );
    if (read.kind === "gone" && !read.isBelieved) return { kind: "too_fresh" };
    if (read.kind === "gone") return { kind: "ended", outcome: { state: "dropped", outcome: "refused" } };
    fresh = read.id;
  }
  await rt.db.transaction(async (tx) => {
    if (fresh !== null) await wishContext(tx, accountId, fresh);
    if (known?.pulledAt != null) await wishPull(tx, accountId, known.id, "notice");
    await noteClaimNoticed(tx, accountId, subject);
    await finishNotices(tx, rt.worker, ids, { state: "done", outcome: "followed" }, accountId);
  });
  return { kind: "committed" };
}
