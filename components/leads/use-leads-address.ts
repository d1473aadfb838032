import { useSearchParams } from "next/navigation";
import { useMemo, useSyncExternalStore } from "react";
import { type LeadsAddress, leadsHref, parseLeadsAddress } from "@/lib/shared/view/leads-address";

type Change = Partial<LeadsAddress> | ((address: LeadsAddress) => Partial<LeadsAddress>);

export interface LeadsPlace {
  address: LeadsAddress;
  /** The address that differs from this one by so much. */
  hrefOf: (change: Partial<LeadsAddress>) => string;
  /** A step that the browser can take back. */
  go: (change: Change) => void;
  /** The same step, told more exactly: what is typed letter by letter. */
  adjust: (change: Change) => void;
}

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}

const read = () => window.location.search;

function step(how: "pushState" | "replaceState", change: Change): void {
  const address = parseLeadsAddress(read());
  window.history[how](
    null,
    "",
    leadsHref({ ...address, ...(typeof change === "function" ? change(address) : change) }),
  );
  for (const listener of listeners) listener();
}

/** Where the page stands. The address is the only truth; moving inside it never asks the server for a page, and the page
 *  follows at once, not when the router has: a box that is ticked stays ticked. */
export function useLeadsAddress(): LeadsPlace {
  const first = useSearchParams().toString();
  const search = useSyncExternalStore(subscribe, read, () => first);
  return useMemo(() => {
    const address = parseLeadsAddress(search);
    return {
      address,
      hrefOf: (change) => leadsHref({ ...address, ...change }),
      go: (change) => step("pushState", change),
      adjust: (change) => step("replaceState", change),
    };
  }, [search]);
}
