"use client";

import { useLocale, useTranslations } from "next-intl";
import type { Unit } from "@/lib/shared/contacts/buckets";
import { slotCell } from "@/lib/shared/view/leads-export";
import type { Series } from "@/lib/shared/view/leads-series";
import { slotName } from "@/lib/shared/view/leads-slots";
import { Unknown } from "./change-mark";

/** The chart in numbers. */
export function SeriesTable({
  series,
  unit,
  zone,
  caption,
}: {
  series: Series;
  unit: Unit;
  zone: string;
  caption: string;
}) {
  const t = useTranslations("leads.chart");
  const locale = useLocale();
  const number = new Intl.NumberFormat(locale);
  return (
    <div className="overflow-hidden rounded-2 border border-line">
      <table className="w-full table-fixed text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead className="bg-pane-2 align-bottom text-ink-3">
          <tr>
            <th scope="col" className="w-2/5 px-3 py-2 text-left font-medium max-md:px-2">
              {t("slot", { unit })}
            </th>
            {series.columns.map(({ key, title }) => (
              <th
                key={key}
                scope="col"
                className="break-words px-3 py-2 text-right font-medium max-md:px-1.5 max-md:text-xs"
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {series.buckets.map((bucket, index) => (
            <tr key={bucket.at.toISOString()} className="border-line border-t">
              <th scope="row" className="px-3 py-1.5 text-left font-normal max-md:px-2">
                <time dateTime={slotCell(bucket, zone)}>{slotName(bucket, locale, zone)}</time>
              </th>
              {series.columns.map(({ key, values }) => {
                const value = values[index] ?? null;
                return (
                  <td key={key} className="px-3 py-1.5 text-right max-md:px-1.5">
                    {value === null ? <Unknown words={t("unknown")} /> : number.format(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
