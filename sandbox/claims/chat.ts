import type { Claim } from "@/sandbox/claims/model";
import { setState, stateOf } from "@/sandbox/messages/state";
import type { World } from "@/sandbox/world/world";

/** Blocks that claims put on a conversation, and take off again (claims.md 7, messages.md 6). */
const OURS = /^(blo(ck|qu)ed_by_mediation(_fbm)?|blocked_by_claim(_change_(open|closed))?)$/;
const CHANGE_DONE = new Set(["changed", "change_return_delivered", "return_shipped"]);

/** Sale conversation and claim take turns: blocks the one while a mediation or an exchange runs, and afterwards gives it
 *  back the state it had (claims.md 7). A change notifies as a change of the sale. */
export function syncChat(world: World, claim: Claim): void {
  const { thread } = claim;
  const all = thread.claimIds.flatMap((id) => world.claims.get(id) ?? []);
  const wanted = all.map((one) => blockOf(world, one)).find((block) => block !== null) ?? null;
  const state = stateOf(world, thread);
  const isOurs = OURS.test(state.substatus ?? "");
  if (wanted === state.substatus || state.isWithheld) return;
  if (wanted) {
    if (!isOurs) claim.chatBefore = state.substatus;
    setState(world, thread, "blocked", wanted);
  } else if (isOurs) {
    const before = all.find(({ chatBefore }) => chatBefore !== null)?.chatBefore ?? null;
    for (const one of all) one.chatBefore = null;
    setState(world, thread, before === null ? "active" : "blocked", before);
  } else {
    return;
  }
  for (const order of thread.orders) world.emit("order_changed", thread, order.id);
}

/** The block that this claim asks for now, or null. */
export function blockOf(world: World, claim: Claim): string | null {
  const isGlobal = claim.thread.sellerId !== claim.thread.localSellerId;
  const isFull = claim.thread.shipment?.logisticType === "fulfillment";
  const isOpen = claim.status === "opened";
  if (isOpen && claim.stage === "dispute") {
    if (isFull) return "blocked_by_mediation_fbm";
    return isGlobal ? world.settings.claimGlobalBlock : "blocked_by_mediation";
  }
  if (claim.change) {
    return CHANGE_DONE.has(claim.change.status)
      ? "blocked_by_claim_change_closed"
      : "blocked_by_claim_change_open";
  }
  const isRefunded = claim.resolution?.reason === "payment_refunded";
  if (!isOpen && isRefunded && claim.type !== "cancel_sale") return "blocked_by_refund";
  return isOpen && world.settings.claimBlocksChat ? "blocked_by_claim" : null;
}
