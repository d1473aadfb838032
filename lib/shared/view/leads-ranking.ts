import { CONTACT_KINDS, type ContactItem, type ContactKind } from "@/lib/shared/api/leads";
import { type Change, changeSince } from "@/lib/shared/contacts/compare";
import type { SortColumn } from "./leads-address";

/** What a ranking measures: one kind of contact, or all of them. */
export type Measure = ContactKind | "total";

/** What is measured while the ranking is ordered by this column. Pure. */
export const measureOf = (sort: SortColumn): Measure =>
  CONTACT_KINDS.find((kind) => kind === sort) ?? "total";

/** How much a listing has of it. Null: not known (yet). Pure. */
export const countOf = (item: ContactItem, measure: Measure): number | null =>
  measure === "total" ? item.sum : item.kinds[measure].sum;

/** The same of the period before. Pure. */
export const countBefore = (item: ContactItem, measure: Measure): number | null =>
  measure === "total" ? item.previous : item.kinds[measure].previous;

/** Since the period before, of what is measured. Pure. */
export const itemChange = (item: ContactItem, measure: Measure): Change | null =>
  changeSince(countBefore(item, measure), countOf(item, measure));

/** Letters without their marks, all small: what one types when one searches. */
const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The listings that hold every one of the words in their title or id, whatever the case or accents. Pure. */
export function found(items: readonly ContactItem[], words: string): ContactItem[] {
  const wanted = plain(words)
    .split(/\s+/)
    .filter((word) => word !== "");
  return items.filter((item) => {
    const text = plain(`${item.title ?? ""} ${item.itemId}`);
    return wanted.every((word) => text.includes(word));
  });
}

/** The listings in this order; what is not known comes last either way, and equals stand by their title. Pure. */
export function ordered(
  items: readonly ContactItem[],
  sort: SortColumn,
  isAscending: boolean,
  locale: string,
): ContactItem[] {
  const words = new Intl.Collator(locale, { numeric: true });
  const direction = isAscending ? 1 : -1;
  const byTitle = (one: ContactItem, other: ContactItem) =>
    words.compare(one.title ?? one.itemId, other.title ?? other.itemId);
  const compare = (one: ContactItem, other: ContactItem): number => {
    const [a, b] = [keyOf(one, sort), keyOf(other, sort)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (typeof a === "string" || typeof b === "string")
      return direction * words.compare(String(a), String(b));
    return direction * (a - b);
  };
  return items.toSorted((one, other) => compare(one, other) || byTitle(one, other));
}

function keyOf(item: ContactItem, sort: SortColumn): number | string | null {
  switch (sort) {
    case "item":
      return item.title;
    case "status":
      return item.status;
    case "price":
      return item.price?.minor ?? null;
    case "change":
      return itemChange(item, "total")?.absolute ?? null;
    default:
      return countOf(item, sort);
  }
}

/** What each listing has of all that these have, 0 to 1. Null: of nothing, or it is not known. Pure. */
export function shareOf(item: ContactItem, items: readonly ContactItem[], measure: Measure): number | null {
  const own = countOf(item, measure);
  const all = items.reduce((sum, one) => sum + (countOf(one, measure) ?? 0), 0);
  return own === null || all === 0 ? null : own / all;
}

/** The listing with most of one kind, and how much. Null: none has any. Pure. */
export function leaderOf(
  items: readonly ContactItem[],
  kind: ContactKind,
): { item: ContactItem; count: number } | null {
  let leader: { item: ContactItem; count: number } | null = null;
  for (const item of items) {
    const count = countOf(item, kind) ?? 0;
    if (count > (leader?.count ?? 0)) leader = { item, count };
  }
  return leader;
}
