import * as z from "zod/mini";
import { ConnectionState } from "./account";
import { ClaimBriefSchema } from "./claim";
import { ChannelSchema, Digits, Instant, MoneySchema, ProfileSchema } from "./common";
import { QuestionBriefSchema } from "./question";

/** What a list is narrowed to beside channel and account. `todo`: the seller's to do. `new`: with buyer messages that this
 *  user has not seen. `troubled`: with a reply of ours that is held, uncertain, rejected or failed. */
export const INBOX_STATES = ["todo", "new", "blocked", "troubled"] as const;
export type InboxState = (typeof INBOX_STATES)[number];

/** `GET /api/inbox`: conversations of all the user's accounts, what is due first, then new ones, then newest. */
export const InboxQuery = z.object({
  channel: z.optional(ChannelSchema),
  account: z.optional(Digits),
  state: z.optional(z.enum(INBOX_STATES)),
  cursor: z.optional(z.string().check(z.maxLength(200))),
});
export type InboxFilter = Omit<z.infer<typeof InboxQuery>, "cursor">;

export const ThreadRowSchema = z.object({
  accountId: z.string(),
  profile: ProfileSchema,
  siteId: z.string(),
  channel: ChannelSchema,
  /** Mercado Libre's id: the last part of the thread's address. */
  externalId: z.string(),
  /** What was sold. Null until the sale was read. */
  product: z.nullable(z.string()),
  buyer: z.nullable(z.string()),
  /** Its messages were asked for at Mercado Libre at least once. Until then nothing is known of who wrote, or when. */
  isPulled: z.boolean(),
  /** Start of the last visible message, or null when nobody wrote yet. */
  snippet: z.nullable(z.string()),
  lastDirection: z.nullable(z.enum(["in", "out"])),
  /** Time shown and sorted by: the last message, or the sale. */
  sortAt: Instant,
  /** The last visible message is the buyer's. */
  isWaiting: z.boolean(),
  /** Buyer messages newer than this user's last look. */
  newCount: z.number(),
  /** Mercado Libre's own unread count, changed only by an explicit mark as read. */
  meliUnread: z.number(),
  status: z.enum(["open", "blocked", "unknown", "closed"]),
  substatus: z.nullable(z.string()),
  /** The most urgent of our own replies that are not simply sent. */
  outbox: z.nullable(z.enum(["sending", "held", "moderation", "uncertain", "rejected", "failed"])),
  /** Until when somebody must act, where a clock runs: the seller on messages (messages.md 4.2), on a claim whoever
   *  `claim.clock` says. */
  dueAt: z.nullable(Instant),
  /** How much it hurts: less is more urgent (claim/rank.ts). Null: the channel has no such order. */
  rank: z.nullable(z.number()),
  claim: z.nullable(ClaimBriefSchema),
  question: z.nullable(QuestionBriefSchema),
  /** What the sale cost; of claims only. */
  amount: z.nullable(MoneySchema),
  hasDraft: z.boolean(),
});
export type ThreadRow = z.infer<typeof ThreadRowSchema>;

/** How many conversations each list holds, of the accounts that are looked at (capped at 100: more than 99). */
export const InboxCountsSchema = z.object({
  /** The seller's to do, by channel. */
  todo: z.object({ messages: z.number(), claims: z.number(), questions: z.number() }),
  /** By state, of the channel that is looked at. */
  states: z.object({ todo: z.number(), new: z.number(), blocked: z.number(), troubled: z.number() }),
});
/** `GET /api/inbox/counts`. */
export const InboxCountsQuery = z.object({ channel: z.optional(ChannelSchema), account: z.optional(Digits) });
export type InboxCounts = z.infer<typeof InboxCountsSchema>;

export const InboxPageSchema = z.object({
  rows: z.array(ThreadRowSchema),
  nextCursor: z.nullable(z.string()),
  /** Of the lists that this page is of; null on every page but the first. */
  counts: z.nullable(InboxCountsSchema),
});
export type InboxPage = z.infer<typeof InboxPageSchema>;

/** `GET /api/summary`: counts, sync progress and the number that moves when anything of an account changed. */
export const SummarySchema = z.object({
  /** Conversations that are the seller's to do (capped at 1000). */
  waiting: z.number(),
  /** Conversations with buyer messages this user has not seen (capped at 1000). */
  fresh: z.number(),
  accounts: z.array(
    z.object({
      id: z.string(),
      change: z.number(),
      waiting: z.number(),
      state: ConnectionState,
      sync: z.nullable(
        z.object({
          phase: z.enum(["unread", "sales", "backfill"]),
          done: z.number(),
          total: z.nullable(z.number()),
        }),
      ),
    }),
  ),
});
export type Summary = z.infer<typeof SummarySchema>;
