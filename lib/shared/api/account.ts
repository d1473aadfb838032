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
      sync: z.nullable(z.object({ phase: z.string(), done: z.number(), total: z.nullable(z.number()) })),
    }),
  ),
  outbox: z.object({ queued: z.number(), held: z.number(), uncertain: z.number(), failed: z.number() }),
  isOpenToAnyone: z.boolean(),
});
export type StatusView = z.infer<typeof StatusSchema>;
