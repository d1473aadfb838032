import { z } from "zod";
import { ListingSeed } from "@/sandbox/control/listing-seeds";
import { QUESTION_STATUSES } from "@/sandbox/questions/model";

const minutes = z.number().min(0);

/** A question on a listing. Times count back from the sandbox's clock. */
export const QuestionSeed = z.strictObject({
  /** A listing that is there, by either of its ids; default: `listing`, else the seller's first, else a new one. */
  itemId: z.string().optional(),
  /** A new listing to ask about. */
  listing: ListingSeed.optional(),
  /** A buyer who is there: the question joins their chain. Default: a new one. */
  buyerId: z.string().optional(),
  buyerName: z.string().optional(),
  buyerCity: z.string().optional(),
  text: z.string(),
  /** Global Selling only. */
  translated: z.string().optional(),
  askedMinutesAgo: minutes.default(0),
  /** Default: ANSWERED with an answer, else UNANSWERED. */
  status: z.enum(QUESTION_STATUSES).optional(),
  answer: z
    .strictObject({
      text: z.string(),
      translated: z.string().optional(),
      /** Default: half as long ago as the question. */
      minutesAgo: minutes.optional(),
      status: z.enum(["ACTIVE", "DISABLED", "BANNED"]).default("ACTIVE"),
    })
    .optional(),
  hold: z.boolean().default(false),
  /** null: the field is absent (questions-and-contacts.md 1.2). */
  suspectedSpam: z.boolean().nullable().default(false),
  deletedFromListing: z.boolean().default(false),
  /** Subgroup of the infraction when the question or its answer is banned (questions-and-contacts.md 1.6). */
  bannedFor: z.string().default("LINKS"),
  /** What a buyer leaves at a classified listing; default there: made up. null: nothing. */
  contact: z
    .strictObject({
      email: z.string().nullable().default(null),
      phone: z.strictObject({ areaCode: z.string(), number: z.string() }).nullable().default(null),
    })
    .nullable()
    .optional(),
  appId: z.string().nullable().default(null),
});

export type QuestionSeed = z.input<typeof QuestionSeed>;
