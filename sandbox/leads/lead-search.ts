import { leadQueryOf } from "@/sandbox/leads/lead-query";
import { personOf, wireGuestLead, wireRowLead } from "@/sandbox/leads/lead-wire";
import { leadsOfUser } from "@/sandbox/leads/leads-of";
import type { Lead } from "@/sandbox/leads/model";
import type { SiteId } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

/** Interested people of one selling user, one row per buyer and listing, who came last first; guests apart, untouched by
 *  `offset` and `limit` (questions-and-contacts.md 4.2). @throws Refusal 400 */
export function searchLeads(
  world: World,
  o: { userId: string; siteId: SiteId; query: Record<string, string> },
): object {
  const asked = leadQueryOf(world, o.siteId, o.query);
  const now = world.now().getTime();
  const found = leadsOfUser(world, o.userId)
    .filter((lead) => {
      const at = lead.createdAt.getTime();
      if (at < asked.from || at >= asked.to || at > now) return false;
      if (asked.types && !asked.types.has(lead.type)) return false;
      if (asked.buyerIds && !asked.buyerIds.has(lead.buyer?.id ?? "")) return false;
      return asked.itemId === null || lead.item.id === asked.itemId;
    })
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? -1 : 1));
  const named = found.filter(({ buyer }) => buyer !== null);
  const guests = found.filter(({ buyer }) => buyer === null);
  const rows = [...groups(named, (lead) => `${lead.buyer?.id} ${lead.item.id}`).values()];
  return {
    results: rows.slice(asked.offset, asked.offset + asked.limit).map((leads) => wireRow(world, leads)),
    paging: { offset: asked.offset, limit: asked.limit, total: rows.length },
    date_from: asked.dateFrom,
    date_to: asked.dateTo,
    ...(asked.hasGuests ? { guest: wireGuests(guests), summary: wireSummary(world, found) } : {}),
  };
}

function wireRow(world: World, leads: Lead[]): object {
  const [newest] = leads;
  return {
    id: Number(newest?.buyer?.id),
    item_id: newest?.item.id,
    ...personOf(world, newest?.buyer ?? null, [
      "name",
      "email",
      "phone",
      "identification_number",
      "identification_type",
    ]),
    leads: leads.map((lead) => wireRowLead(world, lead)),
  };
}

function wireGuests(guests: Lead[]): object[] {
  return [...groups(guests, ({ item }) => item.id)].map(([itemId, leads]) => ({
    item_id: itemId,
    leads: leads.map(wireGuestLead),
  }));
}

/** Leads by listing, of users and of guests (questions-and-contacts.md 4.2). */
function wireSummary(world: World, found: Lead[]): object[] {
  const typed = (count: number) => (world.settings.leadSummaryAs === "string" ? String(count) : count);
  return [...groups(found, ({ item }) => item.id)].map(([itemId, leads]) => {
    const guest = leads.filter(({ buyer }) => buyer === null).length;
    return {
      item_id: itemId,
      total: typed(leads.length),
      user: typed(leads.length - guest),
      guest: typed(guest),
    };
  });
}

function groups<T>(list: T[], keyOf: (one: T) => string): Map<string, T[]> {
  const made = new Map<string, T[]>();
  for (const one of list) {
    const key = keyOf(one);
    const group = made.get(key);
    if (group) group.push(one);
    else made.set(key, [one]);
  }
  return made;
}
