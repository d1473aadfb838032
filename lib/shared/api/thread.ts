import * as z from "zod/mini";
import { ActSchema, CLAIM_ACTS, ClaimRoleSchema, ClaimSchema } from "./claim";
import { ChannelSchema, Digits, Instant, MoneySchema, Uuid } from "./common";
import { ThreadRowSchema } from "./inbox";
import { QuestionViewSchema } from "./question";

/** `/api/threads/{channel}/{externalId}`. `account` says which of the user's accounts; without it the one that holds the thread is found. */
export const ThreadParams = z.object({ channel: ChannelSchema, externalId: Digits });
export const ThreadQuery = z.object({ account: z.optional(Digits) });
/** Older messages: those before this message id. */
export const OlderQuery = z.object({
  account: z.optional(Digits),
  before: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,80}$/)),
});

export const AttachmentSchema = z.object({
  filename: z.string(),
  name: z.string(),
  type: z.nullable(z.string()),
  size: z.nullable(z.number()),
  /** Our own address of the download. */
  href: z.string(),
});

export const MessageSchema = z.object({
  id: z.string(),
  direction: z.enum(["in", "out"]),
  author: z.enum(["buyer", "seller", "agent", "mediator"]),
  /** Claims: who it is written to, and at which stage. */
  to: z.nullable(ClaimRoleSchema),
  stage: z.nullable(z.string()),
  text: z.string(),
  textTranslated: z.nullable(z.string()),
  visibility: z.enum(["visible", "moderation", "rejected"]),
  reason: z.nullable(z.string()),
  createdAt: Instant,
  readAt: z.nullable(Instant),
  attachments: z.array(AttachmentSchema),
});
export type MessageView = z.infer<typeof MessageSchema>;

export const FileSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.number(),
});
export type FileView = z.infer<typeof FileSchema>;

/** Where one of our replies stands. Each is a row; the bubble shows nothing that is not one. */
export const OUTBOX_STATES = [
  "queued",
  "held",
  "sending",
  "accepted",
  "sent",
  "moderation",
  "rejected",
  "failed",
  "uncertain",
  "cancelled",
] as const;
export type OutboxState = (typeof OUTBOX_STATES)[number];

/** One variable of a template that the seller fills in, such as the hours of a delivery promise. */
export const GuideVarSchema = z.object({ id: z.string().check(z.maxLength(120)), value: z.number() });

/** The reason that a first message is sent under (messages.md 3.3): a template with its variables, or a text of the seller's. */
export const GuideChoiceSchema = z.object({
  optionId: z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,80}$/)),
  /** Null: free text. */
  templateId: z.nullable(z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,120}$/))),
  vars: z.array(GuideVarSchema).check(z.maxLength(10)),
});
export type GuideChoice = z.infer<typeof GuideChoiceSchema>;

export const GuideOptionSchema = z.object({
  /** Mercado Libre's name of the reason, such as `OTHER`. New ones are shown under it. */
  id: z.string(),
  kind: z.enum(["template", "free_text"]),
  /** Template ids, each with the variables that it asks for. */
  templates: z.array(z.object({ id: z.string(), vars: z.array(z.string()) })),
  /** Characters of a free text. */
  maxLength: z.number(),
  /** How often it may still be used before the buyer writes. Null: not told. */
  left: z.nullable(z.number()),
  isEnabled: z.boolean(),
});
export type GuideOption = z.infer<typeof GuideOptionSchema>;

/** `GET .../guide`: how a conversation may be begun now, as Mercado Libre says it at this moment. */
export const GuideSchema = z.union([
  z.object({ kind: z.literal("options"), options: z.array(GuideOptionSchema) }),
  /** No reason is needed: the composer is the way (an excepted sale, or the buyer has written). */
  z.object({ kind: z.literal("use_messages") }),
  /** Nothing can be begun. `reason`: a substatus, `account_deactivated`, or a code of Mercado Libre's. */
  z.object({ kind: z.literal("closed"), reason: z.string() }),
]);
export type GuideView = z.infer<typeof GuideSchema>;

export const OutboxSchema = z.object({
  id: z.string(),
  key: z.string(),
  text: z.string(),
  files: z.array(FileSchema),
  state: z.enum(OUTBOX_STATES),
  /** Why it was rejected or failed: a moderation reason, a substatus or an error code. */
  reason: z.nullable(z.string()),
  /** The message it became, once seen in the thread. */
  messageId: z.nullable(z.string()),
  /** The reason it begins the conversation under; null: a plain reply. */
  option: z.nullable(GuideChoiceSchema),
  /** Claims: who it is written to. */
  to: z.nullable(ClaimRoleSchema),
  /** Questions: which one it answers. */
  questionId: z.nullable(z.string()),
  createdAt: Instant,
  canRetry: z.boolean(),
  /** Until then it can be taken back and nothing has left. Null: no such time is left. */
  sendsAt: z.nullable(Instant),
  /** `held`: the messages of the thread that the sender had not seen when they pressed Send. */
  heldFor: z.array(z.string()),
});
export type OutboxView = z.infer<typeof OutboxSchema>;

export const DraftSchema = z.object({
  text: z.string(),
  files: z.array(FileSchema),
  updatedAt: z.nullable(Instant),
});
export type DraftView = z.infer<typeof DraftSchema>;

export const ComposerSchema = z.union([
  z.object({
    allowed: z.literal(true),
    maxLength: z.number(),
    /** Only this one message may be sent until the buyer writes (messages.md 5). */
    isOnlyOne: z.boolean(),
    /** Who will read it, of whom the sender names one; empty: the buyer, and nobody need be named. */
    to: z.array(ClaimRoleSchema),
  }),
  z.object({
    allowed: z.literal(false),
    /** `start_spent`: the one message that a conversation may be begun with was sent. `not_shown`: Mercado Libre refuses to
     *  show the conversation, although it may count it among the unread (messages.md 8). */
    because: z.enum([
      "blocked",
      "no_length",
      "unread_state",
      "not_shown",
      "disconnected",
      "start_spent",
      "no_action",
      "closed",
      "answered",
    ]),
    substatus: z.nullable(z.string()),
    /** It can be begun with a reason: `GET .../guide` tells which. */
    hasGuide: z.boolean(),
  }),
]);
export type ComposerView = z.infer<typeof ComposerSchema>;

export const ContextSchema = z.object({
  order: z.nullable(
    z.object({
      id: z.string(),
      status: z.string(),
      createdAt: Instant,
      total: z.nullable(MoneySchema),
      items: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          quantity: z.number(),
          unitPrice: z.nullable(MoneySchema),
          variation: z.nullable(z.string()),
          thumbnail: z.nullable(z.string()),
          permalink: z.nullable(z.string()),
        }),
      ),
    }),
  ),
  buyer: z.nullable(
    z.object({
      id: z.string(),
      nickname: z.nullable(z.string()),
      name: z.nullable(z.string()),
      place: z.nullable(z.string()),
    }),
  ),
  shipment: z.nullable(
    z.object({
      id: z.string(),
      status: z.string(),
      substatus: z.nullable(z.string()),
      trackingNumber: z.nullable(z.string()),
      logisticType: z.nullable(z.string()),
      estimatedAt: z.nullable(Instant),
      updatedAt: z.nullable(Instant),
      steps: z.array(z.object({ status: z.string(), at: Instant })),
    }),
  ),
});
export type ContextView = z.infer<typeof ContextSchema>;

/** `GET /api/threads/{channel}/{externalId}`: the newest messages, and all that the screen shows around them. */
export const ThreadViewSchema = z.object({
  row: ThreadRowSchema,
  accountNickname: z.string(),
  messages: z.array(MessageSchema),
  /** Are there stored messages older than the first of `messages`? */
  hasOlder: z.boolean(),
  outbox: z.array(OutboxSchema),
  draft: DraftSchema,
  composer: ComposerSchema,
  claimIds: z.array(z.string()),
  /** Of a claim: all that is known of it, what may be done now, and what was. Null on other channels. */
  claim: z.nullable(
    z.object({
      facts: ClaimSchema,
      /** What the seller may do now, in Mercado Libre's word at the last read. */
      offered: z.array(
        z.object({ act: z.enum(CLAIM_ACTS), isMandatory: z.boolean(), dueAt: z.nullable(Instant) }),
      ),
      /** Oldest first. */
      acts: z.array(ActSchema),
    }),
  ),
  /** Of questions: the chain, the listing, and which question is meant. Null on other channels. */
  question: z.nullable(QuestionViewSchema),
  /** Of a claim: the conversation of its sale, if we hold it. */
  sale: z.nullable(z.object({ externalId: z.string() })),
  /** Mercado Libre's messaging agent stands between the parties (messages.md 0.4). */
  hasAgent: z.boolean(),
  /** Null until the sale was read. */
  context: z.nullable(ContextSchema),
  /** When the conversation was last read from Mercado Libre; null: not yet. */
  pulledAt: z.nullable(Instant),
  /** Mercado Libre could not be asked just now: what is shown is what we hold. */
  isStale: z.boolean(),
  /** What may be attached. */
  attachmentTypes: z.array(z.string()),
  maxFiles: z.number(),
  maxFileBytes: z.number(),
});
export type ThreadView = z.infer<typeof ThreadViewSchema>;

export const OlderPageSchema = z.object({ messages: z.array(MessageSchema), hasOlder: z.boolean() });

/** What stood before the sender's eyes at the press of Send: the newest messages of the conversation and their own
 *  replies that are not messages yet. A thread that holds anything newer has moved on, and the reply is held. */
export const SeenSchema = z.object({
  messages: z.array(z.string().check(z.maxLength(80))).check(z.maxLength(100)),
  replies: z.array(Uuid).check(z.maxLength(100)),
});
export type Seen = z.infer<typeof SeenSchema>;

/** `POST .../replies`. The key is minted in the browser, once per press of Send: the same key answers the same row.
 *  Without `seen` nothing is known of what the sender read, and nothing is held back. */
export const ReplyBody = z.object({
  key: Uuid,
  seen: z.optional(SeenSchema),
  text: z.string().check(z.maxLength(20_000)),
  files: z.array(Uuid).check(z.maxLength(25)),
  /** Begins the conversation under a reason. With a template `text` is empty and there are no files. */
  option: z.optional(GuideChoiceSchema),
  /** Claims: who it is written to. */
  to: z.optional(ClaimRoleSchema),
});

/** `PUT .../draft`. */
export const DraftBody = z.object({
  text: z.string().check(z.maxLength(20_000)),
  files: z.array(Uuid).check(z.maxLength(25)),
});
export const DraftSavedSchema = z.object({ updatedAt: Instant });

/** `POST .../looked`: this user saw everything up to this message. */
export const LookedBody = z.object({ messageId: z.nullable(z.string()) });

/** `POST /api/outbox/{id}`. */
export const OutboxParams = z.object({ id: Uuid });
export const OutboxActBody = z.object({
  /** `send_anyway`: a held reply leaves although the thread has moved; `seen` is what was read meanwhile. */
  act: z.enum(["retry", "cancel", "discard", "send_anyway"]),
  seen: z.optional(SeenSchema),
});

/** `POST /api/threads/{channel}/{externalId}/files?name=`: the body is the file itself. */
export const FileQuery = z.object({
  account: z.optional(Digits),
  name: z.string().check(z.minLength(1), z.maxLength(400)),
});
/** `DELETE /api/files/{id}`. */
export const FileParams = z.object({ id: Uuid });

/** `GET .../attachments/{filename}`: Mercado Libre's name of the file (messages.md 1). */
export const AttachmentParams = z.object({
  channel: ChannelSchema,
  externalId: Digits,
  filename: z.string().check(z.regex(/^[A-Za-z0-9._-]{1,255}$/)),
});
/** `view`: to be looked at, not saved. `again`: although Mercado Libre did not give it lately. */
export const AttachmentQuery = z.object({
  account: z.optional(Digits),
  view: z.optional(z.literal("1")),
  again: z.optional(z.literal("1")),
});

/** `GET /api/pdf-data/{kind}/{name}`: what pdf.js asks for beside its program. */
export const PdfDataParams = z.object({
  kind: z.enum(["cmaps", "standard_fonts", "wasm"]),
  name: z.string().check(z.maxLength(80)),
});
