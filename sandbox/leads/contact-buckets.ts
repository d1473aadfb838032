import { HOUR_MS } from "@/sandbox/leads/contact-rhythm";

export type Unit = "hour" | "day";

/** `[from, to)` in milliseconds. */
export interface Bucket {
  from: number;
  to: number;
}

/** `last` buckets, oldest first, of which the last contains `ending`. Hours begin on the hour, days `dayStart` hours after
 *  midnight UTC (questions-and-contacts.md 4.1, bucket rule). */
export function bucketsOf(o: { last: number; unit: Unit; ending: Date; dayStart: number }): Bucket[] {
  const [size, shift] = o.unit === "hour" ? [HOUR_MS, 0] : [24 * HOUR_MS, o.dayStart * HOUR_MS];
  const lastFrom = Math.floor((o.ending.getTime() - shift) / size) * size + shift;
  return Array.from({ length: o.last }, (_, index) => {
    const from = lastFrom - (o.last - 1 - index) * size;
    return { from, to: from + size };
  });
}
