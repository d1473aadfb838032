import { sql } from "drizzle-orm";
import { boolean, index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { Listing } from "@/lib/shared/api/question";
import { threadRef } from "./schema";
import { accountRef, instant } from "./schema-accounts";

/** Every question that we know, and the thread that it belongs to: any of them opens it. Its words are a message. */
export const questions = pgTable(
  "questions",
  {
    accountId: accountRef(),
    id: text("id").notNull(),
    threadId: threadRef(),
    /** As received, upper case (questions-and-contacts.md 1.3). */
    status: text("status").notNull(),
    createdAt: instant("created_at").notNull(),
    /** It was hidden with Buzón: Mercado Libre does not say which are (questions-and-contacts.md 9). */
    isHidden: boolean("is_hidden").notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    index("questions_thread").on(t.threadId),
    index("questions_unanswered").on(t.accountId, t.createdAt).where(sql`status = 'UNANSWERED'`),
  ],
);

/** A listing as JSON keeps it. */
export type StoredListing = { [Key in keyof Listing]: unknown };

/** What is for sale, as it was read last: one row for all that is asked about it. */
export const listings = pgTable(
  "listings",
  {
    accountId: accountRef(),
    itemId: text("item_id").notNull(),
    /** Null: it was asked for, and Mercado Libre does not show it. */
    listing: jsonb("listing").$type<StoredListing>(),
    readAt: instant("read_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.itemId] }),
    index("listings_classified")
      .on(t.accountId, t.itemId)
      .where(sql`listing ->> 'buyingMode' = 'classified'`),
  ],
);

/** What Mercado Libre tells of an account as a whole and seldom changes, as it was read last: who may ask nothing, how long answers
 *  take. `value` as store/account-facts.ts writes it. */
export const accountFacts = pgTable(
  "account_facts",
  {
    accountId: accountRef(),
    name: text("name").$type<"blocked_buyers" | "response_time">().notNull(),
    value: jsonb("value").$type<unknown>(),
    readAt: instant("read_at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.name] })],
);
