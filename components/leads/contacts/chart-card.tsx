"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { SeriesChart } from "@/components/leads/chart/series-chart";
import { Pills } from "@/components/leads/pills";
import { ReadProblemNotice } from "@/components/leads/read-problem";
import type { LeadsPlace } from "@/components/leads/use-leads-address";
import { Skeleton } from "@/components/ui/skeleton";
import { problemOf } from "@/lib/client/api-error";
import type { Viewer } from "@/lib/client/keys";
import { itemContactsOptions } from "@/lib/client/leads-queries";
import { useNow } from "@/lib/client/now";
import { CONTACT_KINDS, type ContactsFilter, type ContactsView } from "@/lib/shared/api/leads";
import { peakOf } from "@/lib/shared/view/leads-chart";
import { fileName, seriesCsv } from "@/lib/shared/view/leads-export";
import { hasUnits } from "@/lib/shared/view/leads-period";
import { openFromOf, type Series, seriesOfItems, seriesOfKinds } from "@/lib/shared/view/leads-series";
import { axisOf, slotName, spanName, zoneName } from "@/lib/shared/view/leads-slots";
import { ComparedItems } from "./compared-items";
import { CsvButton } from "./csv-button";
import { SeriesTable } from "./series-table";

/** The period hour by hour or day by day, of the account or of the listings that are compared: as a picture, as a table, as
 *  a file. */
export function ChartCard({
  viewer,
  place,
  filter,
  data,
  accountId,
  id,
}: {
  viewer: Viewer;
  place: LeadsPlace;
  filter: ContactsFilter;
  data: ContactsView;
  accountId: string;
  /** By which the page leads here. */
  id: string;
}) {
  const t = useTranslations("leads.chart");
  const kinds = useTranslations("leads.kind");
  const ranking = useTranslations("leads.ranking");
  const page = useTranslations("leads");
  const locale = useLocale();
  const now = useNow();
  const { compared, kind, isTable, period } = place.address;
  const isComparing = compared.length > 0;
  const items = useQuery({
    ...itemContactsOptions(viewer, { ...filter, account: accountId, items: compared.join(",") }),
    enabled: isComparing,
  });
  const titleOf = ({ itemId, title }: { itemId: string; title: string | null }) =>
    title ?? ranking("untitled", { id: itemId });
  const source = isComparing ? items.data : data;
  const series: Series | null = isComparing
    ? items.data === undefined
      ? null
      : seriesOfItems(items.data, kind, titleOf)
    : seriesOfKinds(data, (one) => kinds(one));
  const { unit, zone, isOpen, firstDay, lastDay } = source?.period ?? data.period;
  const span = spanName({ firstDay, lastDay }, locale);
  const title = isComparing ? t("compared", { kind: kinds(kind) }) : t("title", { unit });
  const nickname = data.accounts.find(({ id }) => id === accountId)?.nickname ?? accountId;

  return (
    <section
      id={id}
      tabIndex={-1}
      aria-label={title}
      className="min-w-0 scroll-mt-4 outline-none rounded-3 border border-line bg-pane p-4 sm:p-5"
    >
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div>
          <h2 className="font-semibold text-lg">{title}</h2>
          <p className="text-ink-3 text-sm">
            {span} · <span title={zone}>{page("zone", { zone: zoneName(zone, locale) })}</span>
          </p>
        </div>
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          {hasUnits(period, now, zone) && (
            <Pills
              label={t("unit")}
              place={place}
              pills={(["day", "hour"] as const).map((one) => ({
                key: one,
                label: t(one),
                isHere: one === unit,
                change: { unit: one },
              }))}
            />
          )}
          <Pills
            label={t("view")}
            place={place}
            pills={[false, true].map((one) => ({
              key: String(one),
              label: t(one ? "table" : "chart"),
              isHere: one === isTable,
              change: { isTable: one },
            }))}
          />
          {series !== null && (
            <CsvButton
              name={t("csvName", { unit })}
              file={fileName(t("file"), nickname, firstDay, lastDay)}
              make={() => seriesCsv(t("slot", { unit }), series.buckets, series.columns, zone)}
            />
          )}
        </div>
      </div>
      {isComparing && (
        <ComparedItems
          place={place}
          titles={compared.map((id) => ({
            id,
            title: titleOf(data.items.find(({ itemId }) => itemId === id) ?? { itemId: id, title: null }),
          }))}
        >
          <Pills
            label={t("kind")}
            place={place}
            pills={CONTACT_KINDS.map((one) => ({
              key: one,
              label: kinds(one),
              isHere: one === kind,
              change: { kind: one },
            }))}
          />
        </ComparedItems>
      )}
      <div className="mt-4">{body()}</div>
    </section>
  );

  function body() {
    const problem = isComparing ? items.data?.problem : null;
    if (isComparing && items.isError && items.data === undefined) {
      return (
        <ReadProblemNotice
          problem={{ code: problemOf(items.error), reason: null, retryAt: null }}
          zone={data.period.zone}
        />
      );
    }
    if (series === null) return <Skeleton className="h-72" />;
    return (
      <>
        {problem && <ReadProblemNotice problem={problem} zone={zone} />}
        {isTable ? (
          <SeriesTable series={series} unit={unit} zone={zone} caption={t("caption", { unit, span })} />
        ) : (
          <>
            <SeriesChart
              unit={unit}
              slots={series.buckets.map((bucket) => ({
                key: bucket.at.toISOString(),
                name: slotName(bucket, locale, zone),
              }))}
              panels={series.columns.map((column) => ({ ...column, telling: tellingOf(column) }))}
              axisFor={(width) => axisOf(series.buckets, width, locale, zone)}
              openFrom={openFromOf(series, isOpen)}
              isShared={isComparing}
              isLow={series.columns.length > 3}
            />
            {isOpen && <p className="mt-2 text-ink-3 text-xs">{t("open")}</p>}
          </>
        )}
      </>
    );
  }

  function tellingOf(column: Series["columns"][number]): string {
    const number = new Intl.NumberFormat(locale);
    const at = peakOf(column.values);
    const bucket = at === null ? undefined : series?.buckets[at];
    if (at === null || bucket === undefined) return t("tellingNone", { title: column.title, span });
    return t("telling", {
      title: column.title,
      total: number.format(column.total ?? 0),
      span,
      peak: number.format(column.values[at] ?? 0),
      when: slotName(bucket, locale, zone),
    });
  }
}
