import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { channelOf } from "@/lib/server/channels/channels";
import type { StoredThread } from "@/lib/server/store/threads";
import type { ClaimAct } from "@/lib/shared/api/claim";

/** Why a part of the money is not offered as it was confirmed: Mercado Libre's offers, read at this moment, name another
 *  amount for it, or none (claims.md 6). Null: they name this very one. A read.
 *  @throws MeliError: a refusal is Mercado Libre's word on the claim; the rest may be retried */
export async function offerRefusal(
  ctx: AccountCtx,
  thread: StoredThread,
  { percentage, amount }: Extract<ClaimAct, { kind: "partialRefund" }>,
): Promise<string | null> {
  const options = await channelOf(thread.channel).options?.(ctx, thread, "partialRefund");
  if (options?.kind === "closed") return options.reason;
  if (options?.kind !== "partialRefund") return "action_gone";
  const offer = options.offers.find((one) => one.percentage === percentage);
  if (offer === undefined) return "offer_changed";
  const isSame = offer.amount.minor === amount.minor && offer.amount.currency === amount.currency;
  return isSame ? null : "offer_changed";
}
