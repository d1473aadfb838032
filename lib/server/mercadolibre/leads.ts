import "server-only";
import type { Meli } from "./http";
import { LEAD_PATHS, type LeadQuery } from "./lead-paths";
import {
  type GuestLeads,
  type LeadBuyer,
  type LeadDetail,
  type LeadSummary,
  leadDetail,
  leadsPage,
} from "./lead-wire";

export type { LeadQuery } from "./lead-paths";
export type { GuestLeads, Lead, LeadBuyer, LeadDetail, LeadPerson, LeadSummary } from "./lead-wire";

/** One page of the people who were interested, and all guests. */
export interface LeadsPage {
  buyers: LeadBuyer[];
  /** Not paged: every page brings all of them (questions-and-contacts.md 4.2). */
  guests: GuestLeads[];
  summary: LeadSummary[];
  /** Where the next page begins; null: this was the last. */
  next: number | null;
  /** How many rows there are over all pages; null: not told. */
  total: number | null;
  /** The days that Mercado Libre says it answered for. */
  from: string | null;
  to: string | null;
  /** How many rows and leads made no sense, and were left out. */
  unreadable: number;
}

/**
 * One page of who was interested in a seller's listings between two days, guests included. How long a page is, the answer
 * says: its limit may be less than what was asked for. Between two pages a person may move, so the same row can come
 * twice. Retryable.
 * @throws MeliError; AppError invalid_input for impossible days, kinds of lead or ids, before any call
 */
export async function listLeads(meli: Meli, query: LeadQuery): Promise<LeadsPage> {
  const route = LEAD_PATHS.list(query);
  const { rows, paging, unreadable, ...page } = await meli.wire.read(route, leadsPage);
  if (unreadable > 0) meli.wire.odd(route, { droppedLeads: unreadable });
  // Never further than what came: a limit that was only echoed would leave people out.
  const step = paging.limit === null || paging.limit === 0 ? rows : Math.min(rows, paging.limit);
  const end = query.offset + step;
  const hasMore = rows > 0 && (paging.total === null ? rows >= (paging.limit ?? 1) : end < paging.total);
  return { ...page, next: hasMore ? end : null, total: paging.total, unreadable };
}

/**
 * One lead, at the address that its kind has: a credit lead is one of the account's own (questions-and-contacts.md 4.2).
 * Where the answer names no kind, it has the one it was asked for with. Retryable.
 * @throws MeliError (`not_found`: there is no such lead); AppError invalid_input for an impossible id
 */
export async function readLead(meli: Meli, id: string, contactType: string): Promise<LeadDetail> {
  if (contactType === "credit") return await readCreditLead(meli, { id, sellerId: meli.accountId });
  return named(await meli.wire.read(LEAD_PATHS.lead(id, contactType), leadDetail), contactType);
}

/**
 * A credit lead, of which only the address is documented: what it tells is read as that of any lead. Retryable.
 * @throws MeliError; AppError invalid_input for an impossible id
 */
export async function readCreditLead(meli: Meli, o: { id: string; sellerId: string }): Promise<LeadDetail> {
  return named(await meli.wire.read(LEAD_PATHS.credit(o), leadDetail), "credit");
}

const named = (lead: LeadDetail, contactType: string): LeadDetail =>
  lead.contactType === "unknown" ? { ...lead, contactType } : lead;
