"use client";

import type { ComponentProps, MouseEvent } from "react";
import type { LeadsAddress } from "@/lib/shared/view/leads-address";
import type { LeadsPlace } from "./use-leads-address";

/** A link to this page at another address, followed without asking the server. A press with a modifier is the browser's own. */
export function PlaceLink({
  place,
  change,
  ...rest
}: Omit<ComponentProps<"a">, "href" | "onClick"> & { place: LeadsPlace; change: Partial<LeadsAddress> }) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    place.go(change);
  };
  return <a href={place.hrefOf(change)} onClick={follow} {...rest} />;
}
