import "server-only";
import { z } from "zod";
import type { LeadType } from "@/lib/shared/api/leads";
import { count, date, field, id, number, part, requiredId, sift, text, textOf, word } from "./wire";

/** One contact of somebody with a listing. */
export interface Lead {
  id: string;
  /** whatsapp, question, call...: an open set (LEAD_TYPES). A visit is `schedule` when read by id. */
  contactType: LeadType;
  channel: string | null;
  createdAt: Date | null;
  /** Of a question: its id, at which the text is. */
  externalId: string | null;
  itemId: string | null;
  /** `active`, `created`...: an open set, of which not all words are known. */
  status: string | null;
  /** `answered`; an open set. */
  subStatus: string | null;
  buyerId: string | null;
}

/** Who is interested. Every field may be missing: only people who were signed in have any (questions-and-contacts.md 4.2). */
export interface LeadPerson {
  name: string | null;
  email: string | null;
  phone: string | null;
  identification: { type: string | null; number: string } | null;
}

/** A lead read by id. */
export interface LeadDetail extends Lead {
  person: LeadPerson;
  /** Of a contact request or a reservation of a vehicle. */
  details: { color: string | null; zipCode: string | null; dealership: string | null } | null;
}

/** What one person did about one listing: the same person comes once for each listing. */
export interface LeadBuyer {
  buyerId: string | null;
  itemId: string | null;
  person: LeadPerson;
  leads: Lead[];
}

/** What people who were not signed in did about one listing. */
export interface GuestLeads {
  itemId: string | null;
  leads: Lead[];
}

/** How many leads a listing has. Null: not told. */
export interface LeadSummary {
  itemId: string;
  total: number | null;
  user: number | null;
  guest: number | null;
}

const leadType = field(
  (value): LeadType =>
    textOf(value)
      ?.trim()
      .toLowerCase()
      .replace(/[\s-]+/g, "_") ?? "",
);

const leadFields = z.object({
  id,
  uuid: id,
  contact_type: leadType,
  channel: leadType,
  created_at: date,
  external_id: id,
  item_id: id,
  status: word,
  sub_status: word,
  buyer_id: number,
});

function leadOf(wire: z.output<typeof leadFields>): Lead | null {
  const leadId = wire.id ?? wire.uuid;
  if (leadId === null) return null;
  return {
    id: leadId,
    contactType: wire.contact_type || wire.channel || "unknown",
    channel: wire.channel || null,
    createdAt: wire.created_at,
    externalId: wire.external_id,
    itemId: wire.item_id,
    status: wire.status,
    subStatus: wire.sub_status,
    buyerId: wire.buyer_id,
  };
}

const personFields = z.object({
  name: text,
  email: text,
  phone: id,
  identification_type: text,
  identification_number: id,
  // The list of fields calls it so, the example does not (questions-and-contacts.md 4.2).
  identification_value: id,
});

function personOf(wire: z.output<typeof personFields>): LeadPerson {
  const figures = wire.identification_number ?? wire.identification_value;
  return {
    name: wire.name?.trim() ?? null,
    email: wire.email?.trim() ?? null,
    phone: wire.phone,
    identification: figures === null ? null : { type: wire.identification_type, number: figures },
  };
}

const lead = leadFields.transform((wire, context): Lead => {
  const found = leadOf(wire);
  if (found !== null) return found;
  context.issues.push({ code: "custom", message: "a lead without an id", input: null });
  return z.NEVER;
});

/** The leads of a row, which know its listing and person where they name none. */
const leadsOf = (value: unknown, row: { itemId: string | null; buyerId: string | null }) => {
  const { kept, dropped } = sift(value, lead);
  const leads = kept.map((one) => ({
    ...one,
    itemId: one.itemId ?? row.itemId,
    buyerId: one.buyerId ?? row.buyerId,
  }));
  return { leads, dropped };
};

const buyerRow = personFields
  .extend({ id: number, item_id: id, leads: z.unknown().optional() })
  .transform((wire) => {
    const row = { buyerId: wire.id, itemId: wire.item_id };
    const { leads, dropped } = leadsOf(wire.leads, row);
    return { row: { ...row, person: personOf(wire), leads } satisfies LeadBuyer, dropped };
  });

const guestRow = z.object({ item_id: id, leads: z.unknown().optional() }).transform((wire) => {
  const { leads, dropped } = leadsOf(wire.leads, { itemId: wire.item_id, buyerId: null });
  return { row: { itemId: wire.item_id, leads } satisfies GuestLeads, dropped };
});

/** Numbers, or the same as text (questions-and-contacts.md 4.2). */
const summaryRow = z.object({ item_id: requiredId, total: count, user: count, guest: count }).transform(
  (wire): LeadSummary => ({
    itemId: wire.item_id,
    total: wire.total,
    user: wire.user,
    guest: wire.guest,
  }),
);

const paging = part(z.object({ offset: count, limit: count, total: count }));

/** A page of interested people. Without a list of results it is none. */
export const leadsPage = z
  .object({
    results: z.array(z.unknown()),
    paging,
    guest: z.unknown().optional(),
    summary: z.unknown().optional(),
    date_from: text,
    date_to: text,
  })
  .transform((wire) => {
    const buyers = sift(wire.results, buyerRow);
    const guests = sift(wire.guest, guestRow);
    const summary = sift(wire.summary, summaryRow);
    const inside = [...buyers.kept, ...guests.kept].reduce((sum, { dropped }) => sum + dropped, 0);
    return {
      rows: wire.results.length,
      buyers: buyers.kept.map(({ row }) => row),
      guests: guests.kept.map(({ row }) => row),
      summary: summary.kept,
      paging: wire.paging,
      from: wire.date_from,
      to: wire.date_to,
      unreadable: buyers.dropped + guests.dropped + summary.dropped + inside,
    };
  });

const inner = z.object({ color: id, zip_code: id, dealership: id });

/** One lead, of any of its three addresses. */
export const leadDetail = leadFields
  .extend(personFields.shape)
  .extend({ details: field((value) => inner.safeParse(value).data ?? null) })
  .transform((wire, context): LeadDetail => {
    const found = leadOf(wire);
    if (found === null) {
      context.issues.push({ code: "custom", message: "a lead without an id", input: null });
      return z.NEVER;
    }
    const { details } = wire;
    return {
      ...found,
      person: personOf(wire),
      details:
        details === null
          ? null
          : { color: details.color, zipCode: details.zip_code, dealership: details.dealership },
    };
  });
