import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Claim, ClaimAct, ClaimBrief, ClaimRole, Confirmed } from "@/lib/shared/api/claim";
import type { Chain, QuestionBrief } from "@/lib/shared/api/question";
import type { GuideChoice, OutboxState, Seen } from "@/lib/shared/api/thread";
import type { AccountId, FileId, OutboxId, SessionId, ThreadId, UserId, WorkerId } from "@/lib/shared/ids";
import type { Profile } from "@/lib/shared/sites";
import type {
  Attachment,
  ChannelName,
  Direction,
  Message,
  ThreadContext,
  ThreadStatus,
  Visibility,
} from "@/lib/shared/thread";

/** What a row of the outbox does beside a plain reply: a message on a claim names its reader, an answer its question. */
export type OutboxAct =
  | { kind: "message"; to: ClaimRole }
  | { kind: "answer"; questionId: string }
  | ClaimAct;

/** What came of an act, for its audit row. */
export interface ActAnswer {
  state: OutboxState;
  reason: string | null;
  /** Mercado Libre's status; null: no answer came. */
  status: number | null;
  /** Its answer in a few facts (a resolution's kind and status, a stage); never a person's text. */
  facts: Record<string, string>;
}

/** A claim as JSON keeps it: instants are text (store/claims.ts revives it). */
export type StoredClaim = { [Key in keyof Claim]: unknown };

/** A chain of questions as JSON keeps it: instants are text (store/questions.ts revives it). */
export type StoredChain = { [Key in keyof Chain]: unknown };

/** Who wishes a conversation to be read (lanes of the rate budget). */
export type PullLane = "open" | "notice" | "reconcile";

export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date", precision: 3 });
const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });
/** Our thread numbers stay strings in JavaScript, as every id does. */
const threadNumber = customType<{ data: ThreadId; driverData: string }>({ dataType: () => "bigint" });

// Descending indexes say nullsFirst, as a plain `order by ... desc` does: with another order PostgreSQL would not use them.

export const accountRef = (name = "account_id") =>
  text(name)
    .$type<AccountId>()
    .notNull()
    .references((): AnyPgColumn => accounts.id, { onDelete: "cascade" });
const userRef = () =>
  uuid("user_id")
    .$type<UserId>()
    .notNull()
    .references((): AnyPgColumn => users.id, { onDelete: "cascade" });
export const threadRef = () =>
  threadNumber("thread_id")
    .notNull()
    .references((): AnyPgColumn => threads.id, { onDelete: "cascade" });

/** A Mercado Libre user that granted us access. Exists once, whoever connected it (design 6). */
export const accounts = pgTable("accounts", {
  id: text("id").$type<AccountId>().primaryKey(),
  siteId: text("site_id").notNull(),
  profile: text("profile").$type<Profile>().notNull(),
  nickname: text("nickname").notNull(),
  /** Global Selling: the local accounts behind it. Empty for LOCAL. */
  marketplaces: jsonb("marketplaces").$type<{ userId: string; siteId: string }[]>().notNull().default([]),
  state: text("state").$type<"connected" | "reconnect" | "disconnected">().notNull().default("connected"),
  /** Moves by one with every transaction that changed something a screen shows. */
  changeNo: bigint("change_no", { mode: "number" }).notNull().default(0),
  createdAt: instant("created_at").notNull().defaultNow(),
});

/** The vault. `sealed` opens only with our key and this row's account id. */
export const tokens = pgTable("tokens", {
  accountId: accountRef().primaryKey(),
  sealed: text("sealed").notNull(),
  expiresAt: instant("expires_at").notNull(),
  version: integer("version").notNull().default(1),
  leaseOwner: text("lease_owner"),
  leaseUntil: instant("lease_until"),
  /** A refresh answer that was received and not yet applied, sealed (auth-and-limits.md 8.2). */
  journal: text("journal"),
  refreshedAt: instant("refreshed_at").notNull().defaultNow(),
});

export const users = pgTable("users", {
  id: uuid("id").$type<UserId>().primaryKey().defaultRandom(),
  /** The account whose first sign-in made this user: signing in with it opens this user. */
  originAccountId: text("origin_account_id").$type<AccountId>().notNull().unique(),
  currentAccountId: text("current_account_id").$type<AccountId>(),
  locale: text("locale").$type<"es" | "pt" | "en">(),
  theme: text("theme").$type<"system" | "light" | "dark">().notNull().default("system"),
  markRead: text("mark_read").$type<"never" | "on_reply" | "on_open">().notNull().default("never"),
  /** Seconds in which a sent reply can still be taken back, 0 to 10. */
  undoSeconds: integer("undo_seconds").notNull().default(5),
  createdAt: instant("created_at").notNull().defaultNow(),
});

export const sessions = pgTable(
  "sessions",
  {
    id: uuid("id").$type<SessionId>().primaryKey().defaultRandom(),
    userId: userRef(),
    createdAt: instant("created_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at"),
  },
  (t) => [index("sessions_user").on(t.userId)],
);

export const memberships = pgTable(
  "memberships",
  {
    userId: userRef(),
    accountId: accountRef(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.accountId] }), index("memberships_account").on(t.accountId)],
);

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

export const drafts = pgTable(
  "drafts",
  {
    userId: userRef(),
    threadId: threadRef(),
    /** Which question of a chain it answers; empty: the thread itself. */
    about: text("about").notNull().default(""),
    text: text("text").notNull(),
    fileIds: jsonb("file_ids").$type<FileId[]>().notNull().default([]),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.threadId, t.about] }), index("drafts_thread").on(t.threadId)],
);

/** One reply. The only truth about it: a job only says "look at this thread" (design 6). */
export const outbox = pgTable(
  "outbox",
  {
    id: uuid("id").$type<OutboxId>().primaryKey().defaultRandom(),
    accountId: accountRef(),
    threadId: threadRef(),
    userId: userRef(),
    key: uuid("key").notNull(),
    text: text("text").notNull(),
    state: text("state").$type<OutboxState>().notNull().default("queued"),
    reason: text("reason"),
    /** Message ids that the thread held just before the request left. */
    baseline: jsonb("baseline").$type<string[]>(),
    /** What the sender had before their eyes when they pressed Send. Null: they did not say. */
    seen: jsonb("seen").$type<Seen>(),
    /** Messages that the sender had not seen: the reply is held until they decide. */
    heldFor: jsonb("held_for").$type<string[]>(),
    messageId: text("message_id"),
    /** What is done instead of a plain reply: a reason of the action guide. */
    option: jsonb("option").$type<GuideChoice>(),
    /** Claims: who a message is for, or what is done. */
    act: jsonb("act").$type<OutboxAct>(),
    /** When the message it became is looked at again: moderation may come late (messages.md 0.8). */
    checkAt: instant("check_at"),
    /** How often it was. */
    checks: integer("checks").notNull().default(0),
    attempts: integer("attempts").notNull().default(0),
    /** How often the thread was read in search of this reply. */
    lookups: integer("lookups").notNull().default(0),
    notBefore: instant("not_before").notNull().defaultNow(),
    leaseOwner: text("lease_owner"),
    leaseUntil: instant("lease_until"),
    createdAt: instant("created_at").notNull().defaultNow(),
    sendingAt: instant("sending_at"),
    settledAt: instant("settled_at"),
  },
  (t) => [
    uniqueIndex("outbox_key").on(t.userId, t.key),
    index("outbox_thread").on(t.threadId, t.createdAt),
    index("outbox_account").on(t.accountId),
    index("outbox_checks").on(t.checkAt).where(sql`check_at is not null`),
    index("outbox_open").on(t.notBefore).where(sql`state in ('queued','sending','accepted','uncertain')`),
  ],
);

/** Who confirmed which act on a claim, when, and what was answered. Outlives its row in the outbox. */
export const audits = pgTable(
  "audits",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    accountId: accountRef(),
    threadId: threadRef(),
    /** No reference: what a person did stays on record when they are gone. */
    userId: uuid("user_id").$type<UserId>().notNull(),
    /** Nickname of the account that the person signed in with, as it was. */
    by: text("by").notNull(),
    outboxId: uuid("outbox_id").$type<OutboxId>().notNull().unique(),
    act: jsonb("act").$type<ClaimAct>().notNull(),
    confirmed: jsonb("confirmed").$type<Confirmed>().notNull(),
    at: instant("at").notNull().defaultNow(),
    answer: jsonb("answer").$type<ActAnswer>(),
    answeredAt: instant("answered_at"),
  },
  (t) => [index("audits_thread").on(t.threadId, t.at), index("audits_account").on(t.accountId, t.at)],
);

/** Files that wait to be sent. Bytes live in chunks and go once the reply is sent. */
export const files = pgTable(
  "files",
  {
    id: uuid("id").$type<FileId>().primaryKey().defaultRandom(),
    accountId: accountRef(),
    userId: userRef(),
    threadId: threadRef(),
    outboxId: uuid("outbox_id")
      .$type<OutboxId>()
      .references((): AnyPgColumn => outbox.id, { onDelete: "cascade" }),
    position: integer("position").notNull().default(0),
    name: text("name").notNull(),
    type: text("type").notNull(),
    size: integer("size").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [index("files_thread").on(t.threadId, t.userId), index("files_outbox").on(t.outboxId)],
);

export const fileChunks = pgTable(
  "file_chunks",
  {
    fileId: uuid("file_id")
      .$type<FileId>()
      .notNull()
      .references(() => files.id, { onDelete: "cascade" }),
    seq: integer("seq").notNull(),
    bytes: bytes("bytes").notNull(),
  },
  (t) => [primaryKey({ columns: [t.fileId, t.seq] })],
);

/** How far an account's first sync is, and when the sweeps last ran. */
export const syncs = pgTable("syncs", {
  accountId: accountRef().primaryKey(),
  unreadDone: integer("unread_done").notNull().default(0),
  unreadTotal: integer("unread_total"),
  unreadAt: instant("unread_at"),
  salesOffset: integer("sales_offset").notNull().default(0),
  salesTotal: integer("sales_total"),
  salesAt: instant("sales_at"),
  backfillDone: integer("backfill_done").notNull().default(0),
  backfillTotal: integer("backfill_total"),
  backfillAt: instant("backfill_at"),
  /** When a process last took the sweep upon itself, and when one last came to its end. */
  sweepClaimedAt: instant("sweep_claimed_at"),
  sweptAt: instant("swept_at"),
  /** Why the account cannot be read at all (missing_permission, model_6...) and when that was last so. */
  problem: text("problem"),
  problemAt: instant("problem_at"),
});

/** The last calls made to Mercado Libre, so that a seller can see that reading changed nothing. No text, no token. */
export const calls = pgTable(
  "calls",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    accountId: accountRef(),
    at: instant("at").notNull(),
    method: text("method").notNull(),
    path: text("path").notNull(),
    readFlag: boolean("read_flag"),
    status: integer("status"),
    ms: integer("ms").notNull(),
    requestId: text("request_id"),
  },
  (t) => [index("calls_newest").on(t.accountId, t.id.desc().nullsFirst())],
);

/** The shared rate budget: one token bucket per application, family and kind, whoever spends from it. */
export const rateBuckets = pgTable("rate_buckets", {
  key: text("key").primaryKey(),
  tokens: doublePrecision("tokens").notNull(),
  /** The part of the configured rate that is used: halved by a 429, growing back (auth-and-limits.md 6.2). */
  factor: doublePrecision("factor").notNull().default(1),
  adaptedAt: instant("adapted_at"),
  updatedAt: instant("updated_at").notNull(),
  blockedUntil: instant("blocked_until"),
});

/** The change feed: what of an account moved, in the order of its counter. Rows are written under the counter's row lock,
 *  so a number that can be read has no smaller one still to come. */
export const changes = pgTable(
  "changes",
  {
    accountId: accountRef(),
    no: bigint("no", { mode: "number" }).notNull(),
    /** Null: something of the whole account. No reference: a thread that is gone has still changed. */
    threadId: threadNumber("thread_id"),
    /** Whose screens show it. Null: those of all members. */
    userId: uuid("user_id").$type<UserId>(),
    at: instant("at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.no] }), index("changes_age").on(t.at)],
);

/** What Mercado Libre notified, stored before it was acknowledged. A pointer: nothing of it is believed. */
export const notices = pgTable(
  "notices",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** As it was sent: the account, or one of its marketplace users. */
    userId: text("user_id").notNull(),
    /** Known once it was looked at. */
    accountId: text("account_id").$type<AccountId>(),
    topic: text("topic").notNull(),
    resource: text("resource").notNull(),
    /** The id in it, by the topic's own pattern. */
    subject: text("subject").notNull(),
    actions: jsonb("actions").$type<string[]>().notNull().default([]),
    noticeId: text("notice_id"),
    attempts: integer("attempts").notNull().default(1),
    sentAt: instant("sent_at"),
    receivedAt: instant("received_at"),
    storedAt: instant("stored_at").notNull().defaultNow(),
    source: text("source").$type<"push" | "missed">().notNull().default("push"),
    /** One event has one row, however often and by whatever way it is told. */
    dedupe: text("dedupe").notNull().unique(),
    state: text("state").$type<"pending" | "done" | "kept" | "dropped">().notNull().default("pending"),
    outcome: text("outcome"),
    tries: integer("tries").notNull().default(0),
    notBefore: instant("not_before").notNull().defaultNow(),
    claimedBy: uuid("claimed_by").$type<WorkerId>(),
  },
  (t) => [
    index("notices_pending").on(t.notBefore, t.id).where(sql`state = 'pending'`),
    index("notices_subject").on(t.subject),
    index("notices_topic").on(t.userId, t.topic, t.storedAt),
    index("notices_age").on(t.storedAt),
  ],
);

/** The processes that work. A lease counts only while its owner was seen lately: a dead one loses them in seconds. */
export const workers = pgTable("workers", {
  id: uuid("id").$type<WorkerId>().primaryKey(),
  startedAt: instant("started_at").notNull().defaultNow(),
  seenAt: instant("seen_at").notNull().defaultNow(),
});

/** Totals since the installation began, which all processes add to. `labels` is the text that Prometheus wants. */
export const counters = pgTable(
  "counters",
  {
    name: text("name").notNull(),
    labels: text("labels").notNull().default(""),
    value: doublePrecision("value").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.name, t.labels] })],
);

/** Periodic work that one process at a time takes upon itself. */
export const chores = pgTable("chores", {
  /** What, and for which account: `missed_feeds`, `orders:700000001`. */
  key: text("key").primaryKey(),
  claimedBy: uuid("claimed_by").$type<WorkerId>(),
  claimedAt: instant("claimed_at"),
  doneAt: instant("done_at"),
  /** Up to when it has looked. */
  cursorAt: instant("cursor_at"),
  /** How much it found the last time. */
  found: integer("found").notNull().default(0),
  problem: text("problem"),
});

/** Browsers that asked to be told when nobody looks at them (Web Push). */
export const pushSubscriptions = pgTable(
  "push_subscriptions",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    userId: userRef(),
    /** The browser's session: signing out ends its notifications. */
    sessionId: uuid("session_id")
      .$type<SessionId>()
      .notNull()
      .references((): AnyPgColumn => sessions.id, { onDelete: "cascade" }),
    endpoint: text("endpoint").notNull().unique(),
    p256dh: text("p256dh").notNull(),
    auth: text("auth").notNull(),
    locale: text("locale").$type<"es" | "pt" | "en">().notNull().default("es"),
    createdAt: instant("created_at").notNull().defaultNow(),
    failures: integer("failures").notNull().default(0),
  },
  (t) => [index("push_user").on(t.userId), index("push_session").on(t.sessionId)],
);
