import * as z from "zod/mini";
import { CHANNELS } from "@/lib/shared/thread";

/** An instant on our API's wire: ISO 8601, UTC. Parsed to a Date on both sides. */
export const Instant = z.pipe(
  z.string().check(z.iso.datetime({ offset: true })),
  z.transform((text) => new Date(text)),
);

export const Digits = z.string().check(z.regex(/^\d{1,20}$/));
export const Uuid = z.string().check(z.uuid());
export const ChannelSchema = z.enum(CHANNELS);
export const ProfileSchema = z.enum(["LOCAL", "GLOBAL"]);
export const LocaleSchema = z.enum(["es", "pt", "en"]);
export const ThemeSchema = z.enum(["system", "light", "dark"]);
export const MarkReadPolicySchema = z.enum(["never", "on_reply", "on_open"]);

export const MoneySchema = z.object({ minor: z.number(), currency: z.string() });

/** What every error of our API looks like (application/problem+json). */
export const ProblemSchema = z.object({
  code: z.string(),
  title: z.string(),
  status: z.number(),
  requestId: z.string(),
  reason: z.optional(z.string()),
  retryAt: z.optional(Instant),
  fields: z.optional(z.record(z.string(), z.string())),
});
export type Problem = z.infer<typeof ProblemSchema>;

/** An answer that carries nothing. */
export const Done = z.object({ ok: z.literal(true) });
