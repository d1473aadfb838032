import { z } from "zod";

const milliseconds = z.number().int().min(0);
const number = z.number().int().positive();

/** Quirks of questions. Where questions-and-contacts.md leaves a thing open (8, 9), our guess is the default. */
export const QUESTION_SETTINGS = {
  /** Calls a minute per kind; no figure is published: 0 = no limit (auth-and-limits.md 6.1). */
  questionsPerMinute: z.number().int().min(0).default(0),

  /** Name of the item filter; the other one is ignored (questions-and-contacts.md 8). */
  questionItemFilter: z.enum(["both", "item", "item_id"]).default("both"),
  /** `from` together with `seller_id`: an integrator got 400 (questions-and-contacts.md 1.1, 9). */
  questionFromWithSeller: z.enum(["refused", "works"]).default("refused"),
  /** Case of a status filter that finds something; some send lower case (questions-and-contacts.md 1.1). */
  questionStatusFilter: z.enum(["any", "upper"]).default("any"),
  /** Greatest page: 50 in one report, 100 on the items page (questions-and-contacts.md 8). */
  questionMaxLimit: number.default(50),
  /** A greater `limit`: the greatest page instead, or a 400. */
  questionLimitAbove: z.enum(["clamped", "refused"]).default("clamped"),
  /** Life of a `scroll_id` (questions-and-contacts.md 1.1). */
  questionScrollMs: number.default(300_000),
  /** Where a scan says that it is over: null on its last page, or on an empty one after it (questions-and-contacts.md 1.1). */
  questionScanEnd: z.enum(["last_page", "empty_page"]).default("last_page"),
  /** Do hidden questions leave the search? Unknown (questions-and-contacts.md 9). */
  questionHiddenLeaves: z.boolean().default(true),

  /** Statuses on the wire: upper case, though prose says lower (questions-and-contacts.md 7). */
  questionStatusCase: z.enum(["upper", "lower"]).default("upper"),
  /** Who asked, by id: `buyer_id` as in the v4 sample, `from`, both, or nobody (questions-and-contacts.md 1.2). */
  questionByIdBuyer: z.enum(["buyer_id", "from", "both", "none"]).default("buyer_id"),
  /** `suspected_spam`: sometimes absent (questions-and-contacts.md 1.2). */
  questionSpamField: z.enum(["present", "absent"]).default("present"),
  /** GLOBAL `seller_id`: the account, or the selling user in the country; no sample tells. */
  questionGlobalSeller: z.enum(["account", "local"]).default("account"),
  /** GLOBAL `filters.seller` is 0 (questions-and-contacts.md 3: may be). */
  questionGlobalSellerZero: z.boolean().default(true),

  /** Success of `POST /answers`: not printed (questions-and-contacts.md 9). */
  answerStatus: z.union([z.literal(200), z.literal(201)]).default(201),
  /** `error` of an empty or too long text: unknown (questions-and-contacts.md 6, 9). */
  answerTextError: z
    .enum(["invalid_post_body", "invalid_question_text", "bad_request"])
    .default("invalid_post_body"),
  /** How a text is counted against its 2000: not stated. */
  answerLengthIn: z.enum(["points", "units", "bytes"]).default("points"),
  /** How long after it was accepted moderation bans an answer with a link or contact data; null: never
   *  (questions-and-contacts.md 1.4, 9). */
  answerModerationMs: milliseconds.nullable().default(20_000),
  /** 403 of another's question: plain, or the gateway's (questions-and-contacts.md 1.4). */
  questionForeignForm: z.enum(["forbidden", "policy"]).default("forbidden"),
  /** May a question under review be deleted? Unknown (questions-and-contacts.md 1.3). */
  questionReviewDeletable: z.boolean().default(false),
  /** Body key of `POST /my/questions/hidden`; the other is a 400 (questions-and-contacts.md 1.5, 9). */
  questionHiddenBody: z.enum(["both", "question_ids", "questions_ids"]).default("both"),
  questionHiddenStatus: z.union([z.literal(200), z.literal(204)]).default(200),

  /** Which lists of blocked buyers answer (questions-and-contacts.md 8). */
  blockedBuyersAt: z.enum(["both", "blacklist", "block_api"]).default("both"),
  /** What the other one answers. */
  blockedBuyersElse: z.union([z.literal(403), z.literal(404)]).default(404),
  /** Success of unblocking: not printed (questions-and-contacts.md 1.5). */
  unblockStatus: z.union([z.literal(200), z.literal(204)]).default(200),
  /** The response time: as of the last midnight of the site, since it is refreshed once a day, or of this moment
   *  (questions-and-contacts.md 1.5). */
  responseTimeAsOf: z.enum(["midnight", "now"]).default("midnight"),

  /** Months after which an unanswered question is removed (questions-and-contacts.md 1.3). */
  questionPurgeMonths: number.default(7),
  /** Does pausing a listing close its questions, as closing it does? Paused alone refuses the answer (questions-and-contacts.md 1.4). */
  questionPauseCloses: z.boolean().default(false),
  /** What notifies: any change, or only what was asked and answered (notifications.md 2). */
  questionNotices: z.enum(["all", "asked_and_answered"]).default("all"),
};
