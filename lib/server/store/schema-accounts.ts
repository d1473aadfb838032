import {
  type AnyPgColumn,
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import type { AccountId, SessionId, UserId } from "@/lib/shared/ids";
import type { Profile } from "@/lib/shared/sites";

export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date", precision: 3 });

export const accountRef = (name = "account_id") =>
  text(name)
    .$type<AccountId>()
    .notNull()
    .references((): AnyPgColumn => accounts.id, { onDelete: "cascade" });
export const userRef = () =>
  uuid("user_id")
    .$type<UserId>()
    .notNull()
    .references((): AnyPgColumn => users.id, { onDelete: "cascade" });

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
