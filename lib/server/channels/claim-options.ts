import "server-only";
import { claimRefusalOf } from "@/lib/server/mercadolibre/claim-refusal";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import { readRefundOffers } from "@/lib/server/mercadolibre/resolutions";
import { needsPhotos, readReturnCost, readReturnFailReasons } from "@/lib/server/mercadolibre/returns";
import type { ActOptions, ClaimActKind } from "@/lib/shared/api/claim";
import { offeredActs } from "@/lib/shared/claim/offered";
import type { Thread, ThreadContext } from "@/lib/shared/thread";
import type { AccountCtx } from "./channel";

/** What only Mercado Libre can say before an act on a claim: what may be offered back, why a return may be refused, what its
 *  way back costs. Reads alone. `closed`: it is not offered (any more), and why. @throws MeliError, may be retried */
export async function claimOptions(ctx: AccountCtx, thread: Thread, act: ClaimActKind): Promise<ActOptions> {
  const { claim, profile, externalId } = thread;
  const isOffered = claim !== null && offeredActs(claim, profile).some((one) => one.act === act);
  if (!isOffered) return { kind: "closed", reason: "action_gone" };
  try {
    return await read(ctx, externalId, thread, act);
  } catch (error) {
    const refusal = error instanceof MeliError ? claimRefusalOf(error.failure) : null;
    if (refusal === null) throw error;
    return { kind: "closed", reason: refusal };
  }
}

async function read(
  { meli }: AccountCtx,
  claimId: string,
  thread: Thread,
  act: ClaimActKind,
): Promise<ActOptions> {
  switch (act) {
    case "partialRefund": {
      const answer = await readRefundOffers(meli, claimId);
      if (answer.kind === "not_eligible") return { kind: "closed", reason: "not_eligible" };
      const { offers, recommendations, restrictions } = answer;
      return { kind: "partialRefund", offers, recommendations, restrictions };
    }
    case "reviewFail": {
      const found = await readReturnFailReasons(meli, claimId);
      return {
        kind: "reviewFail",
        reasons: found.map(({ id, detail, name, apply }) => ({
          id,
          text: detail ?? name,
          isForOrder: apply.includes("order"),
          needsFiles: needsPhotos(id),
        })),
        orders: ordersOf(thread),
      };
    }
    case "allowReturn":
      return { kind: "allowReturn", cost: (await readReturnCost(meli, claimId))?.amount ?? null };
    default:
      return { kind: "none" };
  }
}

/** The orders of a return that holds several: only then a failure names one (claims.md 6.2). */
function ordersOf(
  thread: Thread & { context?: ThreadContext | null },
): { id: string; title: string | null }[] {
  const orders = thread.claim?.return?.orders ?? [];
  const titles = new Map(thread.context?.order?.items.map(({ id, title }) => [id, title]) ?? []);
  const byId = new Map(orders.map(({ orderId, itemId }) => [orderId, titles.get(itemId ?? "") ?? null]));
  return byId.size < 2 ? [] : [...byId].map(([id, title]) => ({ id, title }));
}
