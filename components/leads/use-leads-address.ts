import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type LeadsAddress, leadsHref, parseLeadsAddress } from "@/lib/shared/view/leads-address";

export interface LeadsPlace {
  address: LeadsAddress;
  /** The address that differs from this one by so much. */
  hrefOf: (change: Partial<LeadsAddress>) => string;
  /** A step that the browser can take back. */
  go: (change: Partial<LeadsAddress>) => void;
  /** The same step, told more exactly: what is typed letter by letter. */
  adjust: (change: Partial<LeadsAddress>) => void;
}

/** Where the page stands. The address is the only truth; moving inside it never asks the server for a page. */
export function useLeadsAddress(): LeadsPlace {
  const search = useSearchParams().toString();
  return useMemo(() => {
    const address = parseLeadsAddress(search);
    const hrefOf = (change: Partial<LeadsAddress>) => leadsHref({ ...address, ...change });
    // What the browser shows now counts: two presses may come before the page has followed the first.
    const changed = (change: Partial<LeadsAddress>) =>
      leadsHref({ ...parseLeadsAddress(window.location.search), ...change });
    return {
      address,
      hrefOf,
      go: (change) => window.history.pushState(null, "", changed(change)),
      adjust: (change) => window.history.replaceState(null, "", changed(change)),
    };
  }, [search]);
}
