import "server-only";
import { startAt } from "@/lib/server/store/bucket-index";
import type { SeriesBlock } from "@/lib/server/store/contact-series";
import { CONTACT_KINDS, type ContactBucketView, type ContactKind } from "@/lib/shared/api/leads";
import { cutInto } from "@/lib/shared/contacts/buckets";
import { dayOfBucket, daysIn } from "@/lib/shared/contacts/periods";
import type { Chosen } from "./chosen-period";
import { countsOf } from "./stale-buckets";

/** One series as it is shown, beside the total of the totals resource. */
export interface Counted {
  total: number | null;
  sum: number | null;
  missing: number;
  buckets: ContactBucketView[];
}

export const NOTHING: Counted = { total: null, sum: null, missing: 0, buckets: [] };

/** Something for each kind. Pure. */
export function byKind<T>(make: (kind: ContactKind) => T): Record<ContactKind, T> {
  const [questions, phoneViews, whatsapp] = CONTACT_KINDS;
  return {
    [questions]: make(questions),
    [phoneViews]: make(phoneViews),
    [whatsapp]: make(whatsapp),
  };
}

/** The buckets of one series in the period, cut to hours or days of its zone; what is not known is not taken for zero. Pure. */
export function countedOf(
  { span, unit, shown, period, now }: Chosen,
  blocks: readonly SeriesBlock[],
  total: number | null,
): Counted {
  const counts = countsOf(blocks);
  const length = Math.max(0, span.to - span.from);
  const all = Array.from({ length }, (_, more) => {
    const index = span.from + more;
    return { at: startAt(index, unit), total: counts.get(index) ?? null };
  });
  const known = all.flatMap(({ at, total: count }) => (count === null ? [] : [{ at, total: count }]));
  const sum = known.length === 0 ? null : known.reduce((so, one) => so + one.total, 0);
  const rest = { total, sum, missing: all.length - known.length };
  if (shown === "hour") return { ...rest, buckets: all.map((one) => ({ ...one, day: null })) };
  if (unit === "day") {
    return { ...rest, buckets: all.map((one) => ({ ...one, day: dayOfBucket(one.at) })) };
  }
  const days = daysIn(period).filter(({ from }) => from <= now);
  const { spans } = cutInto(known, days);
  const filled = cutInto(
    known.map(({ at }) => ({ at, total: 1 })),
    days,
  );
  const buckets = spans.map(({ day, from, total: count }, index) => ({
    at: from,
    day,
    total: filled.spans[index]?.total === 0 ? null : count,
  }));
  return { ...rest, buckets };
}
