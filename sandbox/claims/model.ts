import type { Thread } from "@/sandbox/world/model";

/** claims.md 3: roles are fixed for the life of a claim; the mediator joins in `dispute`. */
export type ClaimRole = "complainant" | "respondent" | "mediator";

/** claims.md 3: payloads carry `returns`; `mediations` is an ordinary claim, not a mediation. */
export type ClaimType =
  | "mediations"
  | "returns"
  | "fulfillment"
  | "ml_case"
  | "cancel_sale"
  | "cancel_purchase"
  | "change"
  | "service";

/** claims.md 3: `dispute` is the mediation; `stale` only with `ml_case`, `none` for cancellations. */
export type ClaimStage = "claim" | "dispute" | "recontact" | "stale" | "none";

export type ClaimStatus = "opened" | "closed";

/** What the buyer wants, or was offered (claims.md 6). */
export type Wish = "refund" | "product" | "change_product" | "return_product" | "partial_refund";

/** Something a player may do now (claims.md 3, `available_actions`). */
export interface ClaimAction {
  action: string;
  mandatory: boolean | null;
  dueAt: Date | null;
}

export interface ClaimPlayer {
  role: ClaimRole;
  /** buyer, seller; collector of a payment, sender and receiver of a shipment; internal: the mediator. */
  type: string;
  userId: string;
}

/** A message of the claim's own thread (claims.md 4.6). It has no id: `hash` at most. */
export interface ClaimMessage {
  hash: string;
  from: ClaimRole;
  to: ClaimRole;
  /** A mediator's may hold HTML. */
  text: string;
  /** Global Selling only. */
  translated: string | null;
  /** A translation still to come: the message is `pending_translation` until then. */
  translation: { text: string; from: Date } | null;
  status: "available" | "moderated" | "rejected";
  moderation: {
    status: "clean" | "rejected" | "pending" | "non_moderated";
    reason: string | null;
    at: Date | null;
  };
  /** What moderation will say later; null: nothing to come. */
  verdict: { reason: string | null; from: Date } | null;
  /** Stage when it was sent. */
  stage: ClaimStage;
  createdAt: Date;
  updatedAt: Date;
  readAt: Date | null;
  /** System names of files. */
  attachments: string[];
  /** The same text was written before. */
  isRepeated: boolean;
}

/** A file of a claim: of its messages, its shipping evidence, or a return's review (claims.md 5.1, 6.1, 6.2). */
export interface ClaimFile {
  /** `{userId}_{uuid}.{ext}` */
  filename: string;
  originalFilename: string;
  type: string;
  readonly bytes: Uint8Array;
  uploadedAt: Date;
  claimId: string;
  kind: "message" | "evidence" | "return";
  by: ClaimRole;
  /** Vanished: its download is a 500. */
  isGone: boolean;
}

/** claims.md 6, expected resolution. */
export interface ExpectedResolution {
  role: ClaimRole;
  userId: string;
  wish: Wish;
  details: { key: string; value: string }[];
  status: "pending" | "accepted" | "rejected";
  createdAt: Date;
  updatedAt: Date;
}

/** claims.md 4.4, actions history. */
export interface HistoryEntry {
  action: string;
  role: ClaimRole;
  reasonId: string | null;
  stage: ClaimStage | null;
  status: ClaimStatus | null;
  at: Date;
}

/** claims.md 4.4, status history. */
export interface StatusEntry {
  stage: ClaimStage;
  status: ClaimStatus;
  at: Date;
  by: ClaimRole;
}

/** claims.md 3, `resolution`; null while open and on a closed `cancel_sale`. */
export interface ClaimResolution {
  reason: string;
  at: Date;
  benefited: ("complainant" | "respondent")[];
  closedBy: "mediator" | "buyer" | "seller" | "respondent";
  isCovered: boolean;
}

/** claims.md 4.5 */
export interface ReputationEffect {
  effect: "affected" | "not_affected" | "not_applies";
  hasIncentive: boolean;
  dueAt: Date | null;
}

/** claims.md 6.1; what a method has no use for is null. */
export interface Evidence {
  type: "shipping_evidence" | "handling_shipping_evidence";
  method: "mail" | "entrusted" | "personal_delivery" | "email" | null;
  company: string | null;
  trackingNumber: string | null;
  agency: string | null;
  receiverName: string | null;
  receiverId: string | null;
  receiverEmail: string | null;
  /** Dates as they were sent. */
  shippedAt: string | null;
  deliveredAt: string | null;
  handlingAt: string | null;
  attachments: string[];
}

/** claims.md 6.2, one way of a return's parcel. */
export interface ReturnShipment {
  id: string;
  status: string;
  trackingNumber: string | null;
  type: "return" | "return_from_triage";
  destination: "seller_address" | "warehouse";
}

/** A review of what came back (claims.md 6.2, `return-review`): one entry per failure, none when all is well. */
export interface ReturnReview {
  isOk: boolean;
  at: Date;
  failures: { reason: string; message: string; attachments: string[]; orderId: string | null }[];
}

/** claims.md 6.2 */
export interface ReturnCase {
  /** The `return_id` of rows 24 and 25. */
  id: string;
  status: string;
  subtype: "low_cost" | "return_partial" | "return_total";
  money: "retained" | "refunded" | "available";
  refundAt: "shipped" | "delivered" | "n/a";
  /** GLOBAL's older shape only: what the return came out of. */
  origin: "claim" | "dispute" | "automatic";
  shipments: ReturnShipment[];
  hasIntermediateCheck: boolean;
  review: ReturnReview | null;
  createdAt: Date;
  updatedAt: Date;
  closedAt: Date | null;
  /** When the parcel reached the seller; the review is held from here, the refund comes 3 days later. */
  deliveredAt: Date | null;
}

/** An exchange (claims.md 6.3). */
export interface ClaimChange {
  status: string;
  detail: string | null;
  type: "change" | "replace";
  newOrderIds: string[];
  newShipmentIds: string[];
  from: Date;
  to: Date;
  createdAt: Date;
  updatedAt: Date;
}

/** One claim with all that hangs on it. What its players may do is not held: actions.ts tells it from the rest. */
export interface Claim {
  id: string;
  thread: Thread;
  /** Not always the order (claims.md 12.7). */
  resource: "order" | "shipment" | "payment" | "purchase";
  resourceId: string;
  /** The order it is about, whatever `resource` says. */
  orderId: string;
  type: ClaimType;
  stage: ClaimStage;
  status: ClaimStatus;
  parentId: string | null;
  reasonId: string;
  isFulfilled: boolean;
  quantityType: "total" | "partial";
  claimedQuantity: number;
  version: number;
  players: ClaimPlayer[];
  resolution: ClaimResolution | null;
  relatedEntities: string[];
  createdAt: Date;
  updatedAt: Date;
  /** Oldest first. */
  messages: ClaimMessage[];
  resolutions: ExpectedResolution[];
  /** Oldest first. */
  history: HistoryEntry[];
  /** Oldest first. */
  statuses: StatusEntry[];
  reputation: ReputationEffect;
  evidences: Evidence[];
  returnCase: ReturnCase | null;
  change: ClaimChange | null;
  /** The seller must have answered by then; null: nothing is mandatory (claims.md 7). */
  replyDueAt: Date | null;
  /** When a claim past that date is closed; null: at once (claims.md 7 does not say how soon). */
  closesAt: Date | null;
  /** While a mediation runs: when the mediator should have decided (claims.md 8). */
  decisionDueAt: Date | null;
  /** The seller has answered at least once: `open_dispute` is held (claims.md 13). */
  hasSellerReplied: boolean;
  /** Actions taken away from what the rules give (claims.md 12.12), and actions given beyond them. */
  withoutActions: Set<string>;
  extraActions: ClaimAction[];
  /** Why offers are limited (claims.md 6, available-offers). */
  restrictions: OfferLimit[];
  recommendations: OfferLimit[];
  /** What blocked the sale's conversation before the claim did; null: nothing. */
  chatBefore: string | null;
  /** Work for later on this claim: done when it is due, by a timer or by whoever reads first. */
  pending: PendingAct[];
}

export interface OfferLimit {
  percentage: number;
  reason: string;
  type: "maximum" | "minimum";
}

/** Something that happens to a claim later. */
export interface PendingAct {
  at: Date;
  kind: "mediator_answers" | "verdict" | "translation" | "close_after_refund" | "return_refund";
}

/** GLOBAL only: a rule that pays buyers before a claim exists (claims.md 6.4). */
export interface RefundRule {
  id: string;
  sellerId: string;
  active: boolean;
  from: number | null;
  to: number | null;
  allPrices: boolean;
  offer: number;
  logistic: string[];
  reason: string[];
}
