import type { ContactKind, Rhythm } from "@/sandbox/leads/model";

export const HOUR_MS = 3_600_000;

/** Contacts a day on a middling listing. */
const PER_DAY: Record<ContactKind, number> = { phone_views: 2.6, whatsapp: 1.4, questions: 0.4 };

/** Share of an ordinary hour, from midnight on, in the site's own time: nobody calls at four in the morning. */
const BY_HOUR = [
  0.25, 0.12, 0.06, 0.04, 0.04, 0.08, 0.2, 0.5, 0.9, 1.3, 1.55, 1.6, 1.45, 1.5, 1.35, 1.3, 1.35, 1.45, 1.65,
  1.85, 2, 1.8, 1.2, 0.46,
];

/** From Sunday on: dealers answer the telephone on weekdays, people write at weekends. */
const BY_DAY: Record<ContactKind, readonly number[]> = {
  phone_views: [0.55, 1.2, 1.1, 1.05, 1.05, 1.1, 0.95],
  whatsapp: [1.25, 0.95, 0.9, 0.9, 0.95, 1, 1.05],
  questions: [0.9, 1.1, 1.05, 1, 1, 1, 0.95],
};

/** A number in [0, 1) that only its two seeds decide. */
export function drawn(seed: number, step: number): number {
  let t = Math.imul(seed ^ Math.imul(step + 1, 0x9e3779b1), 0x85ebca6b);
  t = Math.imul(t ^ (t >>> 13), 0xc2b2ae35);
  t = Math.imul(t ^ (t >>> 16), 0x27d4eb2f);
  return ((t ^ (t >>> 15)) >>> 0) / 4_294_967_296;
}

/** The seed of a text, the same on every start (FNV-1a). */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** How many contacts of a kind a listing had in the hour that begins `hour` hours after the epoch, not before the rhythm
 *  does: whole, never negative, the same for the same listing at every call. Days and weeks have their rhythm in the site's
 *  time (`utcOffset`, hours); some listings are sought after and some are dull, young ones draw more, and interest swells
 *  and ebbs. */
export function hourlyContacts(
  itemId: string,
  kind: ContactKind,
  { perDay, since, until, utcOffset }: Rhythm & { utcOffset: number },
): (hour: number) => number {
  const perHour = (perDay ?? usualPerDay(itemId, kind)) / 24;
  const seed = seedOf(`${itemId} ${kind}`);
  const swing = swingOf(itemId);
  return (hour) => {
    const start = hour * HOUR_MS;
    if (until && start >= until.getTime()) return 0;
    const local = hour + utcOffset;
    // the epoch was a Thursday
    const day = BY_DAY[kind][(Math.floor(local / 24) + 4) % 7] ?? 0;
    const rate = perHour * (BY_HOUR[local % 24] ?? 0) * day * swing(hour) * freshness(since, start);
    return poisson(rate, drawn(seed, hour));
  };
}

/** Popular and dull listings: most near the middle, a few many times as sought after. */
export function usualPerDay(itemId: string, kind: ContactKind): number {
  const seed = seedOf(itemId);
  // nearly a bell curve, from three even draws
  const bell = drawn(seed, 1) + drawn(seed, 2) + drawn(seed, 3) - 1.5;
  const leaning = 0.6 + 0.8 * drawn(seedOf(`${itemId} ${kind}`), 4);
  return PER_DAY[kind] * Math.exp(2 * bell) * leaning;
}

/** Interest comes and goes in weeks, each listing at its own pace. */
function swingOf(itemId: string): (hour: number) => number {
  const seed = seedOf(itemId);
  const days = 18 + 40 * drawn(seed, 5);
  const phase = drawn(seed, 6);
  return (hour) => 1 + 0.45 * Math.sin(2 * Math.PI * (hour / 24 / days + phase));
}

/** A new listing draws twice as much, for about ten days. */
function freshness(since: Date, at: number): number {
  return 1 + Math.exp(-Math.max(0, at - since.getTime()) / (240 * HOUR_MS));
}

/** The whole number that an even draw stands for at this mean. */
function poisson(mean: number, draw: number): number {
  let chance = Math.exp(-mean);
  let below = chance;
  let count = 0;
  while (draw >= below && count < 500) {
    count += 1;
    chance *= mean / count;
    below += chance;
  }
  return count;
}

/** Where in its hour the `nth` contact lies, in milliseconds: never on the hour, never in its last millisecond. */
export function offsetInHour(itemId: string, kind: ContactKind, hour: number, nth: number): number {
  return 1 + Math.floor(drawn(seedOf(`${itemId} ${kind} ${hour}`), nth) * (HOUR_MS - 2));
}
