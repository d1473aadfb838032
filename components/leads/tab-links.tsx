"use client";

import { cx } from "@/components/ui/cx";
import type { Pill } from "./pills";
import { PlaceLink } from "./place-link";
import type { LeadsPlace } from "./use-leads-address";

/** The sections of the page, each an address of its own: underlined where one is. */
export function TabLinks({
  label,
  place,
  tabs,
}: {
  label: string;
  place: LeadsPlace;
  tabs: readonly Pill[];
}) {
  return (
    <nav aria-label={label} className="flex gap-5">
      {tabs.map(({ key, label: words, isHere, change }) => (
        <PlaceLink
          key={key}
          place={place}
          change={change}
          aria-current={isHere ? "page" : undefined}
          className={cx(
            "inline-flex h-9 items-center border-b-2 font-medium text-md max-md:h-11",
            isHere ? "border-accent text-ink" : "border-transparent text-ink-2 hover:text-ink",
          )}
        >
          {words}
        </PlaceLink>
      ))}
    </nav>
  );
}
