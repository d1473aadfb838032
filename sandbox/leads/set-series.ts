import type { SeriesSeed } from "@/sandbox/control/lead-seeds";
import { SeriesSeed as Seed } from "@/sandbox/control/lead-seeds";
import { HOUR_MS } from "@/sandbox/leads/contact-rhythm";
import { CONTACT_KINDS } from "@/sandbox/leads/model";
import type { Item } from "@/sandbox/world/model";
import type { World } from "@/sandbox/world/world";

const DAY_MS = 24 * HOUR_MS;

/** Says how busy listings are: a daily mean to draw from, or exact counts by hour. What was drawn before is forgotten, what
 *  is held one by one stays. Answers the listings. @throws ZodError on a wrong seed, Error for a listing that is not there */
export function setSeries(world: World, input: SeriesSeed): Item[] {
  const seed = Seed.parse(input);
  const items = [...world.items.values()].filter((item) =>
    seed.itemId
      ? item.id === seed.itemId
      : item.sellerId === seed.sellerId && item.buyingMode === "classified",
  );
  if (items.length === 0) throw new Error(`no classified listing of ${seed.itemId ?? seed.sellerId}`);
  const now = world.now().getTime();
  const ago = (days: number) => new Date(now - days * DAY_MS);
  const lastHour = Math.floor((seed.ending ? Date.parse(seed.ending) : now) / HOUR_MS);
  const { hours, perDay = null, sinceDaysAgo = world.settings.contactDaysKept, untilDaysAgo } = seed;
  for (const item of items) {
    for (const kind of seed.kind ? [seed.kind] : CONTACT_KINDS) {
      world.leadBook.setRhythm(item.id, kind, {
        perDay,
        since: ago(sinceDaysAgo),
        until: untilDaysAgo === undefined ? null : ago(untilDaysAgo),
        hours: hours
          ? new Map(hours.map((count, index) => [lastHour - hours.length + 1 + index, count]))
          : null,
      });
    }
  }
  return items;
}
