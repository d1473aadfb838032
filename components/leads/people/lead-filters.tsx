"use client";

import { useLocale, useTranslations } from "next-intl";
import { FIELD } from "@/components/leads/field";
import { Pills } from "@/components/leads/pills";
import type { LeadsPlace } from "@/components/leads/use-leads-address";
import type { LeadsPage } from "@/lib/shared/api/leads";
import { GUEST_CHOICES } from "@/lib/shared/view/leads-address";
import { choicesOf } from "@/lib/shared/view/leads-people";
import { useLeadWords } from "./use-lead-words";

/** What the list is narrowed to: a type with its count, a listing, guests or not. */
export function LeadFilters({
  place,
  counts,
  items,
}: {
  place: LeadsPlace;
  counts: LeadsPage["counts"];
  items: LeadsPage["items"];
}) {
  const t = useTranslations("leads.list");
  const words = useLeadWords();
  const number = new Intl.NumberFormat(useLocale());
  const { type, item, guests } = place.address;
  const listings = items ?? [];
  const isListed = item === null || listings.some(({ itemId }) => itemId === item);
  const shown = isListed ? listings : [{ itemId: item, title: null, count: 0 }, ...listings];
  return (
    <div className="flex flex-col gap-3">
      <Pills
        label={t("types")}
        place={place}
        pills={choicesOf(counts, type).map((choice) => ({
          key: choice.type ?? "all",
          label: `${choice.type === null ? t("all") : words.type(choice.type)} ${number.format(choice.count)}`,
          isHere: choice.type === type,
          change: { type: choice.type },
        }))}
      />
      <div className="flex flex-wrap gap-3">
        <label className="flex min-w-0 flex-1 basis-64 flex-col gap-1 text-ink-2 text-sm sm:max-w-md">
          {t("item")}
          <select
            value={item ?? ""}
            onChange={({ target }) => place.go({ item: target.value === "" ? null : target.value })}
            className={FIELD}
          >
            <option value="">{t("allItems")}</option>
            {shown.map((one) => (
              <option key={one.itemId} value={one.itemId}>
                {words.listing(one)} ({number.format(one.count)})
              </option>
            ))}
          </select>
        </label>
        <label className="flex min-w-0 flex-col gap-1 text-ink-2 text-sm">
          {t("guests")}
          <select
            value={guests}
            onChange={({ target }) =>
              place.go({ guests: GUEST_CHOICES.find((one) => one === target.value) ?? "all" })
            }
            className={FIELD}
          >
            {GUEST_CHOICES.map((one) => (
              <option key={one} value={one}>
                {t(`guestChoices.${one}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
    </div>
  );
}
