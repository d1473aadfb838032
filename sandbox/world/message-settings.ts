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
