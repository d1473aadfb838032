"use client";

import { useTranslations } from "next-intl";
import { Moment } from "@/components/inbox/moment";
import { PlaceLink } from "@/components/leads/place-link";
import type { LeadsPlace } from "@/components/leads/use-leads-address";
import { buttonClass } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import type { LeadRow } from "@/lib/shared/api/leads";
import { ContactData } from "./contact-data";
import { QuestionLink, StateChip } from "./question-link";
import { TypeIcon } from "./type-icon";
import { useLeadWords } from "./use-lead-words";

/** One sign of interest: who, how, in what, since when, how to reach them, and what to do next. */
export function LeadItem({ row, place, zone }: { row: LeadRow; place: LeadsPlace; zone: string }) {
  const t = useTranslations("leads.list");
  const words = useLeadWords();
  const name = words.name(row);
  const type = words.type(row.contactType);
  const listing = words.listing(row);
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-3 gap-y-2 border-line border-b px-4 py-3 last:border-b-0 md:grid-cols-[auto_minmax(0,1fr)_minmax(0,15rem)_7.5rem] lg:grid-cols-[auto_minmax(0,1fr)_17rem_13.5rem] md:items-center">
      <TypeIcon type={row.contactType} />
      <div className="min-w-0">
        <p className="flex min-w-0 flex-wrap items-baseline gap-x-2 text-ink-3 text-sm">
          <span>{type}</span>
          {row.createdAt === null ? (
            <span>{t("noDate")}</span>
          ) : (
            <Moment at={row.createdAt} timeZone={zone} style="ago" />
          )}
          <StateChip row={row} words={words.status(row)} />
        </p>
        <p className={cx("truncate text-md", row.isGuest ? "text-ink-2" : "font-semibold")}>{name}</p>
        {listing !== null && <p className="truncate text-ink-2 text-sm">{listing}</p>}
      </div>
      <div className="min-w-0 text-sm max-md:col-start-2">
        <ContactData buyer={row.buyer} name={name} />
      </div>
      <div className="flex flex-wrap gap-2 max-md:col-start-2 md:justify-end md:max-lg:flex-col">
        <QuestionLink row={row} name={name} />
        <PlaceLink
          place={place}
          change={{ lead: { accountId: row.accountId, id: row.id } }}
          aria-label={t("detailsName", { name, type })}
          aria-haspopup="dialog"
          className={buttonClass("ghost", "sm")}
        >
          {t("details")}
        </PlaceLink>
      </div>
    </li>
  );
}
