import { z } from "zod";

/** The body forms of messages.md 7, "Error body forms". E is printed for 403 alone, other refusals are A then. */
export const ERROR_FORMS = ["A", "B", "C", "D", "E", "F"] as const;

export type ErrorForm = (typeof ERROR_FORMS)[number];

const count = z.number().int().min(0).default(0);

/** Quirks of the action guide (messages.md 3). */
export const GUIDE_SETTINGS = {
  /** How many of the next option posts answer 409 (messages.md 3.3, "There is another request locking this operation"). */
  guideLocked: count,
  /** How long an option runs, in real time: who posts another for the same sale meanwhile gets the 409 (messages.md 3.3). */
  guideRunsMs: count,
  /** How many of the next guide calls answer 500 "Internal server error" (messages.md 3.3). */
  guideFails: count,
  /** A promise for a day that has passed: the 400, or the 500 "delivery date is before than today" in form D (messages.md 3.3). */
  guidePastPromise: z.enum(["400", "500"]).default("400"),
  /** Casing of `type`, which varies (messages.md 3.1). */
  guideTypeCase: z.enum(["lower", "upper"]).default("lower"),
  /** `char_limit` of free texts may be absent or null (messages.md 3.1). */
  guideCharLimit: z.enum(["present", "absent", "null"]).default("present"),
  /** OTHER inside the `child_options` of a parent (messages.md 3.1); the parent's name and type are ours. */
  guideChildOptions: z.boolean().default(false),
  /** Error texts as the Portuguese page prints them, which is translated (messages.md 3.3); the wording is ours. */
  guideTexts: z.enum(["en", "pt"]).default("en"),
  /** Body form of the guide's refusals: C in L4 (messages.md 3.3, 7). */
  guideErrorForm: z.enum(ERROR_FORMS).default("C"),
  /** `cause` when the buyer has written: the substatus of section 6, or only "forbidden" (messages.md 3.3, 4.1). */
  guideOpenCause: z.enum(["substatus", "forbidden"]).default("substatus"),
  /** Uses per option, where not 1: exact caps are unknown (messages.md 3.2, 10.8). */
  guideCaps: z.record(z.string(), z.number().int().min(0)).default({}),
  /** Does a buyer's message give the caps back? Unknown (messages.md 7, simulator defaults; 10.8). */
  guideCapsReset: z.boolean().default(true),
  /** Where OTHER ends with the delivery: the six sites since 20 Jan 2025, or the announced MLB and MLA too (messages.md 3.1). */
  guideOtherEnds: z.enum(["published", "announced"]).default("published"),
  /** Sites of REQUEST_VARIANTS: any, or those of the pages (messages.md 9, "REQUEST_VARIANTS sites"). */
  guideVariants: z.enum(["everywhere", "published"]).default("everywhere"),
};

/** Quirks of reading a conversation and of what its fields say (messages.md 2.1, 2.2, 8, 9). */
export const CONVERSATION_SETTINGS = {
  /** Most messages per page; null: no maximum. None is published (messages.md 2.1, 10.1). */
  maxLimit: z.number().int().positive().nullable().default(100),
  /** A `limit` above it: clamped, or refused like a wrong one (messages.md 7, simulator defaults; 10.1). */
  limitAbove: z.enum(["clamped", "refused"]).default("clamped"),
  /** Order of messages: descending was observed, nothing is documented (messages.md 2.1, 10.1). */
  messageOrder: z.enum(["newest", "oldest"]).default("newest"),
  /** An `offset` past the end: unknown whether it errors (messages.md 10.1). */
  offsetPastEnd: z.enum(["empty", "refused"]).default("empty"),
  /** What `paging.total` counts: the messages that can be read, or the hidden ones too (messages.md 2.1). */
  totalCounts: z.enum(["visible", "all"]).default("visible"),
  /** A sale without any conversation: 200 with no messages, or what some integrators report (messages.md 2.1). */
  emptyPack: z.enum(["200", "403", "404"]).default("200"),
  /** `conversation_status` null where it is not expected: the state is unknown then, never open (messages.md 2.1). */
  stateMissing: z.boolean().default(false),
  /** `status_date`: when the state changed, or roughly now on every read (messages.md 2.1). */
  statusDate: z.enum(["changed", "now"]).default("changed"),
  /** `{type}` in the path of an agent thread: values are unknown (messages.md 2.1, 10.4). */
  conversationType: z.string().min(1).default("seller"),
  /** Does the path of an agent thread end in /conversations/{type}? (messages.md 2.1, 4.3) */
  agentPath: z.boolean().default(true),
  /** Texts come back with `<br>`, links and entities (messages.md 2.1, `text`). */
  textMarkup: z.boolean().default(false),
  /** `from` and `to`: ids alone; e-mail and name as in old examples; or no `to` as in L3 (messages.md 2.1). */
  parties: z.enum(["ids", "old", "no_to"]).default("ids"),
  /** `message_resources` names the order first; normally it is absent (messages.md 2.1). */
  orderInResources: z.boolean().default(false),
  /** Casing of a message's status (messages.md 9, "message status": case-insensitive). */
  statusCase: z.enum(["lower", "upper"]).default("lower"),
  /** Status of a message that moderation refused: both words are documented (messages.md 2.1). */
  moderatedWord: z.enum(["moderated", "rejected"]).default("moderated"),
  /** Casing of the moderation reason, which varies (messages.md 7). */
  reasonCase: z.enum(["upper", "lower"]).default("upper"),
  /** `source` of a moderation: `offline` is documented for GLOBAL (messages.md 5). */
  moderationSource: z.enum(["online", "offline"]).default("online"),
};

/** Quirks of sending, of agents and of the clocks (messages.md 2.3, 4.2, 4.3). */
export const SENDING_SETTINGS = {
  /** What a send answers with its 2xx: the message, its id alone, or nothing; no page shows it (messages.md 2.3, 10.2). */
  sendBody: z.enum(["message", "id", "empty"]).default("message"),
  /** A recipient who is no party: the 400 that was measured, or the 403 of the page (messages.md 2.3). */
  recipientRefusal: z.enum(["pack", "order"]).default("pack"),
  /** A second message to the agent before it answered: one at a time, the error is unknown (messages.md 4.2, 10.4). */
  agentSerial: z.enum(["off", "400", "403"]).default("off"),
  /** From where the 48 business hours count: the oldest message without an answer, or the newest. Not stated (messages.md 4.2). */
  agentClockFrom: z.enum(["oldest", "newest"]).default("oldest"),
  /** What an agent thread is blocked as after that; no page says (messages.md 4.2, 6). */
  agentBlockedAs: z.string().default("blocked_by_ai_assistant_expired"),
  /** How long a payment block outlives the payment; about 60 s are documented (messages.md 4.2). */
  paymentClearMs: count,
};

/** Quirks of the unread list (messages.md 2.6, 5, 8, 9). */
export const UNREAD_SETTINGS = {
  /** Most conversations per call; null: 500 LOCAL, 1000 GLOBAL (messages.md 9, "unread cap"). */
  unreadCap: z.number().int().positive().nullable().default(null),
  /** Are hidden moderated buyer messages counted? (messages.md 2.1, 8) */
  unreadCountsHidden: z.boolean().default(true),
  /** Packs whose read answers 403 although the list names them: an old report without an answer (messages.md 8). */
  unreadRefuses: z.array(z.string()).default([]),
  /** Rows: as the profile has them, one of the two paths, with `order_id` beside it, or `order_id` alone (messages.md 2.6, 9). */
  unreadRows: z.enum(["profile", "full", "pack", "with_order_id", "order_id"]).default("profile"),
  /** The owner's field: `user_id` LOCAL, `userId` GLOBAL, or one of them for both (messages.md 9). */
  unreadOwnerKey: z.enum(["profile", "user_id", "userId"]).default("profile"),
  /** LOCAL prints an undocumented `total` (messages.md 2.6). */
  unreadTotal: z.boolean().default(true),
  /** Is `role` mandatory? (messages.md 9, "`role` default") */
  unreadRoleRequired: z.boolean().default(false),
  /** One integrator got 404 from /messages/unread and settled on the marketplace path (messages.md 8). */
  unreadPath: z.enum(["profile", "marketplace"]).default("profile"),
};

/** Quirks of Global Selling (messages.md 5). */
export const GLOBAL_SETTINGS = {
  /** Words of status and moderation: those of LOCAL, or `available`/`blocked` and `clean`/`blocked`/`pending` as on G1 (messages.md 5). */
  globalStatusWords: z.enum(["local", "page"]).default("local"),
  /** `name` of the parties may be "" (messages.md 5). */
  globalNames: z.enum(["full", "empty"]).default("full"),
  /** How long a message is `pending_translation`, `text_translated` "" meanwhile (messages.md 2.1, 5). */
  translationDelayMs: count,
  /** Unread of a user that is not the account's: nothing, or 403 "Can not identify the user" (messages.md 5). */
  globalForeignUser: z.enum(["empty", "refused"]).default("empty"),
};

/** Quirks of attachments (messages.md 2.4, 2.5, 5). */
export const FILE_SETTINGS = {
  /** How many of the next uploads answer 500 "File can not be saved, try it later" (messages.md 2.4). */
  uploadFails: count,
  /** Must the bytes be what the declared type says? Not stated: a wrong MIME type is refused then (messages.md 2.4). */
  uploadMimeStrict: z.boolean().default(false),
  /** `type` of a file and the Content-Type of its download: its own, octet-stream, or plainly wrong (messages.md 2.5). */
  fileTypes: z.enum(["own", "octet_stream", "wrong"]).default("own"),
  /** Files that have vanished, by system name; the control API does it per file too (messages.md 2.5). */
  fileGone: z.array(z.string()).default([]),
  /** Status for a name that is no file's, such as `original_filename`: a file that is gone is a 500 (messages.md 2.5, 8). */
  unknownFile: z.enum(["500", "400"]).default("500"),
  /** GLOBAL text for a file that is gone (messages.md 5, row 500). */
  globalGoneText: z.enum(["obtained", "accessed"]).default("obtained"),
};
