import { z } from "zod";
import { CLAIM_SETTINGS } from "@/sandbox/world/claim-settings";
import { LEAD_SETTINGS } from "@/sandbox/world/lead-settings";
import {
  CONVERSATION_SETTINGS,
  ERROR_FORMS,
  FILE_SETTINGS,
  GLOBAL_SETTINGS,
  GUIDE_SETTINGS,
  SENDING_SETTINGS,
  UNREAD_SETTINGS,
} from "@/sandbox/world/message-settings";
import { QUESTION_SETTINGS } from "@/sandbox/world/question-settings";

const perMinute = z.number().int().min(0);

/** Everything a person or a test may switch. Where the documents leave a thing unknown, it is a setting. */
export const Settings = z.strictObject({
  /** Life of an access token, seconds. 21600 or 10800 in the documents (auth-and-limits.md 10). */
  expiresIn: z.number().int().positive().default(21_600),
  /** PKCE switch of the application (auth-and-limits.md 1). */
  pkceRequired: z.boolean().default(true),
  /** PKCE off: is a verifier tolerated? Unknown (auth-and-limits.md 11). */
  pkceOffTolerates: z.boolean().default(true),
  /** Key of the error text at the token endpoint (auth-and-limits.md 4). */
  errorTextKey: z.enum(["message", "error_description"]).default("message"),
  /** False: no refresh token is issued (auth-and-limits.md 1, `offline_access`). */
  offlineAccess: z.boolean().default(true),
  /** Token parameters in the query string: discouraged, off (auth-and-limits.md 3). */
  tokenInQuery: z.boolean().default(false),
  /** Does the old access token live on after a refresh? Not stated (auth-and-limits.md 3.1). */
  oldAccessTokenLives: z.boolean().default(true),
  /** Everyone who consents is a collaborator (auth-and-limits.md 2). */
  operatorLogin: z.boolean().default(false),
  /** Redirect with `?error=invalid_operator_user_id` instead of Mercado Libre's own page. */
  operatorRedirects: z.boolean().default(false),
  /** Where a seller with pending data fails (auth-and-limits.md 2 and 4). */
  kycFailsAt: z.enum(["page", "token"]).default("page"),
  /** The application is blocked: every call fails with 401 (auth-and-limits.md 6.3). */
  appBlocked: z.boolean().default(false),
  /** A second secret that is valid during a scheduled renewal (auth-and-limits.md 1). */
  previousSecret: z.string().nullable().default(null),
  redirectUris: z.array(z.string()).default([]),
  /** Families the application has no functional permission for (auth-and-limits.md 1, 7.2). */
  missingPermissions: z.array(z.string()).default([]),
  /** 401 body; `family` chooses by resource (auth-and-limits.md 7.2). */
  unauthorizedForm: z.enum(["family", "invalid_token", "code", "request_error"]).default("family"),

  /** Messages: GETs share one pool, POST and PUT another; 0 = no limit (messages.md 7). */
  readsPerMinute: perMinute.default(500),
  writesPerMinute: perMinute.default(500),
  /** Every other family, per kind; no figure is published: 0 = no limit (auth-and-limits.md 6.1). */
  otherPerMinute: perMinute.default(0),
  /** Body of a 429 (auth-and-limits.md 7.2, messages.md 7). */
  tooManyForm: z.enum(["too_many_request", "standard", "vis", "plain", "empty"]).default("too_many_request"),
  /** `Retry-After` in seconds; null: none, as documented (auth-and-limits.md 6.1). */
  retryAfter: z.number().int().positive().nullable().default(null),

  /** Body form of message refusals (messages.md 7); GLOBAL prints B (messages.md 5) unless told otherwise. */
  messageErrorForm: z.enum(ERROR_FORMS).default("A"),
  globalErrorForm: z.enum(ERROR_FORMS).default("B"),
  /** 403 on a blocked POST: the generic code, the substatus, or the sentence of the page (messages.md 2.3). */
  blockedForm: z.enum(["generic", "substatus", "sentence"]).default("generic"),
  /** Where `blockedForm: "substatus"` puts it: cause, code, error or message, depending on the resource (messages.md 7, 8). */
  blockCodeAt: z.enum(["message", "code", "error", "cause", "cause_list"]).default("message"),
  /** Does 2.3 take a text while the state names `blocked_by_conversation_use_message_api`? The row says so (messages.md 4.1). */
  useMessagesOpens: z.boolean().default(true),
  idsAs: z.enum(["number", "string"]).default("number"),
  dateStyle: z.enum(["seconds", "millis"]).default("seconds"),
  claimField: z.enum(["claim_ids", "claim_ids_null", "claim_id"]).default("claim_ids"),
  /** Path segment and resource name, `sellers` or `seller` (messages.md 9). */
  sellerWord: z.enum(["sellers", "seller"]).default("sellers"),
  /** Old spellings of status and moderation: upper case, `by`, "none" (messages.md 2.1). */
  oldModeration: z.boolean().default(false),
  /** By-id answers: the envelope or the old flat shape (messages.md 2.2). */
  byIdShape: z.enum(["envelope", "flat"]).default("envelope"),
  sendStatus: z.union([z.literal(200), z.literal(201)]).default(201),
  /** Name of the new message's id in the answer to a send (messages.md 2.3). */
  sendIdKey: z.enum(["id", "message_id"]).default("id"),
  /** Which messages an unflagged read marks (messages.md 7, simulator defaults). */
  readMarks: z.enum(["page", "thread"]).default("page"),
  /** Does `GET /marketplace/messages/packs/{p}` mark read? Unknown: assumed (messages.md 5). */
  globalReadMarks: z.boolean().default(true),
  /** Which conversation paths the GLOBAL profile serves (messages.md 5). */
  globalReadForm: z.enum(["both", "new", "old"]).default("both"),
  /** `id` of a purchase's buyer on an agent thread: refused, or a 2xx that reaches nobody (messages.md 4.3). */
  agentWrongRecipient: z.enum(["lost", "refused"]).default("lost"),
  /** Local: empty text with a file. Unknown (messages.md 10.7). */
  emptyTextWithFile: z.boolean().default(true),
  /** `attachments: []`: a common mistake (messages.md 2.3, 8). */
  emptyAttachmentsRefused: z.boolean().default(true),
  /** How a text is counted against its limit: not stated (messages.md 7, simulator defaults; 10.7). */
  lengthIn: z.enum(["points", "units", "bytes"]).default("points"),
  maxFileBytes: z.number().int().positive().default(25_000_000),

  /** When a text that breaks a rule shows as moderated (messages.md 7, 10.12). */
  moderationTiming: z.enum(["at_once", "next_read", "after_clean", "pending"]).default("at_once"),
  /** For `after_clean` and `pending`: how long it takes. */
  moderationDelayMs: z.number().int().min(0).default(15_000),
  /** Words that are moderated, with the reason given (messages.md 7). */
  moderationWords: z.record(z.string(), z.string()).default({
    boludo: "OUT_OF_PLACE_LANGUAGE",
    idiota: "OUT_OF_PLACE_LANGUAGE",
    "mensaje automático": "AUTOMATIC_MESSAGE",
    "mensagem automática": "AUTOMATIC_MESSAGE",
    "automatic message": "AUTOMATIC_MESSAGE",
    "no abras un reclamo": "EVASION_CLAIM_SELLER",
    "no inicies un reclamo": "EVASION_CLAIM_SELLER",
    "cancelá el reclamo": "EVASION_CLAIM_SELLER",
    "não abra reclamação": "EVASION_CLAIM_SELLER",
    "cancele a reclamação": "EVASION_CLAIM_SELLER",
    "do not open a claim": "EVASION_CLAIM_SELLER",
  }),
  /** The orders resource answers 206 without the buyer's names (questions-and-contacts.md 5.1). */
  partialOrders: z.boolean().default(false),
  /** When a notice is sent again, counted from its first send; its length is the number of attempts.
   *  Mercado Libre publishes no schedule: invented (notifications.md 4, 7). */
  retryOffsetsMs: z
    .array(z.number().int().min(0))
    .min(1)
    .default([0, 15_000, 45_000, 120_000, 300_000, 720_000, 1_680_000, 3_600_000]),
  /** Does moving the sandbox's clock make retries due, or real time alone? */
  retriesFollowClock: z.boolean().default(true),
  /** A notice must be answered within this time (notifications.md 4). */
  noticeDeadlineMs: z.number().int().positive().default(500),
  /** Consecutive failed sends that switch a topic off; 0 = never. Not published (notifications.md 4, 11). */
  topicOffAfter: z.number().int().min(0).default(0),
  /** File a notice that was answered 200, but slowly: a sample shows 200 with 498 ms (notifications.md 5). */
  fileSlowSuccesses: z.boolean().default(false),
  slowSuccessMs: z.number().min(0).default(450),
  /** Do a seller's own messages and reads notify the seller? notifications.md 7.5 says that sending emits, messages.md 7
   *  tells receivers to skip their own; section 2 speaks of receivers only. The harder case is the default. */
  notifySender: z.boolean().default(true),
  /** `user_id` of a Global Selling notice: the local seller or the account (auth-and-limits.md 5). */
  globalUserId: z.enum(["local", "cbt"]).default("local"),
  /** A message's id answers 404 for this long after it was made (notifications.md 4, consistency). */
  readableAfterMs: z.number().int().min(0).default(0),
  /** Do the conversation and the unread list lack the message for as long? */
  conversationLags: z.boolean().default(false),
  /** Whose token reads missed feeds? Unknown; the owner is whoever granted first (notifications.md 11). */
  missedFeedsToken: z.enum(["any", "owner"]).default("any"),
  /** Order of missed feeds: not stated (notifications.md 5). */
  missedOrder: z.enum(["oldest", "newest"]).default("oldest"),
  /** A new `_id` with every attempt? Stability is not proven (notifications.md 4, 11). */
  noticeIdPerAttempt: z.boolean().default(false),
  ...GUIDE_SETTINGS,
  ...CONVERSATION_SETTINGS,
  ...SENDING_SETTINGS,
  ...UNREAD_SETTINGS,
  ...GLOBAL_SETTINGS,
  ...FILE_SETTINGS,
  ...CLAIM_SETTINGS,
  ...LEAD_SETTINGS,
  ...QUESTION_SETTINGS,
  /** `resource` of a LOCAL notice: the bare message id, or a path (messages.md 7, 8). */
  noticeResource: z.enum(["bare", "path"]).default("bare"),
  /** Added to every answer of the API. */
  latencyMs: z.number().int().min(0).default(0),
});

export type Settings = z.infer<typeof Settings>;

/** Settings with some of them changed. @throws ZodError on an unknown name or a wrong value. */
export function mergeSettings(current: Settings, patch: Record<string, unknown>): Settings {
  return Settings.parse({ ...current, ...patch });
}
