import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { ContactKind, LeadBuyer } from "@/lib/shared/api/leads";
import type { Unit } from "@/lib/shared/contacts/buckets";
import { accountRef, instant } from "./schema-accounts";

/** Somebody who was interested in a classified listing, as it was told last (questions-and-contacts.md 4.2). */
export const leads = pgTable(
  "leads",
  {
    accountId: accountRef(),
    id: text("id").notNull(),
    contactType: text("contact_type").notNull(),
    status: text("status"),
    subStatus: text("sub_status"),
    createdAt: instant("created_at"),
    /** What lists are ordered by: when it was made, else when it was first seen. */
    sortAt: instant("sort_at").notNull(),
    itemId: text("item_id"),
    isGuest: boolean("is_guest").notNull(),
    /** Who it is; null: a guest. Shown, and written to no log. */
    buyer: jsonb("buyer").$type<LeadBuyer>(),
    questionId: text("question_id"),
    readAt: instant("read_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    index("leads_newest").on(t.accountId, t.sortAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index("leads_type_newest").on(
      t.accountId,
      t.contactType,
      t.sortAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("leads_item_newest").on(
      t.accountId,
      t.itemId,
      t.sortAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("leads_guest_newest").on(
      t.accountId,
      t.isGuest,
      t.sortAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
  ],
);

/** What is known of an account's classified listings and leads, and what is wished for. */
export const leadSyncs = pgTable("lead_syncs", {
  accountId: accountRef().primaryKey(),
  /** Has it contacts or leads? Null: nobody looked yet. */
  hasClassifieds: boolean("has_classifieds"),
  checkedAt: instant("checked_at"),
  /** When its listings were read. */
  itemsAt: instant("items_at"),
  /** Leads are held from that day on (`2026-08-01`), and were read then. */
  leadsFrom: text("leads_from"),
  leadsAt: instant("leads_at"),
  /** The last time that all of the usual days were read, and not the newest alone. */
  leadsWholeAt: instant("leads_whole_at"),
  /** Somebody waits for leads, from that day on; null: for the usual ones. */
  wantedAt: instant("wanted_at"),
  wantedFrom: text("wanted_from"),
  /** Rows of the list, while it is read. */
  done: integer("done").notNull().default(0),
  total: integer("total"),
  problem: text("problem"),
  problemReason: text("problem_reason"),
  retryAt: instant("retry_at"),
});

/** What came of reading the account's own contacts, and who reads them now: one request at a time. */
export const contactReads = pgTable("contact_reads", {
  accountId: accountRef().primaryKey(),
  leaseUntil: instant("lease_until"),
  readAt: instant("read_at"),
  problem: text("problem"),
  problemReason: text("problem_reason"),
  retryAt: instant("retry_at"),
});

/** Contacts as the time windows told them: 24 neighbours to a row. Of a listing, or (without one: `''`) of the account. */
export const contactSeries = pgTable(
  "contact_series",
  {
    accountId: accountRef(),
    itemId: text("item_id").notNull(),
    kind: text("kind").$type<ContactKind>().notNull(),
    unit: text("unit").$type<Unit>().notNull(),
    /** Which 24 of all since 1970, as lib/shared/contacts/buckets.ts counts them. */
    block: integer("block").notNull(),
    /** -1: asked for, and not told. Null: never asked for. */
    counts: integer("counts").array().notNull(),
    /** When each was told, in minutes since 1970. */
    readAt: integer("read_at").array().notNull(),
    /** All 24 were told after they had ended: nothing of this row is ever asked for again. */
    isSettled: boolean("is_settled").notNull(),
    /** The sum of what was told, and how many of them were. */
    sum: integer("sum").notNull(),
    told: integer("told").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.itemId, t.unit, t.kind, t.block] }),
    index("contact_series_block").on(t.accountId, t.unit, t.block),
  ],
);

/** Totals as the totals resource told them. */
export const contactTotals = pgTable(
  "contact_totals",
  {
    accountId: accountRef(),
    itemId: text("item_id").notNull(),
    kind: text("kind").$type<ContactKind>().notNull(),
    fromAt: instant("from_at").notNull(),
    toAt: instant("to_at").notNull(),
    total: integer("total").notNull(),
    readAt: instant("read_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.itemId, t.kind, t.fromAt, t.toAt] }),
    index("contact_totals_age").on(t.readAt),
  ],
);

/** Series of all listings of an account that somebody waits for, or that were there lately. */
export const contactWishes = pgTable(
  "contact_wishes",
  {
    accountId: accountRef(),
    unit: text("unit").$type<Unit>().notNull(),
    /** Of the period, and of the one that it is compared with. */
    fromAt: instant("from_at").notNull(),
    toAt: instant("to_at").notNull(),
    askedAt: instant("asked_at").notNull(),
    /** When all of it was there; null: somebody waits. */
    doneAt: instant("done_at"),
    /** Listings. */
    done: integer("done").notNull().default(0),
    total: integer("total").notNull().default(0),
    problem: text("problem"),
    problemReason: text("problem_reason"),
    retryAt: instant("retry_at"),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.unit, t.fromAt, t.toAt] }),
    index("contact_wishes_open").on(t.askedAt).where(sql`done_at is null`),
    index("contact_wishes_age").on(t.askedAt),
  ],
);
