import type { z } from "zod";
import { familyOf } from "@/sandbox/claims/actions";
import { createClaimFile } from "@/sandbox/claims/claim-file";
import type { Claim, ClaimMessage, ClaimPlayer, ClaimRole, ClaimStage } from "@/sandbox/claims/model";
import { newMessage } from "@/sandbox/claims/write-message";
import type { ClaimMessageSeed, ClaimSeed } from "@/sandbox/control/claim-seeds";
import type { Thread } from "@/sandbox/world/model";
import { digits } from "@/sandbox/world/random";
import type { World } from "@/sandbox/world/world";

const HOUR_MS = 3_600_000;
/** claims.md 8: the incentive. */
const INCENTIVE_MS = 48 * HOUR_MS;

type Seed = z.output<typeof ClaimSeed>;

/** The claim before anything has happened to it. */
export function bareClaim(world: World, thread: Thread, seed: Seed): Claim {
  const order = thread.orders[seed.orderIndex] ?? thread.orders[0];
  if (!order) throw new RangeError(`thread ${thread.packId} has no order to claim`);
  const isCancellation = seed.type === "cancel_sale" || seed.type === "cancel_purchase";
  const usualStage: ClaimStage = isCancellation ? "none" : seed.type === "ml_case" ? "stale" : "claim";
  const createdAt = new Date(world.now().getTime() - seed.openedHoursAgo * HOUR_MS);
  const quantity = order.lines[0]?.quantity ?? 1;
  const claim: Claim = {
    id: seed.id ?? freeId(world, thread),
    thread,
    resource: seed.resource,
    resourceId: resourceIdOf(thread, order.id, seed.resource),
    orderId: order.id,
    type: seed.type,
    stage: seed.stage ?? (seed.dispute ? "dispute" : usualStage),
    status: seed.status ?? (isCancellation ? "closed" : "opened"),
    parentId: null,
    reasonId: seed.reasonId,
    isFulfilled: seed.fulfilled ?? false,
    quantityType: seed.quantityType,
    claimedQuantity: seed.claimedQuantity ?? quantity,
    version: 2,
    players: playersOf(thread, seed),
    resolution: null,
    relatedEntities: [],
    createdAt,
    updatedAt: createdAt,
    messages: [],
    resolutions: [],
    history: [],
    statuses: [],
    reputation: reputationOf(world, seed, createdAt),
    evidences: [],
    returnCase: null,
    change: null,
    replyDueAt: null,
    closesAt: null,
    decisionDueAt: null,
    hasSellerReplied: seed.messages.some(({ from }) => from === "seller"),
    withoutActions: new Set(seed.without),
    extraActions: seed.also.map((action) => ({ action, mandatory: false, dueAt: null })),
    restrictions: seed.restrictions,
    recommendations: seed.recommendations,
    chatBefore: null,
    pending: [],
  };
  // claims.md 3: opened on a delivered product or not
  claim.isFulfilled = seed.fulfilled ?? familyOf(claim) === "PDD";
  return claim;
}

/** Its messages, oldest first, each with the stage it was written in. */
export function textsOf(world: World, claim: Claim, seed: Seed): ClaimMessage[] {
  const now = world.now().getTime();
  const disputeAt = seed.dispute ? now - seed.dispute.hoursAgo * HOUR_MS : null;
  const stageNow = claim.stage;
  const made: ClaimMessage[] = [];
  for (const one of seed.messages.toSorted((a, b) => b.hoursAgo - a.hoursAgo)) {
    const at = new Date(now - one.hoursAgo * HOUR_MS);
    const isBefore = disputeAt !== null && at.getTime() < disputeAt;
    const stage: ClaimStage = one.stage ?? (isBefore ? "claim" : stageNow);
    made.push(textOf(world, { ...claim, stage, messages: made }, one, at));
  }
  for (const one of made) {
    const answer = made.find((later) => later.createdAt > one.createdAt && later.from === one.to);
    one.readAt = answer?.createdAt ?? null;
  }
  return made;
}

function textOf(world: World, claim: Claim, seed: z.output<typeof ClaimMessageSeed>, at: Date): ClaimMessage {
  const from = roleOf(claim, seed.from);
  const usual = claim.stage === "claim" ? (seed.from === "buyer" ? "seller" : "buyer") : "mediator";
  const to = roleOf(claim, seed.to ?? (seed.from === "mediator" ? "seller" : usual));
  const attachments = seed.attachments.map((file) =>
    createClaimFile(world, claim, { by: from, seed: file, at }),
  );
  const message = newMessage(world, claim, {
    from,
    to,
    text: seed.text,
    translated: seed.translated,
    attachments,
    moderatedFor: seed.moderation?.reason ?? null,
    at,
  });
  if (!seed.moderation) return message;
  const { status, reason } = seed.moderation;
  return { ...message, status, verdict: null, moderation: { status: "rejected", reason, at } };
}

function roleOf(claim: Claim, who: "buyer" | "seller" | "mediator"): ClaimRole {
  if (who === "mediator") return "mediator";
  const isSellers = claim.type === "cancel_sale";
  return (who === "seller") === isSellers ? "complainant" : "respondent";
}

/** claims.md 3: by resource; in `cancel_sale` the seller complains. */
function playersOf(thread: Thread, seed: Seed): ClaimPlayer[] {
  const [buyer, seller] = {
    order: ["buyer", "seller"] as const,
    purchase: ["buyer", "seller"] as const,
    payment: ["buyer", "collector"] as const,
    shipment: ["receiver", "sender"] as const,
  }[seed.resource];
  const sides = [
    { type: buyer, userId: thread.buyer.id },
    { type: seller, userId: thread.localSellerId },
  ];
  const [first, second] = seed.type === "cancel_sale" ? sides.toReversed() : sides;
  return [
    ...(first ? [{ role: "complainant" as const, ...first }] : []),
    ...(second ? [{ role: "respondent" as const, ...second }] : []),
  ];
}

/** claims.md 3: not always the order. */
function resourceIdOf(thread: Thread, orderId: string, resource: Seed["resource"]): string {
  if (resource === "shipment") return thread.shipment?.id ?? orderId;
  if (resource === "payment") return paymentIdOf(orderId);
  return resource === "purchase" ? thread.packId : orderId;
}

/** The payment of an order, as `/marketplace/orders/search` prints it. */
export function paymentIdOf(orderId: string): string {
  return `9${orderId.slice(-10)}`;
}

function reputationOf(world: World, seed: Seed, createdAt: Date): Claim["reputation"] {
  const told = seed.reputation;
  if (told) {
    const dueAt =
      told.dueInHours === null ? null : new Date(world.now().getTime() + told.dueInHours * HOUR_MS);
    return { effect: told.effect, hasIncentive: told.hasIncentive, dueAt };
  }
  // claims.md 4.5: a payment that is not tied to an order
  if (seed.resource === "payment") return { effect: "not_applies", hasIncentive: false, dueAt: null };
  if (seed.type !== "mediations") return { effect: "not_affected", hasIncentive: false, dueAt: null };
  return { effect: "affected", hasIncentive: true, dueAt: new Date(createdAt.getTime() + INCENTIVE_MS) };
}

/** An id the thread names already and that has no claim, else a new one of 10 digits. */
function freeId(world: World, thread: Thread): string {
  const named = thread.claimIds.find((id) => !world.claims.has(id));
  if (named) return named;
  const fresh = `53${digits(world.random, 8)}`;
  return world.claims.has(fresh) ? freeId(world, thread) : fresh;
}
