import "server-only";
import { z } from "zod";
import { isRecord } from "./json";
import { count, date, id, sift } from "./wire";

/** The contacts of one hour or day, by the instant at which it begins. */
export interface ContactBucket {
  at: Date;
  total: number;
}

/** A series as it came, before it is told what was asked for. */
export interface WireSeries {
  itemId: string | null;
  /** A string on the wire too, although it is a number in the address (questions-and-contacts.md 4.1). */
  userId: string | null;
  /** What the answer calls the sum; null: it names none. */
  total: number | null;
  from: Date | null;
  to: Date | null;
  /** `2` or `"2"`. */
  last: number | null;
  /** Ascending. */
  buckets: ContactBucket[];
  dropped: number;
}

const bucket = z.object({ date, total: count }).transform((wire, context): ContactBucket => {
  if (wire.date !== null && wire.total !== null) return { at: wire.date, total: wire.total };
  context.issues.push({ code: "custom", message: "a bucket without date or total", input: null });
  return z.NEVER;
});

/** One series. Without a list of results it is none. */
export const contactSeries = z
  .object({
    item_id: id,
    user_id: id,
    total: count,
    date_from: date,
    date_to: date,
    last: count,
    results: z.array(z.unknown()),
  })
  .transform((wire): WireSeries => {
    const { kept, dropped } = sift(wire.results, bucket);
    return {
      itemId: wire.item_id,
      userId: wire.user_id,
      total: wire.total,
      from: wire.date_from,
      to: wire.date_to,
      last: wire.last,
      buckets: kept.toSorted((one, other) => one.at.getTime() - other.at.getTime()),
      dropped,
    };
  });

/** The series of so many items: a list, or the only one bare. Rows that make no sense are left out and counted. One bare
 *  series where several were asked for is no answer: an address that ignored the ids gave it. */
export const contactSeriesOf = (asked: number) =>
  z.unknown().transform((body, context) => {
    if (Array.isArray(body) || (asked === 1 && isRecord(body))) return sift(body, contactSeries);
    context.issues.push({ code: "custom", message: "no list of series", input: null });
    return z.NEVER;
  });

/** A total of a period. Without the number it is none: a missing count is not zero. */
export const contactTotal = z.object({ total: count }).transform(({ total }, context) => {
  if (total !== null) return { total };
  context.issues.push({ code: "custom", message: "no total", input: null });
  return z.NEVER;
});
