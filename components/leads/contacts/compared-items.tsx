"use client";

import X from "lucide-react/icons/x";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { LeadsPlace } from "@/components/leads/use-leads-address";
import { Button } from "@/components/ui/button";

/** Which listings are compared, and by what. */
export function ComparedItems({
  place,
  titles,
  children,
}: {
  place: LeadsPlace;
  titles: readonly { id: string; title: string }[];
  children: ReactNode;
}) {
  const t = useTranslations("leads.chart");
  return (
    <div className="mt-3 flex flex-wrap items-center gap-2">
      {children}
      <ul className="flex min-w-0 flex-wrap gap-2">
        {titles.map(({ id, title }) => (
          <li key={id} className="min-w-0">
            <button
              type="button"
              onClick={() => place.go(({ compared }) => ({ compared: compared.filter((one) => one !== id) }))}
              aria-label={t("remove", { title })}
              className="inline-flex h-8 max-w-full items-center gap-1.5 rounded-full border border-line-strong px-3 text-sm hover:bg-buyer max-md:h-11"
            >
              <span className="truncate">{title}</span>
              <X aria-hidden="true" className="size-3.5 shrink-0" />
            </button>
          </li>
        ))}
      </ul>
      <Button variant="ghost" size="sm" onClick={() => place.go({ compared: [] })}>
        {t("clear")}
      </Button>
    </div>
  );
}
