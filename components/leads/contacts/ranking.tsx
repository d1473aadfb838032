"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { FIELD } from "@/components/leads/field";
import { FindField } from "@/components/leads/find-field";
import type { LeadsPlace } from "@/components/leads/use-leads-address";
import { Button } from "@/components/ui/button";
import type { ContactsView } from "@/lib/shared/api/leads";
import { firstDirection, MOST_COMPARED, SORT_COLUMNS } from "@/lib/shared/view/leads-address";
import { fileName, rankingCsv } from "@/lib/shared/view/leads-export";
import { found, measureOf, ordered } from "@/lib/shared/view/leads-ranking";
import { spanName } from "@/lib/shared/view/leads-slots";
import { CsvButton } from "./csv-button";
import { RankingTable } from "./ranking-table";
import { useColumnTitle } from "./use-column-title";
import { useStatusWords } from "./use-status-words";

/** Every listing with its contacts, in any order, narrowed by words: what is seen can be taken along as a file. */
export function Ranking({
  place,
  data,
  accountId,
  chartId,
}: {
  place: LeadsPlace;
  data: ContactsView;
  accountId: string;
  chartId: string;
}) {
  const t = useTranslations("leads.ranking");
  const kinds = useTranslations("leads.kind");
  const empty = useTranslations("leads.empty");
  const locale = useLocale();
  const statusWords = useStatusWords();
  const { sort, isAscending, find, compared } = place.address;
  const items = useMemo(
    () => ordered(found(data.items, find), sort, isAscending, locale),
    [data.items, find, sort, isAscending, locale],
  );
  const measure = measureOf(sort);
  const { firstDay, lastDay } = data.period;
  const nickname = data.accounts.find(({ id }) => id === accountId)?.nickname ?? accountId;
  const count =
    items.length === data.items.length
      ? t("count", { shown: items.length })
      : t("countOf", { shown: items.length, all: data.items.length });
  const makeCsv = () => {
    const name = kinds(measure);
    return rankingCsv(
      {
        item: t("item"),
        id: t("id"),
        price: t("price"),
        currency: t("currency"),
        status: t("status"),
        questions: kinds("questions"),
        phone_views: kinds("phone_views"),
        whatsapp: kinds("whatsapp"),
        total: kinds("total"),
        before: t("before", { measure: name }),
        change: t("changeOf", { measure: name }),
        share: t("shareOf", { measure: name }),
      },
      items,
      measure,
      statusWords,
    );
  };

  return (
    <section aria-label={t("title")} className="min-w-0 rounded-3 border border-line bg-pane p-4 sm:p-5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div>
          <h2 className="font-semibold text-lg">{t("title")}</h2>
          <p className="text-ink-3 text-sm">
            <span role="status">{count}</span> ·{" "}
            {t(compared.length >= MOST_COMPARED ? "full" : "hint", { most: MOST_COMPARED })}
          </p>
        </div>
        <CsvButton
          name={t("csvName")}
          file={fileName(t("file"), nickname, firstDay, lastDay)}
          make={makeCsv}
        />
      </div>
      <div className="mt-3 flex flex-wrap gap-2">
        <FindField label={t("find")} first={find} onFind={(words) => place.adjust({ find: words })} />
        <SortField place={place} />
      </div>
      <div className="mt-3">
        {data.items.length === 0 ? (
          <p className="py-6 text-center text-ink-2">{empty("noItems")}</p>
        ) : items.length === 0 ? (
          <div className="py-6 text-center text-ink-2">
            <p>{t("none")}</p>
            <Button className="mt-3" onClick={() => place.adjust({ find: "" })}>
              {t("clear")}
            </Button>
          </div>
        ) : (
          <RankingTable
            place={place}
            items={items}
            accountId={accountId}
            caption={t("caption", { span: spanName({ firstDay, lastDay }, locale) })}
          />
        )}
      </div>
      {compared.length > 0 && (
        <div className="sticky bottom-3 z-10 mx-auto mt-3 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-2 border border-line bg-pane py-1.5 pr-1.5 pl-4 shadow-pop">
          <p className="text-sm" role="status">
            {t("picked", { count: compared.length })}
          </p>
          <Button size="sm" variant="primary" onClick={() => showPlace(chartId)}>
            {t("toChart")}
          </Button>
          <Button size="sm" variant="ghost" onClick={() => place.go({ compared: [] })}>
            {t("unpick")}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Goes to another part of the page, the keyboard included. */
function showPlace(id: string): void {
  const part = document.getElementById(id);
  part?.scrollIntoView({ block: "start" });
  part?.focus({ preventScroll: true });
}

/** The order, where there are no column heads to press. */
function SortField({ place }: { place: LeadsPlace }) {
  const t = useTranslations("leads.ranking");
  const titleOf = useColumnTitle();
  const choose = (text: string) => {
    const sort = SORT_COLUMNS.find((one) => one === text);
    if (sort !== undefined) place.go({ sort, isAscending: firstDirection(sort) === "asc" });
  };
  return (
    <label className="flex items-center gap-2 text-ink-2 text-sm xl:hidden">
      {t("sortBy")}
      <select value={place.address.sort} onChange={({ target }) => choose(target.value)} className={FIELD}>
        {SORT_COLUMNS.map((column) => (
          <option key={column} value={column}>
            {titleOf(column)}
          </option>
        ))}
      </select>
    </label>
  );
}
