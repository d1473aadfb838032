import * as z from "zod/mini";
import { Digits, Instant, LocaleSchema, MarkReadPolicySchema, ProfileSchema, ThemeSchema } from "./common";

/** The closed set of states a connection can be in (house-style.md, Errors and outcomes). */
export const ConnectionState = z.enum(["connected", "reconnect", "disconnected"]);

export const AccountSchema = z.object({
  id: z.string(),
  nickname: z.string(),
  siteId: z.string(),
  profile: ProfileSchema,
  state: ConnectionState,
  isCurrent: z.boolean(),
  /** Threads we hold of it. */
  threads: z.number(),
});
export type AccountView = z.infer<typeof AccountSchema>;

export const SettingsSchema = z.object({
  /** Null: as the browser asks. */
  locale: z.nullable(LocaleSchema),
  theme: ThemeSchema,
  markRead: MarkReadPolicySchema,
  /** Seconds in which a sent reply can still be taken back: 0 to 10. */
  undoSeconds: z.number(),
});
export type SettingsView = z.infer<typeof SettingsSchema>;

/** `GET /api/me`. */
export const MeSchema = z.object({
  userId: z.string(),
  accounts: z.array(AccountSchema),
  settings: SettingsSchema,
  sessions: z.number(),
});
export type MeView = z.infer<typeof MeSchema>;

/** `PATCH /api/me`: any of the settings, or the account to work as. */
export const MePatch = z.object({
  locale: z.optional(z.nullable(LocaleSchema)),
  theme: z.optional(ThemeSchema),
  markRead: z.optional(MarkReadPolicySchema),
  undoSeconds: z.optional(z.number().check(z.minimum(0), z.maximum(10), z.multipleOf(1))),
  currentAccount: z.optional(Digits),
});

export const AccountParams = z.object({ accountId: Digits });
/** `POST /api/accounts/{accountId}/disconnect`. */
export const DisconnectBody = z.object({ forget: z.boolean() });

/** `POST /api/sessions/end`. */
export const EndSessionBody = z.object({ all: z.boolean() });

/** `GET /api/status`. */
export const StatusSchema = z.object({
  calls: z.array(
    z.object({
      at: Instant,
      accountId: z.string(),
      method: z.string(),
      path: z.string(),
      /** true: `mark_as_read=false` was sent; false: it was left out on purpose; null: not a conversation read. */
      readFlag: z.nullable(z.boolean()),
      status: z.nullable(z.number()),
      ms: z.number(),
    }),
  ),
  accounts: z.array(
    z.object({
      id: z.string(),
      nickname: z.string(),
      state: ConnectionState,
      lastSweepAt: z.nullable(Instant),
      /** Why Mercado Libre lets nobody read this account: `missing_permission`, `model_6`, ... */
      problem: z.nullable(z.string()),
      /** Conversations that could not be read at the last try: tried again by themselves. */
      unreadable: z.number(),
      sync: z.nullable(z.object({ phase: z.string(), done: z.number(), total: z.nullable(z.number()) })),
    }),
  ),
  outbox: z.object({ queued: z.number(), held: z.number(), uncertain: z.number(), failed: z.number() }),
  notifications: z.object({
    /** When the last one came, of any topic. */
    lastAt: z.nullable(Instant),
    /** Stored and not yet worked off, and since when the oldest of them waits. */
    pending: z.number(),
    oldestPendingAt: z.nullable(Instant),
    /** When Mercado Libre was last asked for those it could not deliver, and how many it had. */
    missedFeedsAt: z.nullable(Instant),
    missedFeedsFound: z.number(),
    /** Well-formed, of topics we know nothing of. */
    unknown: z.number(),
    topics: z.array(
      z.object({
        accountId: z.string(),
        topic: z.string(),
        lastAt: z.nullable(Instant),
        /** The last 24 hours, oldest first. `found`: stored without a notice of their own. */
        hours: z.array(z.object({ at: Instant, received: z.number(), found: z.number() })),
        /** Things happen that nobody tells us of: the topic looks switched off. */
        isSilent: z.boolean(),
      }),
    ),
  }),
  /** The rate budget, per family and kind of call. */
  budget: z.array(
    z.object({
      family: z.string(),
      kind: z.enum(["read", "write"]),
      perMinute: z.number(),
      /** 0 to 1: what may go at once, of what ever may. */
      free: z.number(),
      /** 0 to 1: the part of the configured rate in use; a 429 halves it for a while. */
      factor: z.number(),
      blockedUntil: z.nullable(Instant),
    }),
  ),
  /** Worker processes that live. */
  workers: z.number(),
  isOpenToAnyone: z.boolean(),
});
export type StatusView = z.infer<typeof StatusSchema>;

/** `GET /api/status/needs`: does `/status` hold something that nobody but the seller can make an end to? */
export const NeedsSchema = z.object({ needsSeller: z.boolean() });
export type Needs = z.infer<typeof NeedsSchema>;
