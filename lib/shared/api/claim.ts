import * as z from "zod/mini";
import { Digits, Instant, MoneySchema, Uuid } from "./common";

/** Who speaks or acts on a claim, in Mercado Libre's words. */
export const CLAIM_ROLES = ["complainant", "respondent", "mediator"] as const;
export const ClaimRoleSchema = z.enum(CLAIM_ROLES);
export type ClaimRole = z.infer<typeof ClaimRoleSchema>;

/** Something the seller may do now, as Mercado Libre names it: an open set (claims.md 3). */
const HeldActionSchema = z.object({
  action: z.string(),
  isMandatory: z.boolean(),
  dueAt: z.nullable(Instant),
});
export type HeldAction = z.infer<typeof HeldActionSchema>;

const ExpectedResolutionSchema = z.object({
  role: z.string(),
  /** refund, product, change_product, return_product, partial_refund: an open set (claims.md 6). */
  kind: z.string(),
  status: z.string(),
  /** Of a partial refund: what was offered, 1 to 99. */
  percentage: z.nullable(z.number()),
  amount: z.nullable(MoneySchema),
  at: z.nullable(Instant),
});
export type ExpectedResolution = z.infer<typeof ExpectedResolutionSchema>;

const ReturnSchema = z.object({
  /** Global Selling does not name it (claims.md 6.2). */
  id: z.nullable(z.string()),
  status: z.nullable(z.string()),
  moneyStatus: z.nullable(z.string()),
  /** When the buyer gets the money: `shipped`, `delivered`, `n/a`. */
  refundAt: z.nullable(z.string()),
  subtype: z.nullable(z.string()),
  shipments: z.array(
    z.object({
      id: z.nullable(z.string()),
      status: z.nullable(z.string()),
      tracking: z.nullable(z.string()),
      /** `seller_address`, `warehouse`. */
      destination: z.nullable(z.string()),
    }),
  ),
  orders: z.array(
    z.object({
      orderId: z.string(),
      itemId: z.nullable(z.string()),
      quantity: z.nullable(z.number()),
      of: z.nullable(z.number()),
    }),
  ),
  review: z.nullable(z.object({ status: z.nullable(z.string()), reason: z.nullable(z.string()) })),
});
export type ClaimReturn = z.infer<typeof ReturnSchema>;

const EvidenceSchema = z.object({
  /** `mail`, `entrusted`, `personal_delivery`, `email`; null: a promise of when it ships. */
  method: z.nullable(z.string()),
  company: z.nullable(z.string()),
  tracking: z.nullable(z.string()),
  receiver: z.nullable(z.string()),
  agency: z.nullable(z.string()),
  email: z.nullable(z.string()),
  shippedAt: z.nullable(Instant),
  deliveredAt: z.nullable(Instant),
  handlingAt: z.nullable(Instant),
  files: z.array(z.string()),
});
export type ClaimEvidence = z.infer<typeof EvidenceSchema>;

/** A claim as we hold it: what Mercado Libre said last, in one object. Kept as JSON on its thread. */
export const ClaimSchema = z.object({
  id: z.string(),
  /** `mediations` is an ordinary claim: only the stage says mediation (claims.md 3). */
  type: z.string(),
  stage: z.string(),
  status: z.string(),
  resource: z.string(),
  resourceId: z.string(),
  reasonId: z.string(),
  /** Opened on a product that had arrived. Null: not told. */
  isDelivered: z.nullable(z.boolean()),
  quantity: z.nullable(z.number()),
  createdAt: Instant,
  updatedAt: Instant,
  /** The seller's own part in it: respondent, but complainant in a cancellation (claims.md 3). */
  role: ClaimRoleSchema,
  /** What the seller holds. */
  actions: z.array(HeldActionSchema),
  /** Two reads of Mercado Libre disagree about `actions`, or one named none on an open claim (claims.md 12.4). */
  isActionsUnsure: z.boolean(),
  /** Who else must act: the role that holds a mandatory action, and until when. */
  others: z.array(z.object({ role: z.string(), dueAt: z.nullable(Instant) })),
  detail: z.nullable(
    z.object({
      title: z.nullable(z.string()),
      problem: z.nullable(z.string()),
      description: z.nullable(z.string()),
      /** `seller`, `buyer`, `mediator`. */
      responsible: z.nullable(z.string()),
      dueAt: z.nullable(Instant),
    }),
  ),
  /** The reason in the words of Mercado Libre. */
  reason: z.nullable(z.string()),
  expected: z.array(ExpectedResolutionSchema),
  /** Who did what, oldest first. */
  history: z.array(
    z.object({ action: z.string(), role: z.string(), stage: z.nullable(z.string()), at: Instant }),
  ),
  /** Where it stood, oldest first. */
  stages: z.array(
    z.object({ stage: z.string(), status: z.string(), by: z.nullable(z.string()), at: Instant }),
  ),
  reputation: z.nullable(
    z.object({ effect: z.string(), hasIncentive: z.boolean(), dueAt: z.nullable(Instant) }),
  ),
  resolution: z.nullable(
    z.object({
      reason: z.nullable(z.string()),
      at: z.nullable(Instant),
      benefited: z.array(z.string()),
      closedBy: z.nullable(z.string()),
      isCovered: z.nullable(z.boolean()),
    }),
  ),
  /** Null: there is none, or it could not be read (`unread` names it then). */
  return: z.nullable(ReturnSchema),
  returnCost: z.nullable(MoneySchema),
  change: z.nullable(
    z.object({
      status: z.string(),
      detail: z.nullable(z.string()),
      type: z.nullable(z.string()),
      estimatedFrom: z.nullable(Instant),
      estimatedTo: z.nullable(Instant),
      newOrderIds: z.array(z.string()),
    }),
  ),
  evidences: z.array(EvidenceSchema),
  /** Parts that Mercado Libre did not give at the last read: `detail`, `reputation`, `return`... What is shown of them is older. */
  unread: z.array(z.string()),
  /** Were the histories, the return, the exchange and the evidences ever asked for? They are when somebody opens the claim;
   *  until then they are not known, which is no failure. */
  isWhole: z.boolean(),
});
export type Claim = z.infer<typeof ClaimSchema>;

/** How a parcel was sent, for the kinds of claims.md 6.1. Dates are calendar days, `yyyy-MM-dd`. */
const Day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const Line = z.string().check(z.minLength(1), z.maxLength(200));
const Files = z.array(Uuid).check(z.maxLength(10));
export const ShippingEvidenceSchema = z.union([
  z.object({
    method: z.literal("mail"),
    company: Line,
    shippedOn: Day,
    tracking: z.nullable(Line),
  }),
  z.object({
    method: z.literal("entrusted"),
    company: Line,
    agency: Line,
    shippedOn: Day,
    receiver: Line,
    receiverId: z.nullable(Line),
    tracking: z.nullable(Line),
    deliveredOn: z.nullable(Day),
    email: z.nullable(Line),
  }),
  z.object({ method: z.literal("personal_delivery"), deliveredOn: Day }),
  z.object({ method: z.literal("email"), email: Line, shippedOn: Day }),
  /** A promise: when it will be handed over. It takes no files. */
  z.object({ method: z.literal("promise"), handlingOn: Day }),
]);
export type ShippingEvidence = z.infer<typeof ShippingEvidenceSchema>;

/** What a seller does on a claim beside writing. Each is confirmed, leaves an audit row and is never repeated by itself. */
export const ClaimActSchema = z.union([
  z.object({ kind: z.literal("refund") }),
  z.object({
    kind: z.literal("partialRefund"),
    percentage: z.number().check(z.minimum(1), z.maximum(99)),
    /** As it was offered: another amount at the time of sending is another offer, and is not made. */
    amount: MoneySchema,
  }),
  z.object({ kind: z.literal("allowReturn") }),
  z.object({ kind: z.literal("allowReplace") }),
  z.object({ kind: z.literal("openDispute") }),
  z.object({ kind: z.literal("evidence"), evidence: ShippingEvidenceSchema, files: Files }),
  z.object({ kind: z.literal("reviewOk") }),
  z.object({
    kind: z.literal("reviewFail"),
    failures: z
      .array(
        z.object({
          /** SRF2 to SRF7 (claims.md 6.2): as Mercado Libre lists them. */
          reason: z.string().check(z.regex(/^[A-Z0-9_]{1,20}$/)),
          message: z.string().check(z.minLength(1), z.maxLength(1_000)),
          files: Files,
          /** For carts only: which order it is about. */
          orderId: z.nullable(Digits),
        }),
      )
      .check(z.minLength(1), z.maxLength(10)),
  }),
]);
export type ClaimAct = z.infer<typeof ClaimActSchema>;
export const CLAIM_ACTS = [
  "refund",
  "partialRefund",
  "allowReturn",
  "allowReplace",
  "openDispute",
  "evidence",
  "reviewOk",
  "reviewFail",
] as const;
export type ClaimActKind = (typeof CLAIM_ACTS)[number];

/** What stood in the confirmation when it was pressed. */
export const ConfirmedSchema = z.object({
  buyer: z.nullable(z.string().check(z.maxLength(200))),
  amount: z.nullable(MoneySchema),
});
export type Confirmed = z.infer<typeof ConfirmedSchema>;

const RefundHintSchema = z.object({
  percentage: z.number(),
  reason: z.nullable(z.string()),
  /** `maximum`, `minimum`. */
  type: z.nullable(z.string()),
});

/** `GET .../options/{kind}`: what only Mercado Libre can say before an act, read at this moment. */
export const ActOptionsSchema = z.union([
  z.object({
    kind: z.literal("partialRefund"),
    offers: z.array(z.object({ percentage: z.number(), amount: MoneySchema })),
    recommendations: z.array(RefundHintSchema),
    restrictions: z.array(RefundHintSchema),
  }),
  z.object({
    kind: z.literal("reviewFail"),
    reasons: z.array(
      z.object({
        id: z.string(),
        text: z.nullable(z.string()),
        /** It may be said of one order of a cart, or only of the whole parcel. */
        isForOrder: z.boolean(),
        needsFiles: z.boolean(),
      }),
    ),
    orders: z.array(z.object({ id: z.string(), title: z.nullable(z.string()) })),
  }),
  /** The freight of the return that would be accepted, where Mercado Libre tells. */
  z.object({ kind: z.literal("allowReturn"), cost: z.nullable(MoneySchema) }),
  z.object({ kind: z.literal("none") }),
  /** Mercado Libre does not offer it (any more), and why. */
  z.object({ kind: z.literal("closed"), reason: z.string() }),
]);
export type ActOptions = z.infer<typeof ActOptionsSchema>;
export const OptionsParams = z.object({
  channel: z.enum(["messages", "claims", "questions"]),
  externalId: Digits,
  act: z.enum(CLAIM_ACTS),
});

/** `POST .../acts`. The key is minted in the browser, once per confirmation: the same key answers the same row. */
export const ActBody = z.object({
  key: Uuid,
  act: ClaimActSchema,
  confirmed: ConfirmedSchema,
  /** What stood before the eyes of who confirmed it, as for a reply. */
  seen: z.optional(
    z.object({
      messages: z.array(z.string().check(z.maxLength(80))).check(z.maxLength(100)),
      replies: z.array(Uuid).check(z.maxLength(100)),
    }),
  ),
});

/** An act with who confirmed what, when, and what came of it: one audit row. */
export const ActSchema = z.object({
  /** Of its row in the outbox, for `POST /api/outbox/{id}`. */
  id: z.string(),
  key: z.string(),
  act: ClaimActSchema,
  confirmed: ConfirmedSchema,
  /** Nickname of the account that the person signed in with. */
  by: z.string(),
  at: Instant,
  state: z.enum([
    "queued",
    "held",
    "sending",
    "accepted",
    "sent",
    "moderation",
    "rejected",
    "failed",
    "uncertain",
    "cancelled",
  ]),
  reason: z.nullable(z.string()),
  /** When Mercado Libre's answer, or the last look for it, was noted. */
  settledAt: z.nullable(Instant),
  canRetry: z.boolean(),
  sendsAt: z.nullable(Instant),
  heldFor: z.array(z.string()),
});
export type ActView = z.infer<typeof ActSchema>;

/** What the list shows of a claim. */
export const ClaimBriefSchema = z.object({
  type: z.string(),
  stage: z.string(),
  status: z.string(),
  /** What the buyer wants: a kind of expected resolution. Null: not told. */
  wants: z.nullable(z.string()),
  title: z.nullable(z.string()),
  turn: z.nullable(z.enum(["seller", "buyer", "mediator"])),
  /** What `dueAt` of the row is: a duty of the seller's, the reputation incentive, or another's or the claim's own term. */
  clock: z.nullable(z.enum(["mandatory", "incentive", "term"])),
});
export type ClaimBrief = z.infer<typeof ClaimBriefSchema>;
