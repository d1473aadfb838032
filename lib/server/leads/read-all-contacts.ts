import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { MOST_ITEMS_AT_ONCE, readContactSeriesOfItems } from "@/lib/server/mercadolibre/contacts";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import type { Runtime } from "@/lib/server/runtime";
import { BLOCK, indexOf, isHeld, minuteOf, startAt } from "@/lib/server/store/bucket-index";
import { listClassifiedIds } from "@/lib/server/store/classifieds";
import {
  confirmItems,
  listSeries,
  listUnsettled,
  OWN,
  type Span,
  saveSeries,
} from "@/lib/server/store/contact-series";
import { type ContactWish, finishWish, saveWishProgress } from "@/lib/server/store/contact-wishes";
import { inParallel } from "@/lib/server/sync/in-parallel";
import { CONTACT_KINDS, type ContactKind } from "@/lib/shared/api/leads";
import { type Ask, asksFor, type Bucket, type Unit } from "@/lib/shared/contacts/buckets";
import { AppError } from "@/lib/shared/errors";
import type { AccountId } from "@/lib/shared/ids";
import { asksOf, type Stale, staleOf, toldOf } from "./stale-buckets";

/** The longest series of one question: 62 days of hours, so that a month and the one before it are one. No maximum is
 *  documented (questions-and-contacts.md 9): where it is refused, so many are asked for. */
const MOST_BUCKETS = 62 * 24;
const FEWER_BUCKETS = 7 * 24;
const AT_ONCE = 2;

/** What of a span has begun. Pure. */
export const begunOf = (wish: Pick<ContactWish, "unit" | "fromAt" | "toAt">, now: Date): Span => ({
  from: indexOf(wish.fromAt, wish.unit),
  to: Math.min(indexOf(wish.toAt, wish.unit), indexOf(now, wish.unit) + 1),
});

/** Have these series of all listings to be asked for? What is held, and what is shown to have not moved, has not. */
export async function staleItems(
  rt: Runtime,
  accountId: AccountId,
  unit: Unit,
  span: Span,
  itemIds: readonly string[],
): Promise<Stale[]> {
  const look = async (now: Date) =>
    staleOf(await listUnsettled(rt.db, accountId, unit, itemIds, span), unit, span, now);
  const stale = await look(new Date());
  if (stale.length === 0) return stale;
  const isConfirmed = await confirm(rt, accountId, unit, itemIds, stale);
  return isConfirmed ? await look(new Date()) : stale;
}

/** Where the listings together have what the account itself was just told to have, none of them has moved since. */
async function confirm(
  rt: Runtime,
  accountId: AccountId,
  unit: Unit,
  itemIds: readonly string[],
  stale: readonly Stale[],
): Promise<boolean> {
  const indices = [...new Set(stale.flatMap((one) => one.indices))].toSorted((a, b) => a - b);
  const [first, last] = [indices[0], indices.at(-1)];
  if (first === undefined || last === undefined || indices.length > BLOCK) return false;
  const own = await listSeries(rt.db, accountId, unit, [OWN], { from: first, to: last + 1 });
  const now = minuteOf(new Date());
  let confirmed = 0;
  for (const kind of CONTACT_KINDS) {
    const told = new Map<number, number>();
    let minute = now;
    for (const { block, counts, readAt } of own.filter((one) => one.kind === kind)) {
      for (let slot = 0; slot < BLOCK; slot += 1) {
        const index = block * BLOCK + slot;
        const [count, at] = [counts?.[slot] ?? null, readAt?.[slot] ?? null];
        if (count === null || at === null || count < 0 || !indices.includes(index)) continue;
        if (!isHeld({ index, count, readAt: at }, unit, now)) continue;
        told.set(index, count);
        minute = Math.min(minute, at);
      }
    }
    confirmed += (await confirmItems(rt.db, accountId, unit, { kind, itemIds, own: told, minute })).length;
  }
  return confirmed > 0;
}

/** Reads the series of all listings that a wish names, twenty to a call, and notes how far it is. What was read stays read when
 *  it is interrupted. @throws MeliError for what concerns all of them; AppError slow_down when the worker stops */
export async function readAllContacts(
  rt: Runtime,
  ctx: AccountCtx,
  wish: ContactWish,
  signal: AbortSignal,
): Promise<void> {
  const { accountId } = ctx;
  const { unit } = wish;
  const key = { unit, from: wish.fromAt, to: wish.toAt };
  const itemIds = await listClassifiedIds(rt.db, accountId);
  const stale = await staleItems(rt, accountId, unit, begunOf(wish, new Date()), itemIds);
  const byItem = new Map<string, Stale[]>();
  for (const one of stale) byItem.set(one.itemId, [...(byItem.get(one.itemId) ?? []), one]);
  const total = itemIds.length;
  let done = total - byItem.size;
  await saveWishProgress(rt.db, accountId, key, { done, total });
  await inParallel(AT_ONCE, chunksOf([...byItem.values()], MOST_ITEMS_AT_ONCE), async (chunk) => {
    for (const { kind, itemIds: some, indices } of groupsOf(chunk.flat())) {
      for (const ask of asksOf(indices, unit, MOST_BUCKETS, new Date())) {
        if (signal.aborted) throw new AppError("slow_down", "the worker is stopping");
        await readBatch(rt, ctx, kind, some, unit, ask);
      }
    }
    done += chunk.length;
    await saveWishProgress(rt.db, accountId, key, { done, total });
  });
  await finishWish(rt.db, accountId, key, total, { isNews: true });
}

async function readBatch(
  rt: Runtime,
  ctx: AccountCtx,
  kind: ContactKind,
  itemIds: readonly string[],
  unit: Unit,
  ask: Ask,
): Promise<void> {
  const minute = minuteOf(new Date());
  const save = (bucketsOf: (itemId: string) => readonly Bucket[] | undefined) => {
    const told = itemIds.map((itemId) => toldOf({ itemId, kind }, ask, unit, bucketsOf(itemId)));
    return saveSeries(rt.db, ctx.accountId, unit, told, minute);
  };
  try {
    const found = await readContactSeriesOfItems(ctx.meli, kind, itemIds, { ...ask, unit });
    await save((itemId) => found.get(itemId)?.buckets);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (ask.last > FEWER_BUCKETS) {
      const last = indexOf(ask.ending, unit);
      const starts = Array.from({ length: ask.last }, (_, more) => startAt(last - ask.last + 1 + more, unit));
      for (const part of asksFor(starts, unit, FEWER_BUCKETS, new Date()))
        await readBatch(rt, ctx, kind, itemIds, unit, part);
    } else if (itemIds.length > 1) {
      // One of them may be what is refused: the others are not left unread for it.
      const middle = itemIds.length >> 1;
      for (const half of [itemIds.slice(0, middle), itemIds.slice(middle)]) {
        await readBatch(rt, ctx, kind, half, unit, ask);
      }
    } else await save(() => undefined);
  }
}

const isRefusal = (error: unknown) =>
  error instanceof MeliError && (error.code === "refused_by_meli" || error.code === "not_found");

/** The series that lack the same buckets of the same kind. */
function groupsOf(stale: readonly Stale[]) {
  const groups = new Map<string, { kind: ContactKind; itemIds: string[]; indices: number[] }>();
  for (const { itemId, kind, indices } of stale) {
    const key = `${kind} ${indices.join()}`;
    const group = groups.get(key) ?? { kind, itemIds: [], indices };
    group.itemIds.push(itemId);
    groups.set(key, group);
  }
  return groups.values();
}

function chunksOf<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
