import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Claim, ClaimBrief, ClaimRole } from "@/lib/shared/api/claim";
import type { Chain, QuestionBrief } from "@/lib/shared/api/question";
import type { ThreadId, WorkerId } from "@/lib/shared/ids";
import type {
  Attachment,
  ChannelName,
  Direction,
  Message,
  ThreadContext,
  ThreadStatus,
  Visibility,
} from "@/lib/shared/thread";
import { accountRef, instant, userRef } from "./schema-accounts";

/** A claim as JSON keeps it: instants are text (store/claims.ts revives it). */
export type StoredClaim = { [Key in keyof Claim]: unknown };

/** A chain of questions as JSON keeps it: instants are text (store/questions.ts revives it). */
export type StoredChain = { [Key in keyof Chain]: unknown };

/** Who wishes a conversation to be read (lanes of the rate budget). */
export type PullLane = "open" | "notice" | "reconcile";

/** Our thread numbers stay strings in JavaScript, as every id does. */
export const threadNumber = customType<{ data: ThreadId; driverData: string }>({ dataType: () => "bigint" });

// Descending indexes say nullsFirst, as a plain `order by ... desc` does: with another order PostgreSQL would not use them.

export const threadRef = () =>
  threadNumber("thread_id")
    .notNull()
    .references((): AnyPgColumn => threads.id, { onDelete: "cascade" });

export const threadNumbers = pgSequence("thread_numbers");

export const threads = pgTable(
  "threads",
  {
    id: threadNumber("id").primaryKey().default(sql`nextval('thread_numbers')`),
    accountId: accountRef(),
    channel: text("channel").$type<ChannelName>().notNull(),
    externalId: text("external_id").notNull(),
    siteId: text("site_id").notNull(),
    sellerId: text("seller_id").notNull(),
    buyerId: text("buyer_id"),
    buyerName: text("buyer_name"),
    product: text("product"),
    orderId: text("order_id"),
    /** Claims: the pack of the order, once the sale was read. */
    packId: text("pack_id"),
    shipmentId: text("shipment_id"),
    saleAt: instant("sale_at"),
    status: text("status").$type<ThreadStatus>().notNull().default("unknown"),
    substatus: text("substatus"),
    isAgentPath: boolean("is_agent_path").notNull().default(false),
    /** Mercado Libre said that this sale is written to directly, although its conversation asks for a reason (messages.md 3.3). */
    isExcepted: boolean("is_excepted").notNull().default(false),
    /** The one message that a seller may begin with was used up then; a buyer's message from later gives it back. */
    startSpentAt: instant("start_spent_at"),
    /** Until when the seller must answer; null: no clock runs. */
    dueAt: instant("due_at"),
    /** Claims: what was read of it, and what the list shows. */
    claim: jsonb("claim").$type<StoredClaim>(),
    /** Claims and questions: what the list shows of it. */
    brief: jsonb("brief").$type<ClaimBrief | QuestionBrief>(),
    /** Questions: what is asked about, and who asks about what: one buyer's questions on one item are one thread. */
    itemId: text("item_id"),
    chainKey: text("chain_key"),
    chain: jsonb("chain").$type<StoredChain>(),
    /** What hurts most has the least (lib/shared/claim/rank.ts). Null: the channel has no such order. */
    rank: bigint("rank", { mode: "number" }),
    sellerMaxLength: integer("seller_max_length"),
    claimIds: jsonb("claim_ids").$type<string[]>().notNull().default([]),
    snippet: text("snippet"),
    lastDirection: text("last_direction").$type<Direction>(),
    lastMessageAt: instant("last_message_at"),
    /** What lists are ordered by: the last message, else the sale. */
    sortAt: instant("sort_at").notNull(),
    isWaiting: boolean("is_waiting").notNull().default(false),
    /** Is it the seller's to do? By its rank where it has one (DUE_BELOW of lib/shared/rank.ts), else because the buyer waits for
     *  an answer that can be given. */
    isTodo: boolean("is_todo").generatedAlwaysAs(
      sql`coalesce(rank < 300000000000000, is_waiting and status not in ('blocked', 'closed'))`,
    ),
    meliUnread: integer("meli_unread").notNull().default(0),
    /** Buyer messages up to here were seen before anybody used Buzón. */
    seenBaselineAt: instant("seen_baseline_at"),
    messageTotal: integer("message_total"),
    isComplete: boolean("is_complete").notNull().default(false),
    pulledAt: instant("pulled_at"),
    /** From when the conversation should be read again: something of it moved, or the last try failed. Null: no wish. */
    pullWantedAt: instant("pull_wanted_at"),
    /** Tries that failed in a row. */
    pullFailures: integer("pull_failures").notNull().default(0),
    /** Who wishes it most urgently: a person who opened it, a notification, or a sweep. */
    pullLane: text("pull_lane").$type<PullLane>().notNull().default("reconcile"),
    /** The worker that reads it now. Counts only while that worker lives. */
    pullOwner: uuid("pull_owner").$type<WorkerId>(),
    /** Mercado Libre refused this conversation (403, 404): not asked for again by the backfill. */
    refusedAt: instant("refused_at"),
    context: jsonb("context").$type<ThreadContext>(),
    contextAt: instant("context_at"),
    outboxFlag: text("outbox_flag").$type<
      "sending" | "held" | "moderation" | "uncertain" | "rejected" | "failed"
    >(),
  },
  (t) => [
    uniqueIndex("threads_external").on(t.accountId, t.channel, t.externalId),
    index("threads_newest").on(t.accountId, t.sortAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("threads_channel_newest").on(
      t.accountId,
      t.channel,
      t.sortAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("threads_ranked").on(t.accountId, t.channel, t.rank, t.id).where(sql`rank is not null`),
    // What is the seller's to do: the bound is DUE_BELOW of lib/shared/rank.ts.
    index("threads_due").on(t.accountId, t.rank, t.id).where(sql`rank < 300000000000000`),
    index("threads_pack").on(t.packId).where(sql`pack_id is not null`),
    uniqueIndex("threads_chain").on(t.accountId, t.chainKey).where(sql`chain_key is not null`),
    index("threads_item").on(t.accountId, t.itemId).where(sql`item_id is not null`),
    // The lists by state, each with its count.
    index("threads_todo")
      .on(t.accountId, t.channel, t.sortAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`is_todo`),
    index("threads_blocked")
      .on(t.accountId, t.channel, t.sortAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`status = 'blocked'`),
    index("threads_troubled")
      .on(t.accountId, t.channel, t.sortAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`outbox_flag in ('held', 'uncertain', 'rejected', 'failed')`),
    index("threads_wanted").on(t.accountId, t.pullWantedAt).where(sql`pull_wanted_at is not null`),
    index("threads_wished")
      .on(t.pullWantedAt)
      .where(sql`pull_wanted_at is not null and pull_lane <> 'reconcile'`),
    index("threads_order").on(t.orderId),
    index("threads_shipment").on(t.shipmentId),
    index("threads_to_backfill")
      .on(t.accountId, t.sortAt.desc().nullsFirst())
      .where(sql`pulled_at is null and refused_at is null`),
  ],
);

export const messages = pgTable(
  "messages",
  {
    threadId: threadRef(),
    id: text("id").notNull(),
    accountId: accountRef(),
    direction: text("direction").$type<Direction>().notNull(),
    author: text("author").$type<Message["author"]>().notNull(),
    to: text("to_role").$type<ClaimRole>(),
    stage: text("stage"),
    fromUserId: text("from_user_id").notNull(),
    text: text("text").notNull(),
    textTranslated: text("text_translated"),
    visibility: text("visibility").$type<Visibility>().notNull(),
    reason: text("reason"),
    createdAt: instant("created_at").notNull(),
    readAt: instant("read_at"),
    attachments: jsonb("attachments").$type<Attachment[]>().notNull().default([]),
    storedAt: instant("stored_at").notNull().defaultNow(),
    /** When a notification of its own came. Null: none did, and something else found it (the gap meter). */
    noticedAt: instant("noticed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.threadId, t.id] }),
    index("messages_newest").on(t.threadId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("messages_id").on(t.id),
    index("messages_unnoticed")
      .on(t.accountId, t.storedAt)
      .where(sql`noticed_at is null and direction = 'in'`),
  ],
);

/** Up to when each user has looked at a thread. Ours: Mercado Libre knows nothing of it. */
export const looks = pgTable(
  "looks",
  { userId: userRef(), threadId: threadRef(), seenAt: instant("seen_at").notNull() },
  (t) => [primaryKey({ columns: [t.userId, t.threadId] }), index("looks_thread").on(t.threadId)],
);

/** Only threads with something new for a user: what makes "new first" an index read at any size. */
export const unseen = pgTable(
  "unseen",
  {
    userId: userRef(),
    threadId: threadRef(),
    accountId: accountRef(),
    channel: text("channel").$type<ChannelName>().notNull(),
    count: integer("count").notNull(),
    sortAt: instant("sort_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.threadId] }),
    // One account's and channel's, however many more are new: each list is made of those.
    index("unseen_channel_newest").on(
      t.userId,
      t.accountId,
      t.channel,
      t.sortAt.desc().nullsFirst(),
      t.threadId.desc().nullsFirst(),
    ),
    index("unseen_thread").on(t.threadId),
  ],
);
