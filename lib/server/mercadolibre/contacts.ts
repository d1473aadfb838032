import "server-only";
import type { ContactKind } from "@/lib/shared/api/leads";
import { bucketEnd, bucketStarts, sumOf } from "@/lib/shared/contacts/buckets";
import { CONTACT_PATHS, type ContactSubject, type ContactWindow } from "./contact-paths";
import {
  type ContactBucket,
  contactSeries,
  contactSeriesOf,
  contactTotal,
  type WireSeries,
} from "./contact-wire";
import { readEither } from "./context-read";
import { MeliError } from "./failure";
import type { Meli } from "./http";
import type { Route } from "./paths";

export type { ContactSubject, ContactWindow } from "./contact-paths";
export type { ContactBucket } from "./contact-wire";

/** The contacts of one item or seller, hour by hour or day by day. */
export interface Series {
  itemId: string | null;
  userId: string | null;
  kind: ContactKind;
  unit: "hour" | "day";
  /** When the first bucket begins and the last one ends. */
  from: Date;
  to: Date;
  /** What Mercado Libre calls the sum. It may differ from the sum of the buckets, which is then no reason to hide either:
   *  `differenceOf` tells (lib/shared/contacts/difference.ts). */
  total: number;
  /** Ascending. Days begin at 04:00Z (questions-and-contacts.md 4.1). */
  buckets: ContactBucket[];
}

/** How many items are asked for at once: no maximum is documented (questions-and-contacts.md 4.1). */
export const MOST_ITEMS_AT_ONCE = 20;

/**
 * How many contacts there were from `from` until right before `to`. Includes those of guests, so it can exceed what the
 * questions resource counts (questions-and-contacts.md 4.1). Retryable.
 * @throws MeliError; AppError invalid_input for an impossible id
 */
export async function readContactTotal(
  meli: Meli,
  kind: ContactKind,
  subject: ContactSubject,
  period: { from: Date; to: Date },
): Promise<{ total: number }> {
  return await meli.wire.read(CONTACT_PATHS.total(kind, subject, period), contactTotal);
}

/**
 * The contacts of the last so many hours or days, of which the last one contains `ending`. A bucket that made no sense is
 * left out, and said in the log. Retryable.
 * @throws MeliError; AppError invalid_input for an impossible id or `last`
 */
export async function readContactSeries(
  meli: Meli,
  kind: ContactKind,
  subject: ContactSubject,
  window: ContactWindow,
): Promise<Series> {
  const route = CONTACT_PATHS.series(kind, subject, window);
  return told(meli, route, kind, window, await meli.wire.read(route, contactSeries));
}

/**
 * The same for several items, twenty to a call, by item id; items that the answer leaves out are left out. They are asked for
 * at the collection, and where that is refused (400, 404) or not understood, at the address that most pages print for questions
 * (questions-and-contacts.md 8); which one answered is remembered. Retryable.
 * @throws MeliError; AppError invalid_input for an impossible id or `last`
 */
export async function readContactSeriesOfItems(
  meli: Meli,
  kind: ContactKind,
  itemIds: readonly string[],
  window: ContactWindow,
): Promise<Map<string, Series>> {
  const distinct = [...new Set(itemIds)];
  const found = new Map<string, Series>();
  for (let start = 0; start < distinct.length; start += MOST_ITEMS_AT_ONCE) {
    const asked = distinct.slice(start, start + MOST_ITEMS_AT_ONCE);
    const routes = CONTACT_PATHS.seriesOfItems(kind, asked, window);
    const { kept, dropped } = await readEither(meli, routes, contactSeriesOf(asked.length), {
      passes: isOtherForm,
    });
    const [route] = routes;
    if (route === undefined) continue;
    const known = kept.filter(({ itemId }) => itemId !== null && asked.includes(itemId));
    const unknown = kept.length - known.length;
    if (dropped + unknown > 0) meli.wire.odd(route, { droppedSeries: dropped, unaskedSeries: unknown });
    for (const one of known) found.set(one.itemId ?? "", told(meli, route, kind, window, one));
  }
  return found;
}

const isOtherForm = (error: unknown) =>
  error instanceof MeliError &&
  (error.failure.status === 400 || error.failure.status === 404 || error.code === "meli_unreadable");

function told(meli: Meli, route: Route, kind: ContactKind, window: ContactWindow, wire: WireSeries): Series {
  const isOther = wire.last !== null && wire.last !== window.last;
  if (wire.dropped > 0 || isOther) meli.wire.odd(route, { droppedBuckets: wire.dropped, last: wire.last });
  const starts = bucketStarts(window);
  const first = wire.buckets[0]?.at ?? starts[0] ?? window.ending;
  const last = wire.buckets.at(-1)?.at ?? starts.at(-1) ?? window.ending;
  return {
    itemId: wire.itemId,
    userId: wire.userId,
    kind,
    unit: window.unit,
    from: wire.from ?? first,
    to: wire.to ?? bucketEnd(last, window.unit),
    total: wire.total ?? sumOf(wire.buckets),
    buckets: wire.buckets,
  };
}
