import { z } from "zod";
import { AttachmentSeed } from "@/sandbox/control/attachment-seed";
import { ClaimSeed } from "@/sandbox/control/claim-seeds";
import { QuestionSeed } from "@/sandbox/control/question-seeds";
import type { SiteId } from "@/sandbox/world/sites";
import { isSiteId } from "@/sandbox/world/sites";

const siteId = z.custom<SiteId>((value) => typeof value === "string" && isSiteId(value), "no such site");

export const MessageSeed = z.strictObject({
  from: z.enum(["buyer", "seller"]),
  text: z.string(),
  /** The same in the other party's language (Global Selling). */
  translated: z.string().optional(),
  minutesAgo: z.number().min(0).optional(),
  attachments: z.array(AttachmentSeed).default([]),
  /** Buyer messages only. Default: unread when the seller wrote nothing after it. */
  unread: z.boolean().optional(),
  moderation: z
    .strictObject({
      status: z.enum(["clean", "rejected", "pending", "non_moderated"]),
      reason: z.string().nullable().default(null),
    })
    .optional(),
  optionId: z.string().optional(),
  /** Was the agent on the other side? Default: as the thread is (messages.md 4.3, threads migrated in mid-life). */
  viaAgent: z.boolean().optional(),
  /** Moderation strikes so many minutes from now, after the message was shown as fine (messages.md 0.8). */
  rejectedIn: z.strictObject({ reason: z.string(), minutes: z.number().min(0) }).optional(),
});

const ProductSeed = z.strictObject({
  title: z.string(),
  price: z.number().positive().optional(),
  quantity: z.number().int().positive().optional(),
  variation: z.string().optional(),
  sku: z.string().optional(),
});

export const ThreadSeed = z.strictObject({
  buyerName: z.string().optional(),
  buyerCity: z.string().optional(),
  product: ProductSeed.optional(),
  /** Further orders of the same pack. */
  moreProducts: z.array(ProductSeed).default([]),
  messages: z.array(MessageSeed).default([]),
  status: z.enum(["active", "blocked"]).default("active"),
  substatus: z.string().nullable().default(null),
  /** null: the answer has no such field (messages.md 0.7). */
  sellerMaxLength: z.number().int().min(0).nullable().default(350),
  isAgent: z.boolean().default(false),
  /** The remote site of a Global Selling sale; default: the account's first. */
  siteId: siteId.optional(),
  soldDaysAgo: z.number().min(0).optional(),
  /** False: the order has no pack and its id stands in the pack's place. */
  isPack: z.boolean().default(true),
  orderStatus: z.string().optional(),
  claimIds: z.array(z.string()).default([]),
  /** Claims that are there from the start. */
  claims: z.array(ClaimSeed).default([]),
  isExcepted: z.boolean().default(false),
  /** Uses left per option of the action guide, where not what the messages say (messages.md 3.2). */
  caps: z.record(z.string(), z.number().int().min(0)).default({}),
  /** null: none yet. Default: about to leave by drop off. */
  shipment: z
    .strictObject({
      status: z.string().default("ready_to_ship"),
      substatus: z.string().nullable().default(null),
      logisticType: z.string().default("drop_off"),
    })
    .nullable()
    .optional(),
});

export const SellerSeed = z.strictObject({
  siteId,
  nickname: z.string().min(1).optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  city: z.string().optional(),
  state: z.string().optional(),
  /** Global Selling only; default MLM, MLB, MCO, MLC. */
  marketplaces: z.array(siteId).optional(),
  isOperator: z.boolean().default(false),
  isKycPending: z.boolean().default(false),
  isModel6: z.boolean().default(false),
  threads: z.array(ThreadSeed).default([]),
  questions: z.array(QuestionSeed).default([]),
});

export type MessageSeed = z.input<typeof MessageSeed>;
export type ThreadSeed = z.input<typeof ThreadSeed>;
export type SellerSeed = z.input<typeof SellerSeed>;
