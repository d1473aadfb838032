"use client";

import { useLocale, useTranslations } from "next-intl";
import { KindIcon } from "@/components/leads/kind-icon";
import { CONTACT_KINDS, type ContactKind, type ContactsView } from "@/lib/shared/api/leads";
import { changeSince } from "@/lib/shared/contacts/compare";
import { differenceOf } from "@/lib/shared/contacts/difference";
import { leaderOf } from "@/lib/shared/view/leads-ranking";
import { spanName } from "@/lib/shared/view/leads-slots";
import { ChangeChip } from "./change-mark";

/** The period in three figures, each beside what it was before. Where Mercado Libre's total and its own series differ, that
 *  is said. */
export function Figures({ data }: { data: ContactsView }) {
  const t = useTranslations("leads.figures");
  return (
    <section aria-label={t("title")}>
      <ul className="grid gap-3 md:grid-cols-3">
        {CONTACT_KINDS.map((kind) => (
          <Figure key={kind} kind={kind} data={data} />
        ))}
      </ul>
    </section>
  );
}

function Figure({ kind, data }: { kind: ContactKind; data: ContactsView }) {
  const t = useTranslations("leads.figures");
  const kinds = useTranslations("leads.kind");
  const ranking = useTranslations("leads.ranking");
  const locale = useLocale();
  const number = new Intl.NumberFormat(locale);
  const { total, sum, missing, previousTotal } = data.kinds[kind];
  const { unit, isOpen } = data.period;
  const change = changeSince(previousTotal, total);
  const { difference } = differenceOf(total, sum);
  const leader = leaderOf(data.items, kind);
  const shown = total ?? sum;
  return (
    <li className="flex min-w-0 flex-col gap-1 rounded-3 border border-line bg-pane p-4 max-md:px-4 max-md:py-3">
      <h2 className="flex items-center gap-2 font-medium text-ink-2 text-sm">
        <KindIcon kind={kind} />
        {kinds(kind)}
      </h2>
      <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-bold text-2xl">{shown === null ? t("unknown") : number.format(shown)}</span>{" "}
        {change !== null && <ChangeChip change={change} />}
      </p>
      {previousTotal !== null && (
        <p className="text-ink-3 text-sm">
          {t("compared", { before: number.format(previousTotal), span: spanName(data.previous, locale) })}
        </p>
      )}
      {leader !== null && (
        <p className="line-clamp-2 text-ink-2 text-sm max-md:line-clamp-1">
          {t("leader", {
            title: leader.item.title ?? ranking("untitled", { id: leader.item.itemId }),
            count: number.format(leader.count),
          })}
        </p>
      )}
      {total === null && sum !== null && <p className="text-sm text-soon">{t("onlySeries", { unit })}</p>}
      {difference !== null && difference !== 0 && sum !== null && missing === 0 && (
        // While the period runs the two are read minutes apart, and some difference is no sign of anything.
        <p className={isOpen ? "text-ink-3 text-sm" : "text-sm text-soon"}>
          {t(difference > 0 ? "more_than_series" : "fewer_than_series", {
            unit,
            sum: number.format(sum),
            difference: number.format(Math.abs(difference)),
          })}
        </p>
      )}
      {missing > 0 && data.progress === null && (
        <p className="text-sm text-soon">{t("missing", { count: missing })}</p>
      )}
    </li>
  );
}
