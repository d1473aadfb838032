import { CONTACT_KINDS, type ContactKind } from "@/lib/shared/api/leads";

/** A total that was told, beside the sum of the buckets of the same period. */
export interface Difference {
  /** Null: not known. */
  total: number | null;
  sum: number | null;
  /** The total less the sum: positive when the buckets lack something. Null: one of them is not known. */
  difference: number | null;
}

/** What Mercado Libre's total has beyond its own buckets. The two come from different resources, and where the zone of the
 *  seller is not that of its days they need not agree: the difference is shown, not hidden. Pure. */
export const differenceOf = (total: number | null, sum: number | null): Difference => ({
  total,
  sum,
  difference: total === null || sum === null ? null : total - sum,
});

/** The same for each kind that has either number, in the order of CONTACT_KINDS. Pure. */
export function differencesOf(
  totals: Readonly<Partial<Record<ContactKind, number | null>>>,
  sums: Readonly<Partial<Record<ContactKind, number | null>>>,
): (Difference & { kind: ContactKind })[] {
  return CONTACT_KINDS.flatMap((kind) => {
    const [total, sum] = [totals[kind] ?? null, sums[kind] ?? null];
    return total === null && sum === null ? [] : [{ kind, ...differenceOf(total, sum) }];
  });
}
