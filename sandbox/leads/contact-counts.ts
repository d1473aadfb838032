import { HOUR_MS, hourlyContacts, offsetInHour } from "@/sandbox/leads/contact-rhythm";
import { seriesKey } from "@/sandbox/leads/lead-book";
import { contactKindOf } from "@/sandbox/leads/leads-of";
import type { ContactKind, Rhythm } from "@/sandbox/leads/model";
import type { Item } from "@/sandbox/world/model";
import { SITES } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

const DAY_MS = 24 * HOUR_MS;

/** Contacts of one kind on one listing, in milliseconds as of `[from, to)`. */
export type CountContacts = (from: number, to: number) => number;

/** The one source of every counter: totals, series and sellers' figures are sums of what this counts. Leads and questions
 *  are contacts too, so that no counter is below them; what else is counted came from guests (questions-and-contacts.md
 *  4.1). Only classified listings have contacts. Nothing is counted before the days kept, nor after now. */
export function contactsOn(world: World, item: Item, kind: ContactKind): CountContacts {
  const now = world.now().getTime();
  const keptFrom = Math.floor(now / HOUR_MS) * HOUR_MS - world.settings.contactDaysKept * DAY_MS;
  if (item.buyingMode !== "classified") return () => 0;
  const known = knownContacts(world, item, kind);
  const rhythm = rhythmOf(world, item, kind);
  const countOf = rhythm ? hourCounts(world, item, kind, rhythm) : () => 0;
  return (from, to) => {
    const [low, high] = [Math.max(from, keptFrom), Math.min(to, now + 1)];
    if (low >= high) return 0;
    const certain = known.filter((at) => at >= low && at < high).length;
    return certain + (rhythm ? madeContacts(item, kind, { rhythm, countOf, from: low, to: high }) : 0);
  };
}

/** The same over several listings: a seller's figure is the sum of those of his listings. */
export function contactsOnAll(world: World, items: Item[], kind: ContactKind): CountContacts {
  const each = items.map((item) => contactsOn(world, item, kind));
  return (from, to) => each.reduce((sum, count) => sum + count(from, to), 0);
}

/** How a listing's contacts come: as laid down, else drawn from the listing's id, as of the days kept. */
export function rhythmOf(world: World, item: Item, kind: ContactKind): Rhythm | null {
  const { leadBook, settings } = world;
  const found = leadBook.rhythms.get(seriesKey(item.id, kind));
  if (found || settings.contactSeries === "quiet") return found ?? null;
  const now = Math.floor(world.now().getTime() / HOUR_MS) * HOUR_MS;
  const since = new Date(now - settings.contactDaysKept * DAY_MS);
  leadBook.setRhythm(item.id, kind, { perDay: null, since, until: null, hours: null });
  return leadBook.rhythms.get(seriesKey(item.id, kind)) ?? null;
}

/** Moments of contacts that are held one by one: contacts that were added, leads, questions. */
function knownContacts(world: World, item: Item, kind: ContactKind): number[] {
  const added = world.leadBook.contacts.get(seriesKey(item.id, kind)) ?? [];
  const leads = (world.leadBook.byItem.get(item.id) ?? []).filter(
    (lead) => contactKindOf(lead.type) === kind,
  );
  const questions = kind === "questions" ? (world.questionsOf.get(item.sellerId) ?? []) : [];
  return [
    ...added,
    ...leads.map(({ createdAt }) => createdAt.getTime()),
    ...questions.filter((one) => one.item.id === item.id).map(({ createdAt }) => createdAt.getTime()),
  ];
}

/** Contacts made by the rhythm in `[from, to)`; of an hour that is only touched, those that lie inside. */
function madeContacts(
  item: Item,
  kind: ContactKind,
  o: { rhythm: Rhythm; countOf: (hour: number) => number; from: number; to: number },
): number {
  let sum = 0;
  for (let hour = Math.floor(o.from / HOUR_MS); hour * HOUR_MS < o.to; hour += 1) {
    const count = o.countOf(hour);
    const start = hour * HOUR_MS;
    if (count === 0) continue;
    if (start >= o.from && start + HOUR_MS <= o.to) {
      sum += count;
      continue;
    }
    for (let nth = 0; nth < count; nth += 1) {
      // what was laid down lies at the beginning of its hour, to be counted at once
      const at = start + (o.rhythm.hours ? 1 + nth : offsetInHour(item.id, kind, hour, nth));
      if (at >= o.from && at < o.to) sum += 1;
    }
  }
  return sum;
}

/** The rhythm's counts by hour since the epoch; drawn ones are drawn once. */
function hourCounts(world: World, item: Item, kind: ContactKind, rhythm: Rhythm): (hour: number) => number {
  const { hours } = rhythm;
  if (hours) return (hour) => hours.get(hour) ?? 0;
  const first = Math.floor(rhythm.since.getTime() / HOUR_MS);
  const draw = hourlyContacts(item.id, kind, { ...rhythm, utcOffset: SITES[item.siteId].utcOffset });
  const key = seriesKey(item.id, kind);
  const made = world.leadBook.drawn.get(key) ?? [];
  world.leadBook.drawn.set(key, made);
  return (hour) => {
    while (made.length <= hour - first) made.push(draw(first + made.length));
    return made[hour - first] ?? 0;
  };
}
