import type { Item } from "@/sandbox/world/model";

/** What is counted on a classified listing (questions-and-contacts.md 4.1). */
export const CONTACT_KINDS = ["questions", "phone_views", "whatsapp"] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** Every kind of interest, as `contact_types` filters them (questions-and-contacts.md 4.2). */
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
export type LeadType = (typeof LEAD_TYPES)[number];

/** Somebody who was logged in when they made contact; what they did not tell is null (questions-and-contacts.md 4.2). */
export interface LeadBuyer {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  identificationType: string | null;
  identificationNumber: string | null;
}

/** One sign of interest in one listing. A question's lead is made from the question itself and held nowhere. */
export interface Lead {
  /** A UUID. */
  id: string;
  item: Item;
  type: LeadType;
  createdAt: Date;
  /** The question's id; "" for all else (questions-and-contacts.md 4.2). */
  externalId: string;
  status: string;
  subStatus: string | null;
  /** null: a guest. */
  buyer: LeadBuyer | null;
  /** Contact requests and reservations (questions-and-contacts.md 4.2, `details`). */
  details: { color: string | null; zipCode: string | null; dealership: string | null } | null;
}

/** How busy one listing is in one kind. */
export interface Rhythm {
  /** Contacts a day, on an ordinary day; null: drawn from the listing's id. */
  perDay: number | null;
  /** Before this there was no listing. */
  since: Date;
  /** From then on there is nothing more; null: it goes on. */
  until: Date | null;
  /** Counts laid down by hand, by hour since the epoch: nothing else is made then. null: the rhythm is drawn. */
  hours: Map<number, number> | null;
}
