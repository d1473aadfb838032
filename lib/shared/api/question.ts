import * as z from "zod/mini";
import { Digits, Instant, MoneySchema } from "./common";

/** One question of a chain, without its words: those are messages (questions-and-contacts.md 1.2, 1.3). */
export const QuestionSchema = z.object({
  id: z.string(),
  /** As received, upper case: UNANSWERED, ANSWERED, CLOSED_UNANSWERED, UNDER_REVIEW, BANNED, DELETED, DISABLED, or a new one. */
  status: z.string(),
  createdAt: Instant,
  isOnHold: z.boolean(),
  isSuspectedSpam: z.boolean(),
  isDeletedFromListing: z.boolean(),
  answer: z.nullable(z.object({ status: z.string(), createdAt: z.nullable(Instant) })),
});
export type QuestionState = z.infer<typeof QuestionSchema>;

/** All that we hold of one buyer's questions on one item. */
export const ChainSchema = z.object({
  itemId: z.string(),
  /** Null: Mercado Libre did not say who asks. */
  buyerId: z.nullable(z.string()),
  /** How to reach the buyer: of classified listings only, and of people who are logged in. */
  contact: z.nullable(
    z.object({ name: z.nullable(z.string()), email: z.nullable(z.string()), phone: z.nullable(z.string()) }),
  ),
  /** Oldest first. */
  questions: z.array(QuestionSchema),
});
export type Chain = z.infer<typeof ChainSchema>;

/** What the list shows of a chain. */
export const QuestionBriefSchema = z.object({
  /** The question that the row leads to: the oldest that waits for an answer, else the newest. */
  address: z.string(),
  /** How many wait for an answer. */
  unanswered: z.number(),
  /** Since when the buyer waits for an answer that can be given. Null: for none. */
  waitingSince: z.nullable(Instant),
  /** Of the question in `address`. */
  status: z.string(),
});
export type QuestionBrief = z.infer<typeof QuestionBriefSchema>;

/** What is asked about (questions-and-contacts.md 5.3). */
export const ListingSchema = z.object({
  id: z.string(),
  title: z.string(),
  price: z.nullable(MoneySchema),
  permalink: z.nullable(z.string()),
  /** Always https. */
  thumbnail: z.nullable(z.string()),
  /** `active`, `paused`, `closed`, `under_review`, `inactive`, `payment_required`, or a new one. */
  status: z.nullable(z.string()),
  subStatus: z.array(z.string()),
  stock: z.nullable(z.number()),
  attributes: z.array(z.object({ name: z.string(), value: z.string() })),
  /** `classified`: contacts instead of sales. */
  buyingMode: z.nullable(z.string()),
});
export type Listing = z.infer<typeof ListingSchema>;

/** Of a thread of questions: all that the screen shows beside its words. */
export const QuestionViewSchema = z.object({
  /** The question in the address: the composer answers it. */
  asked: z.string(),
  chain: ChainSchema,
  /** Null until it was read, or Mercado Libre does not show it. */
  listing: z.nullable(ListingSchema),
  /** The oldest other question of the chain that waits for an answer. */
  next: z.nullable(z.string()),
  /** Ids of questions that were hidden with Buzón. */
  hidden: z.array(z.string()),
  /** May this buyer ask no more? Null: Mercado Libre was not asked yet. */
  isBuyerBlocked: z.nullable(z.boolean()),
});
export type QuestionView = z.infer<typeof QuestionViewSchema>;

/** What is done with a question at once, without the outbox: doing it twice changes nothing more. */
export const QUESTION_ACTS = ["delete", "hide", "block", "unblock"] as const;
export type QuestionActKind = (typeof QUESTION_ACTS)[number];
/** `POST /api/threads/questions/{id}/question-acts`: the question is the one in the address. Answers the thread. */
export const QuestionActBody = z.object({ act: z.enum(QUESTION_ACTS) });
export const QuestionParams = z.object({ externalId: Digits });

/** `GET /api/threads/questions/{id}/why`: why Mercado Libre took a question or an answer away (questions-and-contacts.md 1.6). */
export const WhySchema = z.object({
  infractions: z.array(
    z.object({
      id: z.string(),
      at: z.nullable(Instant),
      /** Mercado Libre's name of the rule, such as `LINKS`. */
      subgroup: z.nullable(z.string()),
      /** Plain text. */
      reason: z.string(),
      remedy: z.string(),
    }),
  ),
});
export type WhyView = z.infer<typeof WhySchema>;

/** `GET /api/questions/blocked-buyers`: of all the user's accounts. */
export const BlockedBuyersSchema = z.object({
  accounts: z.array(
    z.object({
      accountId: z.string(),
      /** Null: it could not be asked for now. */
      buyers: z.nullable(
        z.array(z.object({ id: z.string(), name: z.nullable(z.string()), blockedAt: z.nullable(Instant) })),
      ),
      isComplete: z.boolean(),
    }),
  ),
});
export type BlockedBuyersView = z.infer<typeof BlockedBuyersSchema>;
/** `POST /api/questions/blocked-buyers`: nobody but blocked buyers without a question needs it. */
export const UnblockBody = z.object({ accountId: Digits, buyerId: Digits });

const SegmentSchema = z.nullable(
  z.object({ minutes: z.nullable(z.number()), salesIncrease: z.nullable(z.number()) }),
);
/** Null: no questions, or it could not be asked for. */
export const ResponseTimeSchema = z.nullable(
  z.object({
    totalMinutes: z.nullable(z.number()),
    weekdaysWorking: SegmentSchema,
    weekdaysExtra: SegmentSchema,
    weekend: SegmentSchema,
  }),
);
/** `GET /api/questions/response-time`: how long answers took in the last 14 days, as Mercado Libre counts (1.5). */
export const ResponseTimesSchema = z.object({
  accounts: z.array(
    z.object({
      accountId: z.string(),
      time: ResponseTimeSchema,
      readAt: z.nullable(Instant),
    }),
  ),
});
export type ResponseTimesView = z.infer<typeof ResponseTimesSchema>;
