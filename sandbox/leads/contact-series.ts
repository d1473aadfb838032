import { bucketsOf } from "@/sandbox/leads/contact-buckets";
import type { CountContacts } from "@/sandbox/leads/contact-counts";
import { momentOf, utc } from "@/sandbox/leads/contact-dates";
import type { ContactKind } from "@/sandbox/leads/model";
import { badRequest } from "@/sandbox/leads/refuse";
import type { SiteId } from "@/sandbox/world/sites";
import { SITES } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

type Query = Record<string, string>;

/** What a request asks to be counted. */
export interface Asked {
  kind: ContactKind;
  siteId: SiteId;
  query: Query;
}

/** The total of a date range (questions-and-contacts.md 4.1). The end is the first moment that is not counted, as that of a
 *  series is; one that ends in .999 means its whole second. @throws Refusal 400 */
export function wireTotal(world: World, { kind, siteId, query }: Asked, count: CountContacts): object {
  const from = momentOf("date_from", query.date_from, plainOffset(world, siteId));
  const to = momentOf("date_to", query.date_to, plainOffset(world, siteId));
  if (from > to) throw badRequest("date_from is greater than date_to");
  const end = to.getTime() % 1000 === 999 ? to.getTime() + 1 : to.getTime();
  const { contactDates } = world.settings;
  const isUtc = contactDates === "by_kind" ? kind === "whatsapp" : contactDates === "utc";
  return {
    date_from: isUtc ? utc(from) : query.date_from,
    date_to: isUtc ? utc(to) : query.date_to,
    total: count(from.getTime(), end),
  };
}

/** The series of a time window, every bucket in it (questions-and-contacts.md 4.1). @throws Refusal 400 */
export function wireSeries(world: World, { kind, siteId, query }: Asked, count: CountContacts): object {
  const { contactDayStart, contactLastAs, contactTotalOf } = world.settings;
  const last = lastOf(world, kind, query);
  const { unit } = query;
  if (unit !== "hour" && unit !== "day") throw badRequest("error decoding 'unit'. It must be hour or day");
  const ending = query.ending ? momentOf("ending", query.ending, plainOffset(world, siteId)) : world.now();
  const { order = "asc" } = query;
  if (order !== "asc" && order !== "desc") throw badRequest("error decoding 'order'. It must be asc or desc");
  const buckets = bucketsOf({ last, unit, ending, dayStart: contactDayStart });
  const all = buckets.map(({ from, to }) => ({ date: utc(new Date(from)), total: count(from, to) }));
  if (order === "desc") all.reverse();
  const offset = numberOf("offset", query.offset, 0);
  const shown = all.slice(offset, offset + numberOf("limit", query.limit, all.length));
  const summed = contactTotalOf === "window" ? all : shown;
  return {
    total: summed.reduce((sum, bucket) => sum + bucket.total, 0),
    date_from: utc(new Date(buckets[0]?.from ?? 0)),
    date_to: utc(new Date(buckets.at(-1)?.to ?? 0)),
    last: contactLastAs === "string" ? String(last) : last,
    unit,
    results: shown,
  };
}

/** The listings a multi-item call names. @throws Refusal 400 */
export function idsOf(world: World, query: Query): string[] {
  const ids = [...new Set((query.ids ?? "").split(",").filter(Boolean))];
  if (ids.length === 0) throw badRequest("ids is required");
  const { contactMaxIds } = world.settings;
  if (contactMaxIds !== null && ids.length > contactMaxIds) {
    throw badRequest(`ids must hold at most ${contactMaxIds} values`);
  }
  return ids;
}

/** questions-and-contacts.md 4.1: optional in the general table, mandatory in the WhatsApp section. */
function lastOf(world: World, kind: ContactKind, query: Query): number {
  const { contactLastNeeded, contactMaxLast } = world.settings;
  const isNeeded = contactLastNeeded === "always" || kind === "whatsapp";
  if (query.last === undefined && isNeeded) throw badRequest("last is required");
  const last = numberOf("last", query.last, 1);
  if (last < 1) throw badRequest("error decoding 'last'. It must be 1 or more");
  if (last > (contactMaxLast ?? Number.POSITIVE_INFINITY)) {
    throw badRequest(`error decoding 'last'. It must be ${contactMaxLast} or less`);
  }
  return last;
}

function numberOf(name: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  if (!/^\d{1,6}$/.test(text)) throw badRequest(`error decoding '${name}'. It must be number`);
  return Number(text);
}

function plainOffset(world: World, siteId: SiteId): number {
  return world.settings.contactPlainDates === "site" ? SITES[siteId].utcOffset : 0;
}
