import { createClaim } from "@/sandbox/claims/create-claim";
import { createThread } from "@/sandbox/control/create-thread";
import { setState } from "@/sandbox/messages/state";
import type { ClaimScript } from "@/sandbox/shops/claim-script";
import { saleOf, stageClaim } from "@/sandbox/shops/claim-script";
import { stage } from "@/sandbox/shops/script";
import type { Seller, Thread } from "@/sandbox/world/model";
import type { World } from "@/sandbox/world/world";

/** Lays claims on sales of this shop, new ones or those it has. @throws Error when a buyer named is not there */
export function playClaims(world: World, seller: Seller, scripts: ClaimScript[]): void {
  for (const script of scripts) playClaim(world, threadFor(world, seller, script), script);
}

function playClaim(world: World, thread: Thread, script: ClaimScript): void {
  const { blocked, oddStage } = script;
  if (script.ownCarrier && thread.shipment) {
    Object.assign(thread.shipment, { mode: "custom", logisticType: "custom", trackingMethod: null });
  }
  const claim = createClaim(world, thread, stageClaim(script));
  if (blocked) setState(world, thread, "blocked", blocked);
  if (oddStage) Object.assign(claim, { stage: oddStage });
}

function threadFor(world: World, seller: Seller, script: ClaimScript): Thread {
  const { what, who } = script;
  if (what) return createThread(world, seller, stage(world.random, saleOf({ ...script, what })));
  const found = world.threadsOf
    .get(seller.id)
    ?.find(({ buyer }) => `${buyer.firstName} ${buyer.lastName}`.trim() === who);
  if (!found) throw new Error(`${seller.nickname} has no sale to ${who}`);
  return found;
}
