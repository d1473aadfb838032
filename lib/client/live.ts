import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { keys, type ThreadRef, type Viewer } from "@/lib/client/keys";
import { summaryOptions, threadOptions } from "@/lib/client/queries";
import type { Summary } from "@/lib/shared/api/inbox";

/** How the browser learns that something changed. Today it asks for the summary while the tab is visible; a stream of
 *  events may take the place of the asking without any other module noticing. */
const POLL_MS = 4_000;

/** The accounts whose change number moved between two summaries. A summary without a predecessor tells nothing. */
export function movedAccounts(before: Summary | undefined, after: Summary): string[] {
  if (before === undefined) return [];
  const known = new Map(before.accounts.map((account) => [account.id, account.change]));
  return after.accounts.filter((account) => known.get(account.id) !== account.change).map(({ id }) => id);
}

/** Keeps the cache as fresh as the server says it must be, and returns the newest summary. One caller per page. */
export function useLive(viewer: Viewer): Summary | undefined {
  const client = useQueryClient();
  const { data } = useQuery({
    ...summaryOptions(viewer),
    refetchInterval: POLL_MS,
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: "always",
    staleTime: 0,
  });
  const seen = useRef<Summary | undefined>(undefined);
  useEffect(() => {
    if (data === undefined) return;
    const moved = movedAccounts(seen.current, data);
    seen.current = data;
    if (moved.length > 0) markStale(client, viewer, moved);
  }, [client, data, viewer]);
  return data;
}

/** Everything that may show these accounts is read again: what is on the screen now, the rest when it is next shown. */
export function markStale(client: QueryClient, viewer: Viewer, accounts: readonly string[]): void {
  void client.invalidateQueries({ queryKey: keys.lists(viewer) });
  void client.invalidateQueries({
    queryKey: keys.threads(viewer),
    predicate: (query) => {
      const view: unknown = query.state.data;
      const owner = ownerOf(view);
      return owner === null || accounts.includes(owner);
    },
  });
}

function ownerOf(view: unknown): string | null {
  if (typeof view !== "object" || view === null || !("row" in view)) return null;
  const { row } = view;
  if (typeof row !== "object" || row === null || !("accountId" in row)) return null;
  return typeof row.accountId === "string" ? row.accountId : null;
}

/** What was sold in an open conversation, once it was read: null when that is not known. Asks for nothing by itself. */
export function useProductOf(viewer: Viewer, ref: ThreadRef): string | null {
  const { data: product = null } = useQuery({
    ...threadOptions(viewer, ref),
    select: (view) => view.row.product,
    enabled: false,
  });
  return product;
}

/** Shows the number of conversations with something new before the page's own title, also after the framework has
 *  written that title anew. */
export function useUnreadTitle(fresh: number, base: string): void {
  useEffect(() => {
    const wanted = titleWith(base, fresh);
    const write = () => {
      if (document.title !== wanted) document.title = wanted;
    };
    write();
    const observer = new MutationObserver(write);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [base, fresh]);
}

export function titleWith(base: string, fresh: number): string {
  return fresh > 0 ? `(${fresh > 99 ? "99+" : fresh}) ${base}` : base;
}
