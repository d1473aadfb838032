import { later } from "@/sandbox/claims/alarms";
import type { Claim, ReturnCase } from "@/sandbox/claims/model";
import { digits } from "@/sandbox/world/random";
import type { World } from "@/sandbox/world/world";

/** claims.md 6.2, 8: with `refund_at: delivered` the money goes back three days after the parcel came. */
const REVIEW_MS = 3 * 86_400_000;

/** claims.md 6.2: how far the parcel is, by the return's status. */
const SHIPMENT_OF: Partial<Record<string, string>> = {
  pending: "pending",
  label_generated: "ready_to_ship",
  scheduled: "ready_to_ship",
  shipped: "shipped",
  pending_delivered: "shipped",
  delivered: "delivered",
  not_delivered: "not_delivered",
  failed: "not_delivered",
  cancelled: "cancelled",
  expired: "cancelled",
};

/** A return for this claim; `related_entities` gains `return` (claims.md 6). */
export function createReturn(
  world: World,
  claim: Claim,
  o: Partial<Pick<ReturnCase, "status" | "subtype" | "money" | "refundAt" | "origin">> & {
    shipment?: string | undefined;
    destination?: "seller_address" | "warehouse";
    at?: Date;
  } = {},
): ReturnCase {
  const at = o.at ?? world.now();
  const status = o.status ?? "label_generated";
  const { siteId } = claim.thread;
  const made: ReturnCase = {
    id: `7${digits(world.random, 8)}`,
    status,
    subtype: o.subtype ?? "return_total",
    money: o.money ?? "retained",
    refundAt: o.refundAt ?? "delivered",
    origin: o.origin ?? (claim.stage === "dispute" ? "dispute" : "claim"),
    shipments: [
      {
        id: `4${digits(world.random, 10)}`,
        status: o.shipment ?? SHIPMENT_OF[status] ?? "pending",
        trackingNumber: `${siteId}${digits(world.random, 10)}`,
        type: "return",
        destination: o.destination ?? "seller_address",
      },
    ],
    hasIntermediateCheck: o.destination === "warehouse",
    review: null,
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    deliveredAt: null,
  };
  claim.returnCase = made;
  if (!claim.relatedEntities.includes("return")) claim.relatedEntities.push("return");
  world.returns.set(made.id, claim);
  return made;
}

/** The parcel moves; delivered to the seller, the review is held and the three days run (claims.md 6.2, 7). */
export function moveReturn(world: World, claim: Claim, status: string, at = world.now()): void {
  const { returnCase } = claim;
  if (!returnCase) return;
  returnCase.status = status;
  returnCase.updatedAt = at;
  const [shipment] = returnCase.shipments;
  if (shipment) shipment.status = SHIPMENT_OF[status] ?? shipment.status;
  if (status === "shipped" && returnCase.refundAt === "shipped") returnCase.money = "refunded";
  if (status !== "delivered" || returnCase.deliveredAt) return;
  // claims.md 6.2: what goes to the warehouse is not the seller's to review
  if (shipment?.destination === "warehouse") return;
  returnCase.deliveredAt = at;
  if (returnCase.refundAt === "delivered") {
    later(world, claim, { kind: "return_refund", at: reviewDue(at) });
  }
}

/** Until when what came back may be reviewed (claims.md 8). */
export function reviewDue(deliveredAt: Date): Date {
  return new Date(deliveredAt.getTime() + REVIEW_MS);
}
