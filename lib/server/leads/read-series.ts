import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { readContactSeries, readContactSeriesOfItems } from "@/lib/server/mercadolibre/contacts";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import type { Runtime } from "@/lib/server/runtime";
import { indexOf, minuteOf, startAt } from "@/lib/server/store/bucket-index";
import { OWN, saveSeries } from "@/lib/server/store/contact-series";
import type { ContactKind } from "@/lib/shared/api/leads";
import { type Ask, asksFor, type Bucket, type Unit } from "@/lib/shared/contacts/buckets";
import { toldOf } from "./stale-buckets";

/** The longest series of one question: 62 days of hours, so that a month and the one before it are one. No maximum is
 *  documented (questions-and-contacts.md 9): where it is refused, fewer are asked for. */
export const MOST_BUCKETS = 62 * 24;
const FEWER_BUCKETS = 7 * 24;

/** One question to the time windows. */
export interface SeriesAsk {
  kind: ContactKind;
  /** Listings, at most 20; or OWN alone: the account itself. */
  itemIds: readonly string[];
  unit: Unit;
  ask: Ask;
}

/**
 * Asks, and keeps what was told. A question that is refused is made smaller: fewer buckets, then fewer listings, for one of them
 * may be what is refused; what is left of it is known to be untold. @throws MeliError for all that is no refusal
 */
export async function readSeries(rt: Runtime, ctx: AccountCtx, o: SeriesAsk): Promise<void> {
  const { itemIds, unit, ask } = o;
  const minute = minuteOf(new Date());
  try {
    const found = await bucketsOf(ctx, o);
    await save(rt, ctx, o, minute, found);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (ask.last > FEWER_BUCKETS) {
      const last = indexOf(ask.ending, unit);
      const starts = Array.from({ length: ask.last }, (_, more) => startAt(last - ask.last + 1 + more, unit));
      for (const part of asksFor(starts, unit, FEWER_BUCKETS, new Date())) {
        await readSeries(rt, ctx, { ...o, ask: part });
      }
    } else if (itemIds.length > 1) {
      const middle = itemIds.length >> 1;
      for (const half of [itemIds.slice(0, middle), itemIds.slice(middle)]) {
        await readSeries(rt, ctx, { ...o, itemIds: half });
      }
    } else await save(rt, ctx, o, minute, new Map());
  }
}

type Found = ReadonlyMap<string, readonly Bucket[]>;

async function bucketsOf(ctx: AccountCtx, { kind, itemIds, unit, ask }: SeriesAsk): Promise<Found> {
  const window = { ...ask, unit };
  if (itemIds.length === 1 && itemIds[0] === OWN) {
    const { buckets } = await readContactSeries(ctx.meli, kind, { userId: ctx.accountId }, window);
    return new Map([[OWN, buckets]]);
  }
  const found = await readContactSeriesOfItems(ctx.meli, kind, itemIds, window);
  return new Map([...found].map(([itemId, { buckets }]) => [itemId, buckets]));
}

function save(
  rt: Runtime,
  ctx: AccountCtx,
  { kind, itemIds, unit, ask }: SeriesAsk,
  minute: number,
  found: Found,
): Promise<void> {
  const told = itemIds.map((itemId) => toldOf({ itemId, kind }, ask, unit, found.get(itemId)));
  return saveSeries(rt.db, ctx.accountId, unit, told, minute);
}

const isRefusal = (error: unknown) =>
  error instanceof MeliError && (error.code === "refused_by_meli" || error.code === "not_found");
