import { z } from "zod";

const milliseconds = z.number().int().min(0);

/** Quirks of the claims service. Where claims.md leaves a thing open (11, 15), our guess (13) is the default. */
export const CLAIM_SETTINGS = {
  /** Calls a minute per kind; no figure is published: 0 = no limit (claims.md 10). */
  claimsPerMinute: z.number().int().min(0).default(0),
  /** Body of a claims 429: its own page's, or what `tooManyForm` says (claims.md 10). `retryAfter` adds the header. */
  claimTooManyForm: z.enum(["page", "tooManyForm"]).default("page"),
  /** Envelope of ordinary refusals: by prefix, or one of the two for both (claims.md 10). */
  claimErrorForm: z.enum(["profile", "1", "2"]).default("profile"),
  /** GLOBAL, a claim that does not exist or is another's: the gateway's 403 (claims.md 10, 13), or the printed 404. */
  claimGlobalMissing: z.enum(["policy", "404"]).default("policy"),
  /** A `metadata` response header with a problem of this kind; null: none (claims.md 10). */
  claimMetadata: z.enum(["info", "warning", "error"]).nullable().default(null),

  /** Which names of the player filters work (claims.md 11). */
  claimFilterNames: z.enum(["both", "dotted", "underscored"]).default("both"),
  /** Body of a wrong filter: the page's, or the one captured live (claims.md 4.1). */
  claimFilterErrorForm: z.enum(["page", "live"]).default("page"),
  /** `resource` needs `resource_id`, or the player filters will do (claims.md 11). */
  claimResourceNeeds: z.enum(["either", "resource_id"]).default("either"),
  /** `sort=last_updated:asc` together with `range`: a 400 in 28 of 28 calls, or as shown on the page (claims.md 11). */
  claimSortWithRange: z.enum(["works", "refused"]).default("works"),
  /** `quantity_type` null in search (claims.md 3). */
  claimQuantityNull: z.boolean().default(false),
  /** `type` of a return: what samples say, or what tables say (claims.md 11). */
  claimReturnType: z.enum(["returns", "return"]).default("returns"),

  /** Where actions are told: search and GET may disagree, and the key may be missing (claims.md 3, 12.4). */
  claimActions: z.enum(["both", "search_only", "get_only", "missing"]).default("both"),
  /** `mandatory` of an action that need not be done: false, or null (claims.md 3). */
  claimOptionalAs: z.enum(["false", "null"]).default("false"),
  /** Where the mediator is among the players of a mediation (claims.md 3, 13). */
  claimMediatorAt: z.enum(["get", "everywhere", "never"]).default("get"),
  /** One `return_review`, or `return_review_ok` and `_fail` (claims.md 11). */
  claimReviewAction: z.enum(["pair", "single"]).default("pair"),

  /** Dates: in full; without seconds as in an old sample; without offset (claims.md 4.5, 5.2, 6). */
  claimDateStyle: z.enum(["full", "no_seconds", "no_offset"]).default("full"),
  /** `details`, `last_updated`, or the aliases `detail`, `last_update` of some samples (claims.md 6). */
  claimKeys: z.enum(["current", "aliases"]).default("current"),

  /** Longest message; null: none is published (claims.md 13, 15). */
  claimMaxLength: z.number().int().positive().nullable().default(null),
  /** The same text twice: marked `repeated`, or the 400 "duplicate action already performed" (claims.md 5.3, 13). */
  claimRepeated: z.enum(["marked", "refused"]).default("marked"),
  /** Body of the 201: none, or what the documents print (claims.md 5.3). */
  claimSendBody: z.enum(["empty", "text"]).default("empty"),
  /** Whether messages have a `hash`: LOCAL alone, both, or none (claims.md 4.6). */
  claimHash: z.enum(["local", "both", "none"]).default("local"),
  /** How long a GLOBAL message is `pending_translation` (claims.md 13). */
  claimTranslationMs: milliseconds.default(2_000),
  /** How long after the send moderation strikes; 0: at once (claims.md 13). */
  claimModerationMs: milliseconds.default(0),
  /** Status of a message that moderation refused (claims.md 4.6). */
  claimModeratedWord: z.enum(["moderated", "rejected"]).default("moderated"),
  /** Does reading the messages set `date_read`? Unknown (claims.md 15); an answer of the seller does in any case. */
  claimReadMarks: z.boolean().default(false),

  /** Status of an upload: 200 in working code, 201 in a table (claims.md 5.1). */
  claimUploadStatus: z.union([z.literal(200), z.literal(201)]).default(200),
  /** `filename` LOCAL and `file_name` GLOBAL, or one of them for both (claims.md 5.1, 11). */
  claimUploadKey: z.enum(["profile", "filename", "file_name"]).default("profile"),

  /** Answer of a full refund: `accepted` LOCAL and `pending` GLOBAL, or one of them (claims.md 11). */
  claimRefundAnswer: z.enum(["profile", "accepted", "pending"]).default("profile"),
  /** Where `restrictions` stand (claims.md 11). */
  claimRestrictionsAt: z.enum(["top", "nested"]).default("top"),
  /** Do the offers list 100, which the POST refuses? (claims.md 11) */
  claimOffersHundred: z.boolean().default(false),
  /** `error` of "Action allow_partial_refund not available" LOCAL (claims.md 11). */
  claimOfferError: z.enum(["bad_request", "bad_request_error"]).default("bad_request"),
  /** Does the GLOBAL return carry its `id`? Not in the sample (claims.md 6.2, 15). */
  claimGlobalReturnId: z.boolean().default(false),
  /** What a buyer's refusal of a partial refund leads to (claims.md 6, 13). */
  claimRefusedOffer: z.enum(["dispute", "claim"]).default("dispute"),

  /** How long until a mediator who was written to answers; null: never (claims.md 13). */
  claimMediatorAnswersMs: milliseconds.nullable().default(45_000),
  /** Does an open claim, before any mediation, block the pack's conversation? (messages.md 6, `blocked_by_claim`) */
  claimBlocksChat: z.boolean().default(false),
  /** Spelling of a GLOBAL conversation's block (claims.md 7). */
  claimGlobalBlock: z.enum(["bloqued_by_mediation", "blocked_by_mediation"]).default("bloqued_by_mediation"),

  /** LOCAL topic: the group, or the legacy `claims` with one of its two resources (claims.md 9). */
  claimTopic: z.enum(["post_purchase", "claims", "claims_v1"]).default("post_purchase"),
  /** The page prints the resource without a leading slash; live ones have it (claims.md 9). */
  claimNoticeSlash: z.boolean().default(true),
  /** GLOBAL resource: the v1 path, though v1 is off, or v2 (claims.md 9, 15). */
  claimGlobalNotice: z.enum(["v1", "v2"]).default("v1"),
  /** `user_id` of a GLOBAL notice is a text in samples (claims.md 9). */
  claimGlobalUserIdText: z.boolean().default(true),
};
