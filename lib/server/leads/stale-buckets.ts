import "server-only";
import {
  BLOCK,
  blockOf,
  indexNamed,
  indexOf,
  isHeld,
  minuteOf,
  startAt,
  UNTOLD,
} from "@/lib/server/store/bucket-index";
import { OWN, type SeriesBlock, type Span, type Told } from "@/lib/server/store/contact-series";
import type { ContactKind } from "@/lib/shared/api/leads";
import { type Ask, asksFor, type Bucket, type Unit } from "@/lib/shared/contacts/buckets";

/** A series of which buckets have to be asked for. */
export interface Stale {
  itemId: string;
  kind: ContactKind;
  /** Ascending. */
  indices: number[];
}

/** What has to be asked for of blocks of which something may be missing. Pure. */
export function staleOf(blocks: readonly SeriesBlock[], unit: Unit, span: Span, now: Date): Stale[] {
  const minute = minuteOf(now);
  const found = new Map<string, Stale>();
  for (const { itemId, kind, block, counts, readAt } of blocks) {
    for (let slot = 0; slot < BLOCK; slot += 1) {
      const index = block * BLOCK + slot;
      if (index < span.from || index >= span.to) continue;
      const bucket = { index, count: counts?.[slot] ?? null, readAt: readAt?.[slot] ?? null };
      if (isHeld(bucket, unit, minute)) continue;
      const key = `${kind} ${itemId}`;
      const stale = found.get(key) ?? { itemId, kind, indices: [] };
      stale.indices.push(index);
      found.set(key, stale);
    }
  }
  for (const { indices } of found.values()) indices.sort((one, other) => one - other);
  return [...found.values()];
}

/** The blocks that a span touches, those of which nothing is held included. Pure. */
export function withGaps(
  blocks: readonly SeriesBlock[],
  series: readonly { itemId: string; kind: ContactKind }[],
  span: Span,
): SeriesBlock[] {
  if (span.to <= span.from) return [];
  const held = new Map(blocks.map((one) => [`${one.itemId} ${one.kind} ${one.block}`, one]));
  const first = blockOf(span.from);
  return series.flatMap(({ itemId, kind }) =>
    Array.from({ length: blockOf(span.to - 1) - first + 1 }, (_, more) => {
      const block = first + more;
      return held.get(`${itemId} ${kind} ${block}`) ?? { itemId, kind, block, counts: null, readAt: null };
    }),
  );
}

/** The series that lack the same buckets of the same kind: one question for all of them. The account's own go by themselves.
 *  Pure. */
export function groupsOf(
  stale: readonly Stale[],
): { kind: ContactKind; itemIds: string[]; indices: number[] }[] {
  const groups = new Map<string, { kind: ContactKind; itemIds: string[]; indices: number[] }>();
  for (const { itemId, kind, indices } of stale) {
    const key = `${kind} ${itemId === OWN} ${indices.join()}`;
    const group = groups.get(key) ?? { kind, itemIds: [], indices };
    group.itemIds.push(itemId);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The questions that these buckets take: neighbours together. Two with a short gap between them are one question. Pure. */
export function asksOf(indices: readonly number[], unit: Unit, most: number, now: Date): Ask[] {
  const filled: number[] = [];
  for (const index of indices) {
    const last = filled.at(-1);
    if (last !== undefined && index - last <= BLOCK) {
      for (let gap = last + 1; gap < index; gap += 1) filled.push(gap);
    }
    filled.push(index);
  }
  return asksFor(
    filled.map((index) => startAt(index, unit)),
    unit,
    most,
    now,
  );
}

/** An answer as it is kept: what was asked for and is not in it is known to be untold. Pure. */
export function toldOf(
  series: { itemId: string; kind: ContactKind },
  ask: Ask,
  unit: Unit,
  buckets: readonly Bucket[] | undefined,
): Told {
  const last = indexOf(ask.ending, unit);
  const counts = new Map<number, number>();
  for (let index = last - ask.last + 1; index <= last; index += 1) counts.set(index, UNTOLD);
  for (const { at, total } of buckets ?? []) {
    const index = indexNamed(at, unit);
    if (counts.has(index)) counts.set(index, total);
  }
  return { ...series, counts };
}

/** The counts of one series by bucket, -1 and gaps left out. Pure. */
export function countsOf(blocks: readonly SeriesBlock[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { block, counts: held } of blocks) {
    for (const [slot, count] of (held ?? []).entries()) {
      if (count !== null && count >= 0) counts.set(block * BLOCK + slot, count);
    }
  }
  return counts;
}
