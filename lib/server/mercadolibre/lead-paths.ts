import "server-only";
import { isKnownLeadType } from "@/lib/shared/api/leads";
import { isDay } from "@/lib/shared/contacts/periods";
import { AppError } from "@/lib/shared/errors";
import { itemKey } from "./contact-paths";
import { checked, digits, get, type Route } from "./paths";

/** Which leads of a seller: those of some days, both of which count (`2026-08-01`). */
export interface LeadQuery {
  sellerId: string;
  from: string;
  to: string;
  /** Of LEAD_TYPES; left out or empty: all. */
  contactTypes?: readonly string[];
  itemId?: string;
  buyerIds?: readonly string[];
  offset: number;
}

const FAMILY = "leads";
/** How many are asked for: the default is 10 and no maximum is stated (questions-and-contacts.md 4.2, 9). */
const PAGE = 50;
/** Kinds whose leads are read at an address of their own (questions-and-contacts.md 4.2). */
const WITH_DETAILS: readonly string[] = ["contact_request", "reservation"];

const leadKey = (id: string) => checked("lead id", /^[A-Za-z0-9_-]{1,80}$/, id);
const refuse = (words: string, reason: string): never => {
  throw new AppError("invalid_input", words, { reason });
};

/** The addresses of leads, the same for every account (questions-and-contacts.md 4.2). Its parser refuses every query key that
 *  it does not know, and every date that is not one, so neither leaves. */
export const LEAD_PATHS = {
  /** @throws AppError invalid_input */
  list(o: LeadQuery): Route {
    if (!isDay(o.from) || !isDay(o.to)) refuse("not a day of the calendar", "day");
    if (o.from > o.to) refuse("the days are in the wrong order", "day_order");
    if (!Number.isSafeInteger(o.offset) || o.offset < 0) refuse("not an offset", "offset");
    const types = [...new Set(o.contactTypes ?? [])];
    if (!types.every(isKnownLeadType)) refuse("not a kind of lead", "lead_type");
    const buyers = [...new Set(o.buyerIds ?? [])].map(digits);
    return get(FAMILY, `/vis/users/${digits(o.sellerId)}/leads/buyers`, {
      offset: String(o.offset),
      limit: String(PAGE),
      date_from: o.from,
      date_to: o.to,
      ...(types.length === 0 ? {} : { contact_types: types.join(",") }),
      ...(o.itemId === undefined ? {} : { item_id: itemKey(o.itemId) }),
      ...(buyers.length === 0 ? {} : { buyer_ids: buyers.join(",") }),
      include_guest: "true",
    });
  },
  /** @throws AppError invalid_input */
  lead: (id: string, contactType: string): Route =>
    WITH_DETAILS.includes(contactType)
      ? get(FAMILY, `/leads/${leadKey(id)}/details`)
      : get(FAMILY, `/vis/leads/${leadKey(id)}`),
  /** @throws AppError invalid_input */
  credit: (o: { id: string; sellerId: string }): Route =>
    get(FAMILY, `/vis/loans/${leadKey(o.id)}`, { seller_id: digits(o.sellerId) }),
} as const;
