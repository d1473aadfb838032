import {
  CONTACT_KINDS,
  type ContactBucketView,
  type ContactKind,
  type ContactsView,
  type ItemContactsView,
} from "@/lib/shared/api/leads";

/** One line of bars, or one column of the table. */
export interface SeriesColumn {
  key: string;
  title: string;
  /** Of all hours or days that are known. Null: none is. */
  total: number | null;
  values: (number | null)[];
}

/** What the chart, its table and its file show alike. */
export interface Series {
  buckets: Pick<ContactBucketView, "at" | "day">[];
  columns: SeriesColumn[];
}

interface Counted {
  sum: number | null;
  buckets: readonly ContactBucketView[];
}

function columnOf(
  key: string,
  title: string,
  { sum, buckets }: Counted,
  starts: readonly number[],
): SeriesColumn {
  const totals = new Map(buckets.map(({ at, total }) => [at.getTime(), total]));
  return { key, title, total: sum, values: starts.map((at) => totals.get(at) ?? null) };
}

/** All hours or days that any of them has, each once, ascending. */
function bucketsOf(all: readonly Counted[]): Series["buckets"] {
  const known = new Map(
    all.flatMap(({ buckets }) => buckets).map(({ at, day }) => [at.getTime(), { at, day }]),
  );
  return [...known.values()].toSorted((one, other) => one.at.getTime() - other.at.getTime());
}

/** The account's three kinds of contact over time. Pure. */
export function seriesOfKinds(
  { kinds }: Pick<ContactsView, "kinds">,
  titleOf: (kind: ContactKind) => string,
): Series {
  const buckets = bucketsOf(CONTACT_KINDS.map((kind) => kinds[kind]));
  const starts = buckets.map(({ at }) => at.getTime());
  return {
    buckets,
    columns: CONTACT_KINDS.map((kind) => columnOf(kind, titleOf(kind), kinds[kind], starts)),
  };
}

/** Several listings over the same time, by one kind of contact. Pure. */
export function seriesOfItems(
  { items }: Pick<ItemContactsView, "items">,
  kind: ContactKind,
  titleOf: (item: { itemId: string; title: string | null }) => string,
): Series {
  const buckets = bucketsOf(items.map(({ kinds }) => kinds[kind]));
  const starts = buckets.map(({ at }) => at.getTime());
  return {
    buckets,
    columns: items.map((item) => columnOf(item.itemId, titleOf(item), item.kinds[kind], starts)),
  };
}

/** The first hour or day that is not over: the last one of a period that still runs. Pure. */
export const openFromOf = ({ buckets }: Series, isOpen: boolean): number =>
  isOpen ? Math.max(0, buckets.length - 1) : buckets.length;
