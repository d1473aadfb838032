import { z } from "zod";
import { CONTACT_KINDS, LEAD_TYPES } from "@/sandbox/leads/model";

const minutes = z.number().min(0);
const text = z.string().nullable();

/** One sign of interest in a classified listing. Times count back from the sandbox's clock. */
export const LeadSeed = z.strictObject({
  id: z.string().optional(),
  itemId: z.string(),
  type: z.enum(LEAD_TYPES),
  minutesAgo: minutes.default(0),
  /** Who was logged in; default: somebody new. null: a guest. A known `id` is the same person again. */
  buyer: z
    .strictObject({
      id: z.string().optional(),
      name: text.optional(),
      email: text.optional(),
      phone: text.optional(),
      identificationType: text.optional(),
      identificationNumber: text.optional(),
    })
    .nullable()
    .optional(),
  /** Of a question: its words, and the answer if there is one. */
  text: z.string().optional(),
  answer: z.string().optional(),
  externalId: z.string().default(""),
  /** Default: `created` at contact requests and reservations, else `active` (questions-and-contacts.md 4.2). */
  status: z.string().optional(),
  subStatus: text.default(null),
  details: z
    .strictObject({ color: text.default(null), zipCode: text.default(null), dealership: text.default(null) })
    .optional(),
});
export type LeadSeed = z.input<typeof LeadSeed>;

/** Contacts that leave no lead. */
export const ContactSeed = z.strictObject({
  itemId: z.string(),
  kind: z.enum(CONTACT_KINDS),
  count: z.number().int().min(1).max(10_000).default(1),
  minutesAgo: minutes.default(0),
  /** Instead of `minutesAgo`. */
  at: z.iso.datetime({ offset: true }).optional(),
});
export type ContactSeed = z.input<typeof ContactSeed>;

/** How busy listings are from now on, and were. */
export const SeriesSeed = z
  .strictObject({
    /** One listing, or all of this seller's. */
    itemId: z.string().optional(),
    sellerId: z.string().optional(),
    /** Default: all three. */
    kind: z.enum(CONTACT_KINDS).optional(),
    /** Contacts drawn a day, on an ordinary day; 0: none. */
    perDay: z.number().min(0).max(10_000).optional(),
    /** Exact counts of as many hours, oldest first, the last one the hour of `ending`; nothing else is drawn. */
    hours: z
      .array(z.number().int().min(0).max(10_000))
      .max(24 * 400)
      .optional(),
    ending: z.iso.datetime({ offset: true }).optional(),
    /** The listing is so old; default: as old as counters go. */
    sinceDaysAgo: z.number().min(0).optional(),
    /** Nothing is drawn after that. */
    untilDaysAgo: z.number().min(0).optional(),
  })
  .refine(({ itemId, sellerId }) => (itemId === undefined) !== (sellerId === undefined), {
    message: "itemId or sellerId",
  });
export type SeriesSeed = z.input<typeof SeriesSeed>;
