import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import type { AccountId, UserId, WorkerId } from "@/lib/shared/ids";
import { threadNumber } from "./schema";
import { accountRef, instant } from "./schema-accounts";

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
