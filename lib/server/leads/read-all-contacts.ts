import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { MOST_ITEMS_AT_ONCE } from "@/lib/server/mercadolibre/contacts";
import type { Runtime } from "@/lib/server/runtime";
import { BLOCK, indexOf, isHeld, minuteOf } from "@/lib/server/store/bucket-index";
import { listClassifiedIds } from "@/lib/server/store/classifieds";
import { confirmItems, listSeries, listUnsettled, OWN, type Span } from "@/lib/server/store/contact-series";
import { type ContactWish, finishWish, saveWishProgress } from "@/lib/server/store/contact-wishes";
import { inParallel } from "@/lib/server/sync/in-parallel";
import { CONTACT_KINDS } from "@/lib/shared/api/leads";
import type { Unit } from "@/lib/shared/contacts/buckets";
import { AppError } from "@/lib/shared/errors";
import type { AccountId } from "@/lib/shared/ids";
import { MOST_BUCKETS, readSeries } from "./read-series";
import { asksOf, groupsOf, type Stale, staleOf } from "./stale-buckets";

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
        await readSeries(rt, ctx, { kind, itemIds: some, unit, ask });
      }
    }
    done += chunk.length;
    await saveWishProgress(rt.db, accountId, key, { done, total });
  });
  await finishWish(rt.db, accountId, key, total, { isNews: true });
}

function chunksOf<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
