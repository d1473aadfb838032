import { actionsOf, sellerRoleOf } from "@/sandbox/claims/actions";
import type { Claim, ClaimMessage } from "@/sandbox/claims/model";
import { settleClaim } from "@/sandbox/claims/time";
import type { World } from "@/sandbox/world/world";

/** One row of a list of claims. */
export function claimRow(world: World, claim: Claim): object {
  settleClaim(world, claim);
  const { thread } = claim;
  const product = thread.orders.find(({ id }) => id === claim.orderId)?.lines[0]?.item.title ?? "";
  return {
    id: claim.id,
    packId: thread.packId,
    orderId: claim.orderId,
    sellerId: thread.sellerId,
    localSellerId: thread.localSellerId,
    siteId: thread.siteId,
    buyerName: `${thread.buyer.firstName} ${thread.buyer.lastName}`.trim(),
    product,
    type: claim.type,
    stage: claim.stage,
    status: claim.status,
    reasonId: claim.reasonId,
    wants: claim.resolutions.find(({ role }) => role === "complainant")?.wish ?? null,
    resolution: claim.resolution?.reason ?? null,
    replyDueAt: claim.replyDueAt,
    decisionDueAt: claim.decisionDueAt,
    returnId: claim.returnCase?.id ?? null,
    messages: claim.messages.length,
    createdAt: claim.createdAt,
    updatedAt: claim.updatedAt,
  };
}

/** Everything the sandbox holds of a claim; `index` and `hash` name a message to the control API. */
export function claimView(world: World, claim: Claim): object {
  const row = claimRow(world, claim);
  return {
    ...row,
    resource: claim.resource,
    resourceId: claim.resourceId,
    isFulfilled: claim.isFulfilled,
    actions: actionsOf(world, claim, sellerRoleOf(claim)),
    buyerActions: actionsOf(
      world,
      claim,
      sellerRoleOf(claim) === "respondent" ? "complainant" : "respondent",
    ),
    messages: claim.messages.map((one, index) => messageView(world, claim, one, index)),
    resolutions: claim.resolutions,
    history: claim.history,
    statuses: claim.statuses,
    resolution: claim.resolution,
    reputation: claim.reputation,
    evidences: claim.evidences,
    returnCase: claim.returnCase,
    change: claim.change,
    relatedEntities: claim.relatedEntities,
    pending: claim.pending,
  };
}

function messageView(world: World, claim: Claim, message: ClaimMessage, index: number): object {
  const author =
    message.from === "mediator" ? "mediator" : message.from === sellerRoleOf(claim) ? "seller" : "buyer";
  return {
    index,
    author,
    ...message,
    attachments: message.attachments.flatMap((filename) => {
      const file = world.claimFiles.get(filename);
      if (!file) return [];
      const { originalFilename, type, bytes, isGone } = file;
      const url = `/__sandbox/claim-files/${encodeURIComponent(filename)}`;
      return [{ filename, originalFilename, type, size: bytes.byteLength, isGone, url }];
    }),
  };
}
