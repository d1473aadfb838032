import * as z from "zod/mini";
import { LocaleSchema } from "./common";

/** `GET /api/push`: whether this server sends notifications, and to which address it would for this session. */
export const PushStateSchema = z.object({
  /** What a subscription is made with. Null: this server sends none. */
  publicKey: z.nullable(z.string()),
  /** The address at the browser's push service that this session gave us. Null: it wants none. */
  endpoint: z.nullable(z.string()),
});
export type PushState = z.infer<typeof PushStateSchema>;

/** `PUT /api/push`: what the browser's PushSubscription says of itself. */
export const SubscribeBody = z.object({
  endpoint: z.string().check(z.minLength(1), z.maxLength(2_000)),
  keys: z.object({
    /** 65 bytes and 16 bytes, base64url (RFC 8291). */
    p256dh: z.string().check(z.regex(/^[\w-]{87}=?$/)),
    auth: z.string().check(z.regex(/^[\w-]{22}(?:==)?$/)),
  }),
  /** What the notifications speak. Not given: as this session's did until now. */
  locale: z.optional(LocaleSchema),
});

/** `POST /api/push/test`: what became of one notification to this browser. */
export const PushTestSchema = z.object({
  /** `sent`: its push service took it. `gone`: it knows this browser no more, and neither do we now. `refused`: it does not
   *  want ours. `unreachable`: it did not answer, or asks to wait. `off`: this browser is not subscribed. */
  outcome: z.enum(["sent", "gone", "refused", "unreachable", "off"]),
});
export type PushOutcome = z.infer<typeof PushTestSchema>["outcome"];
