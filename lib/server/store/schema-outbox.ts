import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { ClaimAct, ClaimRole, Confirmed } from "@/lib/shared/api/claim";
import type { GuideChoice, OutboxState, Seen } from "@/lib/shared/api/thread";
import type { FileId, OutboxId, UserId } from "@/lib/shared/ids";
import { threadRef } from "./schema";
import { accountRef, instant, userRef } from "./schema-accounts";

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

const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

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
