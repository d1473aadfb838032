import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Viewer } from "@/lib/client/keys";
import { leadsKeys } from "@/lib/client/leads-queries";
import { useSummary } from "@/lib/client/live";

/** However much moves, the list is read again no more often. */
const SETTLES_MS = 700;

/** Reads the list again when something of an account changed: the stream tells of changes by the number of the change feed in
 *  each account's summary. */
export function useLeadChanges(viewer: Viewer): void {
  const client = useQueryClient();
  const change = useSummary(viewer)
    ?.accounts.map((account) => `${account.id}:${account.change}`)
    .join();
  const seen = useRef(change);
  useEffect(() => {
    if (seen.current === change) return;
    const timer = setTimeout(() => {
      seen.current = change;
      void client.invalidateQueries({ queryKey: leadsKeys.lists(viewer) });
    }, SETTLES_MS);
    return () => clearTimeout(timer);
  }, [client, viewer, change]);
}
