import { z } from "zod";
import { AttachmentSeed } from "@/sandbox/control/attachment-seed";

const who = z.enum(["buyer", "seller", "mediator"]);

export const ClaimMessageSeed = z.strictObject({
  from: who,
  /** Default: buyer and seller to each other, in a mediation to the mediator; the mediator to the seller. */
  to: who.optional(),
  /** A mediator's may hold HTML (claims.md 4.6). */
  text: z.string(),
  /** Global Selling only. */
  translated: z.string().optional(),
  hoursAgo: z.number().min(0),
  attachments: z.array(AttachmentSeed).default([]),
  moderation: z
    .strictObject({
      status: z.enum(["moderated", "rejected"]).default("moderated"),
      reason: z.string().default("OUT_OF_PLACE_LANGUAGE"),
    })
    .optional(),
  /** Default: `dispute` once the mediation has begun. */
  stage: z.enum(["claim", "dispute", "recontact"]).optional(),
});

export const ReturnSeed = z.strictObject({
  /** claims.md 6.2, LOCAL statuses. */
  status: z.string().default("label_generated"),
  shipment: z.string().optional(),
  subtype: z.enum(["low_cost", "return_partial", "return_total"]).default("return_total"),
  money: z.enum(["retained", "refunded", "available"]).default("retained"),
  refundAt: z.enum(["shipped", "delivered", "n/a"]).default("delivered"),
  destination: z.enum(["seller_address", "warehouse"]).default("seller_address"),
  hoursAgo: z.number().min(0).default(24),
  /** When a delivered one arrived. */
  deliveredHoursAgo: z.number().min(0).optional(),
  review: z.enum(["ok", "SRF2", "SRF3", "SRF4", "SRF5", "SRF6", "SRF7"]).optional(),
});

/** A claim on a sale. Times count back from the sandbox's clock; what is left out follows claims.md 13. */
export const ClaimSeed = z.strictObject({
  /** Default: an id that the thread names already and that has no claim yet, else a new one. */
  id: z
    .string()
    .regex(/^\d{10}$/)
    .optional(),
  type: z
    .enum([
      "mediations",
      "returns",
      "fulfillment",
      "ml_case",
      "cancel_sale",
      "cancel_purchase",
      "change",
      "service",
    ])
    .default("mediations"),
  /** Default: `none` for cancellations, `stale` for `ml_case`, else `claim`. */
  stage: z.enum(["claim", "dispute", "recontact", "stale", "none"]).optional(),
  /** Default: cancellations are closed, the rest is open. */
  status: z.enum(["opened", "closed"]).optional(),
  /** One of the catalogue (claims/reasons.ts). */
  reasonId: z.string().default("PDD9939"),
  /** Which order of the pack; default the first. */
  orderIndex: z.number().int().min(0).default(0),
  resource: z.enum(["order", "shipment", "payment", "purchase"]).default("order"),
  /** Default: true but for PNR. */
  fulfilled: z.boolean().optional(),
  quantityType: z.enum(["total", "partial"]).default("total"),
  claimedQuantity: z.number().int().positive().optional(),
  /** Default: `return_product` for PDD, `refund` for the rest; null: none. */
  wants: z.enum(["refund", "product", "change_product", "return_product"]).nullable().optional(),
  openedHoursAgo: z.number().min(0).default(1),
  messages: z.array(ClaimMessageSeed).default([]),
  /** When the mandatory answer is due, counted from now; null: none is. Default: the rule of claims.md 13. */
  replyDueInHours: z.number().nullable().optional(),
  /** With `replyDueInHours` in the past: when the missed answer closes the claim; default: at once. */
  closesInHours: z.number().min(0).optional(),
  /** Actions taken from, or given beyond, what the rules give (claims.md 12.12). */
  without: z.array(z.string()).default([]),
  also: z.array(z.string()).default([]),
  /** A partial refund the seller has offered. */
  offer: z
    .strictObject({
      percentage: z.number(),
      status: z.enum(["pending", "accepted", "rejected"]).default("pending"),
      hoursAgo: z.number().min(0).default(1),
    })
    .optional(),
  /** A replacement the seller has offered (Full). */
  replacement: z.enum(["pending", "accepted", "rejected"]).optional(),
  /** How the mediation began; only with stage `dispute`, or a closed claim that went through one. */
  dispute: z
    .strictObject({
      by: z.enum(["buyer", "seller", "mediator"]).default("buyer"),
      hoursAgo: z.number().min(0),
      /** Default: two days after it began, late evening. */
      decisionDueInHours: z.number().optional(),
    })
    .optional(),
  /** How a closed one ended; null: no resolution (always so for `cancel_sale`). */
  resolution: z
    .strictObject({
      reason: z.string(),
      benefited: z.array(z.enum(["complainant", "respondent"])).default(["complainant"]),
      closedBy: z.enum(["mediator", "buyer", "seller", "respondent"]).default("mediator"),
      applied: z.boolean().default(false),
      hoursAgo: z.number().min(0).default(0),
    })
    .nullable()
    .optional(),
  return: ReturnSeed.optional(),
  /** An exchange (claims.md 6.3). */
  change: z
    .strictObject({
      status: z.string().default("pending"),
      detail: z.string().nullable().default(null),
      type: z.enum(["change", "replace"]).default("change"),
      hoursAgo: z.number().min(0).default(12),
    })
    .optional(),
  reputation: z
    .strictObject({
      effect: z.enum(["affected", "not_affected", "not_applies"]),
      hasIncentive: z.boolean(),
      dueInHours: z.number().nullable().default(null),
    })
    .optional(),
  restrictions: z
    .array(
      z.strictObject({ percentage: z.number(), reason: z.string(), type: z.enum(["maximum", "minimum"]) }),
    )
    .default([]),
  recommendations: z
    .array(
      z.strictObject({ percentage: z.number(), reason: z.string(), type: z.enum(["maximum", "minimum"]) }),
    )
    .default([]),
});

export type ClaimSeed = z.input<typeof ClaimSeed>;
export type ClaimMessageSeed = z.input<typeof ClaimMessageSeed>;
export type ReturnSeed = z.input<typeof ReturnSeed>;
