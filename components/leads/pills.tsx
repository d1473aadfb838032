"use client";

import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import type { LeadsAddress } from "@/lib/shared/view/leads-address";
import { PlaceLink } from "./place-link";
import type { LeadsPlace } from "./use-leads-address";

export interface Pill {
  key: string;
  label: string;
  /** For who listens, where the label is too short to be told alone. */
  name?: string;
  isHere: boolean;
  change: Partial<LeadsAddress>;
}

export const PILL =
  "inline-flex h-8 shrink-0 items-center gap-1.5 rounded-full px-3 font-medium text-sm max-md:h-11 max-md:px-4";
export const PILL_HERE = "bg-ink text-pane";
export const PILL_AWAY = "text-ink-2 hover:bg-buyer hover:text-ink";

/** One of several: each is an address of its own. */
export function Pills({
  label,
  place,
  pills,
  children,
}: {
  label: string;
  place: LeadsPlace;
  pills: readonly Pill[];
  children?: ReactNode;
}) {
  return (
    <nav aria-label={label} className="flex min-w-0 flex-wrap gap-1">
      {pills.map(({ key, label: words, name, isHere, change }) => (
        <PlaceLink
          key={key}
          place={place}
          change={change}
          aria-label={name}
          aria-current={isHere ? "true" : undefined}
          className={cx(PILL, isHere ? PILL_HERE : PILL_AWAY)}
        >
          {words}
        </PlaceLink>
      ))}
      {children}
    </nav>
  );
}
