import type { ContactBucketView, ContactItem } from "@/lib/shared/api/leads";
import { type CsvCell, toCsv } from "@/lib/shared/contacts/csv";
import { clockIn } from "@/lib/shared/contacts/periods";
import { decimalsOf } from "@/lib/shared/money";
import { countBefore, itemChange, type Measure, shareOf } from "./leads-ranking";

/** One series of a table: its heading, and a value for each hour or day. */
export interface Column {
  title: string;
  values: readonly (number | null)[];
}

/** What stands for an hour or a day in a file, so that no two are the same: `2026-08-01`, `2026-08-01T09:00:00-03:00`. Pure. */
export const slotCell = ({ at, day }: Pick<ContactBucketView, "at" | "day">, zone: string): string =>
  day ?? clockIn(at, zone);

/** The table of the chart as a file: a row for each hour or day, in the order of the screen. Pure. */
export function seriesCsv(
  heading: string,
  buckets: readonly Pick<ContactBucketView, "at" | "day">[],
  columns: readonly Column[],
  zone: string,
): string {
  const rows = buckets.map((bucket, index) => [
    slotCell(bucket, zone),
    ...columns.map(({ values }) => values[index] ?? null),
  ]);
  return toCsv([heading, ...columns.map(({ title }) => title)], rows);
}

/** What the columns of the ranking are called in a file. */
export interface RankingTitles {
  item: string;
  id: string;
  price: string;
  currency: string;
  status: string;
  questions: string;
  phone_views: string;
  whatsapp: string;
  total: string;
  before: string;
  change: string;
  share: string;
}

/** The ranking as a file: the listings of the screen, in its order. Shares are of all of them, in percent with one
 *  decimal. @param statusOf the words of a status  Pure. */
export function rankingCsv(
  titles: RankingTitles,
  items: readonly ContactItem[],
  measure: Measure,
  statusOf: (status: string | null) => string,
): string {
  const rows = items.map((item): CsvCell[] => {
    const share = shareOf(item, items, measure);
    return [
      item.title ?? item.itemId,
      item.itemId,
      item.price === null ? null : item.price.minor / 10 ** decimalsOf(item.price.currency),
      item.price?.currency ?? null,
      statusOf(item.status),
      item.kinds.questions.sum,
      item.kinds.phone_views.sum,
      item.kinds.whatsapp.sum,
      item.sum,
      countBefore(item, measure),
      itemChange(item, measure)?.absolute ?? null,
      share === null ? null : Math.round(share * 1_000) / 10,
    ];
  });
  const {
    item,
    id,
    price,
    currency,
    status,
    questions,
    phone_views,
    whatsapp,
    total,
    before,
    change,
    share,
  } = titles;
  return toCsv(
    [item, id, price, currency, status, questions, phone_views, whatsapp, total, before, change, share],
    rows,
  );
}

/** A file's name from what it holds, of letters that every system takes: `contactos-AUTOMOTORA-ANDES-2026-11-16_2026-11-22.csv`.
 *  Pure. */
export function fileName(what: string, nickname: string, firstDay: string, lastDay: string): string {
  const safe = (text: string) =>
    text
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .replace(/[^\p{L}\p{N}_-]+/gu, "-")
      .replace(/^-+|-+$/g, "");
  const days = firstDay === lastDay ? firstDay : `${firstDay}_${lastDay}`;
  return `${[what, nickname, days]
    .map(safe)
    .filter((part) => part !== "")
    .join("-")}.csv`;
}
