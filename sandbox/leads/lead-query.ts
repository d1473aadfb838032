import type { LeadType } from "@/sandbox/leads/model";
import { LEAD_TYPES } from "@/sandbox/leads/model";
import { searchRefusal } from "@/sandbox/leads/refuse";
import type { SiteId } from "@/sandbox/world/sites";
import { SITES } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

const DAY_MS = 86_400_000;

/** questions-and-contacts.md 4.2; `channels` is deprecated and still read. */
const KEYS = [
  "offset",
  "limit",
  "date_from",
  "date_to",
  "contact_types",
  "channels",
  "item_id",
  "buyer_ids",
  "include_guest",
];

/** The list's query, understood. */
export interface LeadQuery {
  offset: number;
  limit: number;
  /** As they came or by default, `YYYY-MM-DD`. */
  dateFrom: string;
  dateTo: string;
  /** `[from, to)` in milliseconds: both days in full. */
  from: number;
  to: number;
  types: Set<LeadType> | null;
  itemId: string | null;
  buyerIds: Set<string> | null;
  hasGuests: boolean;
}

/** Reads the query as its strict parser does (questions-and-contacts.md 4.2). @throws Refusal 400 */
export function leadQueryOf(world: World, siteId: SiteId, query: Record<string, string>): LeadQuery {
  for (const key of Object.keys(query)) {
    if (!KEYS.includes(key))
      throw searchRefusal("error decoding search params", `schema: invalid path "${key}"`);
  }
  const { leadDaysIn, leadMaxLimit } = world.settings;
  const offsetMs = leadDaysIn === "site" ? SITES[siteId].utcOffset * 3_600_000 : 0;
  const today = new Date(world.now().getTime() + offsetMs).toISOString().slice(0, 10);
  const dateTo = query.date_to || today;
  const weekBefore = new Date(Date.parse(`${today}T00:00:00Z`) - 7 * DAY_MS).toISOString().slice(0, 10);
  const dateFrom = query.date_from || weekBefore;
  const from = dayOf("start", dateFrom);
  const to = dayOf("end", dateTo);
  if (from > to) throw searchRefusal("invalid date range", "start date is greater than end date");
  const asked = wholeOf("limit", query.limit, 10);
  return {
    offset: wholeOf("offset", query.offset, 0),
    limit: Math.min(asked, leadMaxLimit ?? asked),
    dateFrom,
    dateTo,
    from: from - offsetMs,
    to: to - offsetMs + DAY_MS,
    types: typesOf(query.contact_types ?? query.channels),
    itemId: query.item_id || null,
    buyerIds: query.buyer_ids ? new Set(query.buyer_ids.split(",")) : null,
    hasGuests: isTrue(query.include_guest),
  };
}

/** Strictly `YYYY-MM-DD`, and a day that exists (questions-and-contacts.md 4.2). */
function dayOf(which: "start" | "end", text: string): number {
  const at = Date.parse(`${text}T00:00:00.000Z`);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at);
  if (!isDay || new Date(at).toISOString().slice(0, 10) !== text) {
    throw searchRefusal(
      `invalid ${which} date`,
      `parsing time "${text}" as "2006-01-02": cannot parse "${text}" as "2006-01-02"`,
    );
  }
  return at;
}

function typesOf(text: string | undefined): Set<LeadType> | null {
  if (!text) return null;
  return new Set(
    text.split(",").map((name) => {
      const type = LEAD_TYPES.find((one) => one === name);
      if (!type) throw searchRefusal("invalid lead type", `invalid lead type: ${name}`);
      return type;
    }),
  );
}

function wholeOf(key: string, text: string | undefined, usual: number): number {
  if (!text) return usual;
  if (!/^\d{1,6}$/.test(text)) throw undecodable(key);
  return Number(text);
}

function isTrue(text: string | undefined): boolean {
  if (text !== undefined && text !== "true" && text !== "false") throw undecodable("include_guest");
  return text === "true";
}

function undecodable(key: string) {
  return searchRefusal("error decoding search params", `schema: error converting value for "${key}"`);
}
