import type { QueryClient } from "@tanstack/react-query";
import type { ComposerStore } from "@/lib/client/composer-store";
import { keys, type Viewer } from "@/lib/client/keys";
import { onSignedOut } from "@/lib/client/signed-out";
import { hearTabs } from "@/lib/client/tabs";

/** One composer per conversation and tab, found by the cache that it belongs to: another user's cache has its own. */
const stores = new WeakMap<QueryClient, Map<string, ComposerStore>>();

/** The composers that were opened in this tab, by the name of their draft. */
export function composersOf(client: QueryClient): Map<string, ComposerStore> {
  const known = stores.get(client) ?? new Map<string, ComposerStore>();
  stores.set(client, known);
  return known;
}

/** Saves what is unsaved in all conversations of this tab when it is left, keeps it here when the session is over, and
 *  listens for what other tabs save. */
export function watchTab(client: QueryClient, viewer: Viewer): () => void {
  const all = () => [...composersOf(client).values()];
  const flush = () => {
    for (const store of all()) store.flush(true);
  };
  const onVisibility = () => {
    if (document.visibilityState === "hidden") flush();
  };
  const onOnline = () => {
    for (const store of all()) store.online();
  };
  document.addEventListener("visibilitychange", onVisibility);
  window.addEventListener("online", onOnline);
  window.addEventListener("pagehide", flush);
  const forget = onSignedOut(() => {
    for (const store of all()) store.keep();
  });
  const deafen = hearTabs((news) => {
    if (news.userId !== viewer.userId) return;
    void client.invalidateQueries({
      queryKey: keys.threads(viewer),
      predicate: ({ queryKey }) => queryKey.includes(news.channel) && queryKey.includes(news.externalId),
    });
  });
  return () => {
    document.removeEventListener("visibilitychange", onVisibility);
    window.removeEventListener("online", onOnline);
    window.removeEventListener("pagehide", flush);
    forget();
    deafen();
  };
}
