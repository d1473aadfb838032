import type { z } from "zod";
import { familyOf } from "@/sandbox/claims/actions";
import { setReplyDue } from "@/sandbox/claims/alarms";
import { syncChat } from "@/sandbox/claims/chat";
import { createReturn, moveReturn } from "@/sandbox/claims/create-return";
import { lateEvening } from "@/sandbox/claims/dates";
import type { Claim, ClaimStage, Wish } from "@/sandbox/claims/model";
import { bareClaim, textsOf } from "@/sandbox/claims/seed-parts";
import { settleClaim } from "@/sandbox/claims/time";
import { ClaimSeed } from "@/sandbox/control/claim-seeds";
import type { Thread } from "@/sandbox/world/model";
import type { World } from "@/sandbox/world/world";

const HOUR_MS = 3_600_000;

/** A claim on a sale, with its past as the seed tells it and its clocks as claims.md 13 sets them. It is in the world
 *  afterwards, and nobody has been told. @throws ZodError on a wrong seed */
export function createClaim(world: World, thread: Thread, input: ClaimSeed): Claim {
  const seed = ClaimSeed.parse(input);
  const now = world.now().getTime();
  const ago = (hours: number) => new Date(now - hours * HOUR_MS);
  const claim = bareClaim(world, thread, seed);
  addWish(claim, seed);
  claim.history.push({
    action: "open_claim",
    role: "complainant",
    reasonId: claim.reasonId,
    stage: null,
    status: null,
    at: claim.createdAt,
  });
  const first: ClaimStage = seed.dispute ? "claim" : claim.stage;
  const by = claim.type === "cancel_sale" ? "respondent" : "complainant";
  claim.statuses.push({ stage: first, status: "opened", at: claim.createdAt, by });
  claim.messages = textsOf(world, claim, seed);
  for (const one of claim.messages) {
    const action = `send_message_to_${one.to}`;
    claim.history.push({
      action,
      role: one.from,
      reasonId: null,
      stage: one.stage,
      status: "opened",
      at: one.createdAt,
    });
  }
  addOffers(claim, seed, ago);
  addDispute(claim, seed, ago);
  addReturn(world, claim, seed, ago);
  addChange(claim, seed, ago);
  addEnd(claim, seed, ago);
  claim.history.sort((a, b) => a.at.getTime() - b.at.getTime());
  claim.updatedAt = new Date(
    Math.max(
      claim.createdAt.getTime(),
      ...[...claim.history, ...claim.statuses].map(({ at }) => at.getTime()),
    ),
  );
  addClocks(world, claim, seed, now);
  register(world, thread, claim);
  settleClaim(world, claim);
  return claim;
}

function register(world: World, thread: Thread, claim: Claim): void {
  if (!thread.claimIds.includes(claim.id)) thread.claimIds.push(claim.id);
  const order = thread.orders.find(({ id }) => id === claim.orderId);
  if (order && !order.mediationIds.includes(claim.id)) order.mediationIds = [...order.mediationIds, claim.id];
  world.addClaim(claim);
  syncChat(world, claim);
}

function addWish(claim: Claim, seed: z.output<typeof ClaimSeed>): void {
  const usual: Wish = familyOf(claim) === "PDD" ? "return_product" : "refund";
  const isSilent = claim.type !== "mediations" && claim.type !== "returns";
  const wish = seed.wants === undefined ? (isSilent ? null : usual) : seed.wants;
  if (!wish) return;
  claim.resolutions.push({
    role: "complainant",
    userId: claim.thread.buyer.id,
    wish,
    details: [],
    status: "pending",
    createdAt: claim.createdAt,
    updatedAt: claim.createdAt,
  });
}

function addOffers(claim: Claim, seed: z.output<typeof ClaimSeed>, ago: (hours: number) => Date): void {
  const { offer, replacement } = seed;
  const order = claim.thread.orders.find(({ id }) => id === claim.orderId);
  const common = { role: "respondent" as const, userId: claim.thread.localSellerId };
  if (offer) {
    const at = ago(offer.hoursAgo);
    for (const one of claim.resolutions) if (one.wish === "return_product") one.status = "rejected";
    const amount = Math.round((order?.total ?? 0) * offer.percentage) / 100;
    claim.resolutions.push({
      ...common,
      wish: "partial_refund",
      details: [
        { key: "percentage", value: String(offer.percentage) },
        { key: "seller_amount", value: String(amount) },
        { key: "seller_currency", value: order?.currency ?? "" },
      ],
      status: offer.status,
      createdAt: at,
      updatedAt: at,
    });
    claim.hasSellerReplied = true;
    claim.history.push({
      action: "allow_partial_refund",
      role: "respondent",
      reasonId: null,
      stage: "claim",
      status: "opened",
      at,
    });
  }
  if (!replacement) return;
  const at = ago(Math.max(0, seed.openedHoursAgo - 1));
  claim.resolutions.push({
    ...common,
    wish: "change_product",
    details: [],
    status: replacement,
    createdAt: at,
    updatedAt: at,
  });
  claim.hasSellerReplied = true;
}

function addDispute(claim: Claim, seed: z.output<typeof ClaimSeed>, ago: (hours: number) => Date): void {
  const { dispute } = seed;
  if (!dispute) return;
  const role = { buyer: "complainant", seller: "respondent", mediator: "mediator" } as const;
  const at = ago(dispute.hoursAgo);
  const by = role[dispute.by];
  claim.statuses.push({ stage: "dispute", status: "opened", at, by });
  claim.history.push({
    action: "open_dispute",
    role: by,
    reasonId: null,
    stage: "claim",
    status: "opened",
    at,
  });
}

function addReturn(
  world: World,
  claim: Claim,
  seed: z.output<typeof ClaimSeed>,
  ago: (hours: number) => Date,
): void {
  const wanted = seed.return;
  if (!wanted) return;
  const { hoursAgo, status, deliveredHoursAgo, review, ...rest } = wanted;
  const isDelivered = status === "delivered";
  const made = createReturn(world, claim, {
    ...rest,
    status: isDelivered ? "shipped" : status,
    at: ago(hoursAgo),
    origin: claim.type === "returns" ? "automatic" : claim.stage === "dispute" ? "dispute" : "claim",
  });
  if (isDelivered) moveReturn(world, claim, "delivered", ago(deliveredHoursAgo ?? 1));
  if (wanted.shipment && made.shipments[0]) made.shipments[0].status = wanted.shipment;
  for (const one of claim.resolutions) if (one.wish === "return_product") one.status = "accepted";
  claim.history.push({
    action: "generate_return",
    role: "mediator",
    reasonId: null,
    stage: claim.stage,
    status: "opened",
    at: made.createdAt,
  });
  claim.hasSellerReplied = true;
  if (!review) return;
  const at = ago(Math.max(0, (deliveredHoursAgo ?? 1) - 1));
  const failures = [{ reason: review, message: "", attachments: [], orderId: null }];
  made.review = { isOk: review === "ok", at, failures: review === "ok" ? [] : failures };
}

function addChange(claim: Claim, seed: z.output<typeof ClaimSeed>, ago: (hours: number) => Date): void {
  const { change } = seed;
  if (!change) return;
  const at = ago(change.hoursAgo);
  const day = (days: number) => new Date(at.getTime() + days * 24 * HOUR_MS);
  claim.relatedEntities.push("change");
  claim.change = {
    status: change.status,
    detail: change.detail,
    type: change.type,
    newOrderIds: [],
    newShipmentIds: [],
    from: day(4),
    to: day(8),
    createdAt: at,
    updatedAt: at,
  };
}

/** claims.md 3: a closed `cancel_sale` has no resolution; any other may be told how it ended. */
function addEnd(claim: Claim, seed: z.output<typeof ClaimSeed>, ago: (hours: number) => Date): void {
  if (claim.status !== "closed") return;
  const end = seed.resolution ?? null;
  const at = ago(end?.hoursAgo ?? 0);
  const by =
    end?.closedBy === "buyer" ? "complainant" : end?.closedBy === "mediator" ? "mediator" : "respondent";
  claim.statuses.push({ stage: claim.stage, status: "closed", at, by });
  claim.history.push({
    action: "close_claim",
    role: by,
    reasonId: null,
    stage: claim.stage,
    status: "closed",
    at,
  });
  if (!end || claim.type === "cancel_sale") return;
  const { reason, benefited, closedBy, applied } = end;
  claim.resolution = { reason, benefited, closedBy, at, isCovered: applied };
}

/** claims.md 13: the answer is mandatory until the seller wrote, and again when the buyer did. */
function addClocks(world: World, claim: Claim, seed: z.output<typeof ClaimSeed>, now: number): void {
  const inHours = (hours: number) => new Date(now + hours * HOUR_MS);
  if (claim.status === "closed") return;
  if (claim.stage === "dispute") {
    const at = claim.statuses.findLast(({ stage }) => stage === "dispute")?.at ?? claim.createdAt;
    const due = seed.dispute?.decisionDueInHours;
    claim.decisionDueAt = due === undefined ? lateEvening(at, 2) : inHours(due);
    return;
  }
  if (claim.stage !== "claim" || claim.type !== "mediations") return;
  if (seed.replyDueInHours !== undefined) {
    const closesInMs = seed.closesInHours === undefined ? undefined : seed.closesInHours * HOUR_MS;
    const due = seed.replyDueInHours === null ? null : inHours(seed.replyDueInHours);
    setReplyDue(world, claim, due, closesInMs);
    return;
  }
  const last = claim.messages.findLast((one) => one.from !== "mediator");
  if (last?.from === "respondent" || (!last && claim.hasSellerReplied)) return;
  const answered = claim.messages.findLastIndex((one) => one.from === "respondent");
  const waiting = claim.messages.slice(answered + 1).find((one) => one.from === "complainant");
  setReplyDue(world, claim, lateEvening(waiting?.createdAt ?? claim.createdAt, 4));
}
