import * as z from "zod/mini";
import { Digits, Instant, MoneySchema } from "./common";

/** What a buyer of a classified listing did, as it is counted (questions-and-contacts.md 4.1). */
export const CONTACT_KINDS = ["questions", "phone_views", "whatsapp"] as const;
export const ContactKindSchema = z.enum(CONTACT_KINDS);
export type ContactKind = z.infer<typeof ContactKindSchema>;

/** The kinds of lead that are documented, each of which a list can be narrowed to (questions-and-contacts.md 4.2). */
export const LEAD_TYPES = [
  "whatsapp",
  "question",
  "call",
  "credit",
  "contact_request",
  "reservation",
  "quotation",
  "schedule",
  "visit_request",
] as const;
export type KnownLeadType = (typeof LEAD_TYPES)[number];

/** An open set: a kind that is not known is kept as the word it came as. */
export const LeadTypeSchema = z.string();
export type LeadType = z.infer<typeof LeadTypeSchema>;

/** Is this a kind of lead that Mercado Libre documents? Asked for any other, it refuses. Pure. */
export const isKnownLeadType = (word: string): word is KnownLeadType =>
  LEAD_TYPES.some((one) => one === word);

/** An IANA name (`America/Santiago`); that there is such a zone, the server checks. */
const Zone = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/));
/** A day of the calendar; that it exists, the server checks. */
const Day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const ItemId = z.string().check(z.regex(/^[A-Z]{2,4}-?\d{1,20}$/));

/** Why something could not be read, or not yet: one of our error codes. What is held stays on screen. */
export const ReadProblemSchema = z.object({
  code: z.string(),
  /** A machine-readable reason, such as `missing_permission`. */
  reason: z.nullable(z.string()),
  /** When it is tried again by itself. Null: when somebody asks. */
  retryAt: z.nullable(Instant),
});
export type ReadProblem = z.infer<typeof ReadProblemSchema>;

const ProgressSchema = z.object({ done: z.number(), total: z.number() });

/** What can be chosen as a period; `custom` has two days of the calendar, both of which count. */
export const PERIOD_CHOICES = ["24h", "7d", "30d", "90d", "custom"] as const;

const period = {
  account: z.optional(Digits),
  period: z.enum(PERIOD_CHOICES),
  /** Of `custom` only: `2026-08-01`. */
  from: z.optional(Day),
  to: z.optional(Day),
  zone: Zone,
  /** How the series are cut. Left out: hours up to two days, else days. Hours are to be had up to 31 days. */
  unit: z.optional(z.enum(["hour", "day"])),
};

/** `GET /api/leads/contacts`: how often the listings of one account were contacted. Without `account`: the one that the user
 *  works as, if it has contacts, else the first that has. */
export const ContactsQuery = z.object(period);
export type ContactsFilter = z.infer<typeof ContactsQuery>;

/** `GET /api/leads/contacts/items`: the series of at most six listings (`items=A,B`). */
export const ItemContactsQuery = z.object({
  ...period,
  account: Digits,
  items: z.string().check(z.regex(/^[A-Z]{2,4}-?\d{1,20}(,[A-Z]{2,4}-?\d{1,20}){0,5}$/)),
});
export type ItemContactsFilter = z.infer<typeof ItemContactsQuery>;

/** The contacts of one hour or day. */
export const ContactBucketSchema = z.object({
  /** When it begins. Of days in a zone: its local midnight; of periods longer than 31 days: 04:00Z, where Mercado Libre's
   *  own days begin (questions-and-contacts.md 4.1). */
  at: Instant,
  /** `2026-08-01`; null: an hour. */
  day: z.nullable(z.string()),
  /** Null: not known. */
  total: z.nullable(z.number()),
});
export type ContactBucketView = z.infer<typeof ContactBucketSchema>;

const counted = {
  /** What the totals resource says of the period. Null: it could not be read (yet). */
  total: z.nullable(z.number()),
  /** The sum of the buckets, which come from the time windows. The two may differ, and then both are shown
   *  (lib/shared/contacts/difference.ts). Null: not one bucket is known (yet). */
  sum: z.nullable(z.number()),
  /** How many hours (of longer periods: days) of the series are not known. */
  missing: z.number(),
  buckets: z.array(ContactBucketSchema),
};

/** One kind of contact of a whole account. */
export const KindContactsSchema = z.object({
  ...counted,
  /** What the totals resource says of `previous`. */
  previousTotal: z.nullable(z.number()),
});
export type KindContacts = z.infer<typeof KindContactsSchema>;

const ItemCountSchema = z.object({
  /** The sum of its buckets in the period. Null: not known (yet). */
  sum: z.nullable(z.number()),
  /** The same of `previous`. */
  previous: z.nullable(z.number()),
});

/** A listing in the ranking. */
export const ContactItemSchema = z.object({
  itemId: z.string(),
  /** Null: Mercado Libre does not show it (any more). */
  title: z.nullable(z.string()),
  thumbnail: z.nullable(z.string()),
  price: z.nullable(MoneySchema),
  status: z.nullable(z.string()),
  permalink: z.nullable(z.string()),
  kinds: z.object({ questions: ItemCountSchema, phone_views: ItemCountSchema, whatsapp: ItemCountSchema }),
  /** Of all three kinds, as far as known. */
  sum: z.nullable(z.number()),
  previous: z.nullable(z.number()),
});
export type ContactItem = z.infer<typeof ContactItemSchema>;

/** A period as it was understood. */
export const PeriodViewSchema = z.object({
  choice: z.enum(PERIOD_CHOICES),
  /** From `from` until right before `to`. */
  from: Instant,
  to: Instant,
  zone: z.string(),
  /** Of the buckets below. */
  unit: z.enum(["hour", "day"]),
  /** Its first and last day there, as `2026-08-01`. */
  firstDay: z.string(),
  lastDay: z.string(),
  /** How many days it has, from midnight to midnight; null: hours. */
  days: z.nullable(z.number()),
  /** It has not come to its end: the last bucket still grows. */
  isOpen: z.boolean(),
});
export type PeriodView = z.infer<typeof PeriodViewSchema>;

export const ContactsViewSchema = z.object({
  /** Null: no account of this user has classified listings; all lists are empty then. */
  accountId: z.nullable(z.string()),
  /** Those that have contacts. */
  accounts: z.array(z.object({ id: z.string(), nickname: z.string(), siteId: z.string() })),
  period: PeriodViewSchema,
  /** What it is compared with: the same part of the period before, cut where this one has got to. */
  previous: z.object({ from: Instant, to: Instant, firstDay: z.string(), lastDay: z.string() }),
  kinds: z.object({
    questions: KindContactsSchema,
    phone_views: KindContactsSchema,
    whatsapp: KindContactsSchema,
  }),
  /** All listings, by `sum`, the most contacted first; what is not known comes last. */
  items: z.array(ContactItemSchema),
  /** How many listings were read of how many, while some still are: ask again in a second or two. Null: nothing is being read. */
  progress: z.nullable(ProgressSchema),
  /** When the account's own figures were read last. */
  readAt: z.nullable(Instant),
  problem: z.nullable(ReadProblemSchema),
});
export type ContactsView = z.infer<typeof ContactsViewSchema>;

const ItemKindSchema = z.object(counted);

/** The series of a few listings, in the order they were asked for. */
export const ItemContactsViewSchema = z.object({
  accountId: z.string(),
  period: PeriodViewSchema,
  items: z.array(
    z.object({
      itemId: z.string(),
      title: z.nullable(z.string()),
      kinds: z.object({ questions: ItemKindSchema, phone_views: ItemKindSchema, whatsapp: ItemKindSchema }),
    }),
  ),
  problem: z.nullable(ReadProblemSchema),
});
export type ItemContactsView = z.infer<typeof ItemContactsViewSchema>;

/** `GET /api/leads`: interested people and guests, the newest first, of all the user's accounts or one. */
export const LeadsQuery = z.object({
  account: z.optional(Digits),
  type: z.optional(z.string().check(z.regex(/^[a-z_]{1,40}$/))),
  item: z.optional(ItemId),
  /** Days of `zone` (else of UTC), both of which count; either may be left out. What lies before the days that are held is read then. */
  from: z.optional(Day),
  to: z.optional(Day),
  zone: z.optional(Zone),
  /** Guests alone, or nobody of them. Left out: both they and people who were signed in. */
  guests: z.optional(z.enum(["only", "none"])),
  cursor: z.optional(z.string().check(z.maxLength(200))),
});
export type LeadsFilter = Omit<z.infer<typeof LeadsQuery>, "cursor">;

/** Every field may be missing: only people who were signed in have any (questions-and-contacts.md 4.2). */
export const LeadBuyerSchema = z.object({
  id: z.nullable(z.string()),
  name: z.nullable(z.string()),
  email: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  identification: z.nullable(z.object({ type: z.nullable(z.string()), number: z.string() })),
});
export type LeadBuyer = z.infer<typeof LeadBuyerSchema>;

export const LeadRowSchema = z.object({
  accountId: z.string(),
  id: z.string(),
  contactType: LeadTypeSchema,
  /** `active`, `created`...: an open set. */
  status: z.nullable(z.string()),
  /** `answered`; an open set. */
  subStatus: z.nullable(z.string()),
  /** Null: Mercado Libre did not say. */
  createdAt: z.nullable(Instant),
  itemId: z.nullable(z.string()),
  title: z.nullable(z.string()),
  thumbnail: z.nullable(z.string()),
  isGuest: z.boolean(),
  /** Null: a guest. */
  buyer: z.nullable(LeadBuyerSchema),
  questionId: z.nullable(z.string()),
  /** Its question, if it is held: `/inbox/questions/<address>`. Null otherwise, also when it was not read yet. */
  question: z.nullable(z.object({ address: z.string(), isUnanswered: z.boolean() })),
});
export type LeadRow = z.infer<typeof LeadRowSchema>;

/** Of leads, over the accounts that are looked at. */
export const LeadSyncSchema = z.object({
  /** When they were read last, of the account for which that is longest ago; null: not once. */
  readAt: z.nullable(Instant),
  isReading: z.boolean(),
  /** Rows of the list, while it is read; null: not known yet. */
  done: z.number(),
  total: z.nullable(z.number()),
  problem: z.nullable(ReadProblemSchema),
});
export type LeadSync = z.infer<typeof LeadSyncSchema>;

export const LeadsPageSchema = z.object({
  rows: z.array(LeadRowSchema),
  nextCursor: z.nullable(z.string()),
  /** Of the same filter without `type`; null on every page but the first. */
  counts: z.nullable(
    z.object({ all: z.number(), types: z.array(z.object({ type: LeadTypeSchema, count: z.number() })) }),
  ),
  /** Listings to narrow the list to: those with leads, the one with most first; null on every page but the first. */
  items: z.nullable(
    z.array(z.object({ itemId: z.string(), title: z.nullable(z.string()), count: z.number() })),
  ),
  /** Has any of the accounts classified listings? */
  hasClassifieds: z.boolean(),
  sync: LeadSyncSchema,
});
export type LeadsPage = z.infer<typeof LeadsPageSchema>;

/** `GET /api/leads/{id}`. */
export const LeadParams = z.object({ id: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,80}$/)) });
export const LeadQuery = z.object({ account: Digits });

/** One lead, with what only reading it by itself tells. */
export const LeadViewSchema = z.object({
  lead: LeadRowSchema,
  /** Of a contact request or a reservation of a vehicle. */
  details: z.nullable(
    z.object({
      color: z.nullable(z.string()),
      zipCode: z.nullable(z.string()),
      dealership: z.nullable(z.string()),
    }),
  ),
  /** It was asked for just now and this is the answer. False: what is held, because of `problem`. */
  isLive: z.boolean(),
  problem: z.nullable(ReadProblemSchema),
});
export type LeadView = z.infer<typeof LeadViewSchema>;

/** `POST /api/leads/refresh`: has leads and listings read again, of one account or all. At most once a minute each. */
export const LeadsRefreshBody = z.object({ account: z.optional(Digits) });
