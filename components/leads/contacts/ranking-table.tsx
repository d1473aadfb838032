"use client";

import ArrowDown from "lucide-react/icons/arrow-down";
import ArrowUp from "lucide-react/icons/arrow-up";
import { useTranslations } from "next-intl";
import type { LeadsPlace } from "@/components/leads/use-leads-address";
import { cx } from "@/components/ui/cx";
import type { ContactItem } from "@/lib/shared/api/leads";
import { firstDirection, SORT_COLUMNS, type SortColumn } from "@/lib/shared/view/leads-address";
import { measureOf, shareOf } from "@/lib/shared/view/leads-ranking";
import { RankingRow } from "./ranking-row";
import { useColumnTitle } from "./use-column-title";

const WORDS: readonly SortColumn[] = ["item", "status"];

/** The listings as a table whose columns order it; one card for each on a narrow screen. */
export function RankingTable({
  place,
  items,
  accountId,
  caption,
}: {
  place: LeadsPlace;
  items: readonly ContactItem[];
  accountId: string;
  caption: string;
}) {
  const t = useTranslations("leads.ranking");
  const kinds = useTranslations("leads.kind");
  const { sort } = place.address;
  const measure = measureOf(sort);
  const shares = new Map(items.map((item) => [item.itemId, shareOf(item, items, measure)]));
  const largest = Math.max(...[...shares.values()].map((share) => share ?? 0));
  return (
    <table className="w-full text-sm max-xl:block">
      <caption className="sr-only">{caption}</caption>
      <thead className="text-ink-3 max-xl:hidden">
        <tr className="border-line border-b">
          {SORT_COLUMNS.map((column) => (
            <SortHead key={column} place={place} column={column} />
          ))}
          <th scope="col" className="py-2 pl-3 text-left font-medium">
            {t("share")}
            <span className="sr-only">: {kinds(measure)}</span>
          </th>
        </tr>
      </thead>
      <tbody className="max-xl:flex max-xl:flex-col max-xl:gap-2">
        {items.map((item) => (
          <RankingRow
            key={item.itemId}
            item={item}
            share={shares.get(item.itemId) ?? null}
            largest={largest}
            measure={measure}
            place={place}
            accountId={accountId}
          />
        ))}
      </tbody>
    </table>
  );
}

function SortHead({ place, column }: { place: LeadsPlace; column: SortColumn }) {
  const title = useColumnTitle()(column);
  const { sort, isAscending } = place.address;
  const isHere = sort === column;
  const press = () =>
    place.go(
      isHere
        ? { isAscending: !isAscending }
        : { sort: column, isAscending: firstDirection(column) === "asc" },
    );
  const Arrow = isAscending ? ArrowUp : ArrowDown;
  const isWord = WORDS.includes(column);
  return (
    <th
      scope="col"
      aria-sort={isHere ? (isAscending ? "ascending" : "descending") : undefined}
      className={cx("py-1 font-medium", isWord ? "text-left" : "text-right")}
    >
      <button
        type="button"
        onClick={press}
        className={cx(
          "inline-flex h-8 items-center gap-1 whitespace-nowrap rounded-1 px-1.5 hover:bg-buyer hover:text-ink",
          isHere && "text-ink",
          !isWord && "flex-row-reverse",
        )}
      >
        {title}
        <Arrow aria-hidden="true" className={cx("size-3.5", !isHere && "invisible")} />
      </button>
    </th>
  );
}
