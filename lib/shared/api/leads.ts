import * as z from "zod/mini";

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
