import type { Query, QueryClient } from "@tanstack/react-query";
import type { InboxPages } from "@/lib/client/cache";
import { keys, type Viewer } from "@/lib/client/keys";
import { type ListFilter, placeRows } from "@/lib/client/place-rows";
import { isThreadView } from "@/lib/client/queries";
import type { ChangeEvent } from "@/lib/shared/api/events";
import type { Summary } from "@/lib/shared/api/inbox";

/** An answer may have been read before a change and arrive after its event: so long an event is remembered. */
const REMEMBERED_MS = 15_000;
/** However much moves, counts are asked for again no more often. */
const COUNTED_MS = 1_000;
/** Of an answer that the page came with, it is not known when it was asked for. */
const PAGE_MS = 5_000;

/** Puts what the stream tells into the cache. Lists are edited; of conversations, those that are cached are read again:
 *  at once when they are on the screen. */
export interface Changes {
  apply(event: ChangeEvent): void;
  /** Everything may have changed. */
  reset(): void;
  close(): void;
}

export function followChanges(client: QueryClient, viewer: Viewer): Changes {
  /** Null: everything. */
  let recent: { no: number; at: number; event: ChangeEvent | null }[] = [];
  let last = 0;
  /** Per question that is under way, the last event before it. */
  const askedAfter = new Map<string, number>();

  function remember(event: ChangeEvent | null): void {
    const at = Date.now();
    last += 1;
    recent = [...recent.filter((one) => at - one.at < REMEMBERED_MS), { no: last, at, event }];
  }

  function place(query: Query, event: ChangeEvent): void {
    const filter = filterOf(query);
    if (filter === null) return;
    client.setQueryData<InboxPages>(query.queryKey, (pages) => placeRows(pages, filter, event.rows));
  }

  function isAbout(query: Query, { threads }: ChangeEvent): boolean {
    const { data } = query.state;
    const [account, channel, externalId] = query.queryKey.slice(keys.threads(viewer).length);
    const owner = isThreadView(data) ? data.row.accountId : account;
    // A chain of questions is told by its anchor and cached under any of them: until it is here, each may be meant.
    const anchor = isThreadView(data) ? data.row.externalId : channel === "questions" ? null : externalId;
    return threads.some(
      (thread) =>
        thread.channel === channel &&
        thread.externalId === (anchor ?? thread.externalId) &&
        (thread.accountId === owner || String(owner).startsWith("current:")),
    );
  }

  const readAgain = (query: Query) => client.invalidateQueries({ queryKey: query.queryKey, exact: true });

  /** An answer has come, or came with the page: what happened since it was asked for goes over it. */
  function catchUp(query: Query): void {
    const isList = filterOf(query) !== null;
    const asked = askedAfter.get(query.queryHash);
    askedAfter.delete(query.queryHash);
    const missed = recent.filter(({ no, at }) =>
      asked === undefined ? Date.now() - at < PAGE_MS : no > asked,
    );
    if (missed.some(({ event }) => event === null)) return void setTimeout(() => readAgain(query));
    for (const { event } of missed) {
      if (event === null) continue;
      if (isList) place(query, event);
      else if (isThread(query) && isAbout(query, event)) return void setTimeout(() => readAgain(query));
    }
  }

  let counting: ReturnType<typeof setTimeout> | undefined;
  function recount(): void {
    counting ??= setTimeout(() => {
      counting = undefined;
      void client.invalidateQueries({ queryKey: keys.allCounts(viewer) });
    }, COUNTED_MS);
  }

  const isThread = (query: Query) => query.queryKey[2] === keys.threads(viewer)[2];

  const unsubscribe = client.getQueryCache().subscribe((change) => {
    const { query } = change;
    if (change.type === "added" && query.state.data !== undefined) catchUp(query);
    if (change.type !== "updated") return;
    const { action } = change;
    if (action.type === "fetch") askedAfter.set(query.queryHash, last);
    else if (action.type === "setState" || (action.type === "success" && action.manual !== true)) {
      catchUp(query);
    }
  });

  function reset(): void {
    remember(null);
    void client.invalidateQueries({ queryKey: keys.lists(viewer) });
    recount();
    void client.invalidateQueries({ queryKey: keys.threads(viewer) });
  }

  return {
    apply(event) {
      const before = client.getQueryData<Summary>(keys.summary(viewer));
      client.setQueryData<Summary>(keys.summary(viewer), event.summary);
      // Progress of a sync changes no row; an account that is connected or not changes what all of its screens offer.
      if (event.isWide && statesIn(before) !== statesIn(event.summary)) return reset();
      remember(event);
      recount();
      const cache = client.getQueryCache();
      for (const query of cache.findAll({ queryKey: keys.lists(viewer) })) place(query, event);
      for (const query of cache.findAll({ queryKey: keys.threads(viewer) })) {
        if (isAbout(query, event)) void readAgain(query);
      }
    },
    reset,
    close() {
      clearTimeout(counting);
      unsubscribe();
    },
  };

  function filterOf(query: Query) {
    const [, , kind, filter] = query.queryKey;
    return kind === keys.lists(viewer)[2] && isFilter(filter) ? filter : null;
  }
}

function statesIn(summary: Summary | undefined): string {
  return JSON.stringify(summary?.accounts.map(({ id, state }) => [id, state]));
}

function isFilter(value: unknown): value is ListFilter {
  return typeof value === "object" && value !== null && "channel" in value && "account" in value;
}
