import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { loadThreadPane } from "@/components/thread/lazy-thread-pane";
import { afterPaint } from "@/lib/client/after-paint";
import { rowKeyOf, rowsOf } from "@/lib/client/cache";
import type { Viewer } from "@/lib/client/keys";
import { useAnchorOf } from "@/lib/client/live";
import { inboxOptions, threadOptions } from "@/lib/client/queries";
import type { InboxFilter, ThreadRow } from "@/lib/shared/api/inbox";
import { addressOf, type InboxAddress } from "@/lib/shared/view/address";
import { type Hold, holdPlaces, orderOf } from "@/lib/shared/view/hold-places";

/** Time on a row before its conversation is fetched ahead: a pointer that only crosses the list asks for nothing. */
const NEAR_MS = 90;

/** The rows as they stand on the screen, which of them is open, and what is fetched ahead. */
export function useThreadList(viewer: Viewer, filter: InboxFilter, address: InboxAddress) {
  const client = useQueryClient();
  const list = useInfiniteQuery(inboxOptions(viewer, filter));
  const { channel, externalId, account } = address;
  const anchor = useAnchorOf(viewer, {
    channel: channel ?? "messages",
    externalId: externalId ?? "",
    account,
  });

  const [holds, setHolds] = useState<readonly Hold<ThreadRow>[]>([]);
  const names = useMemo(() => {
    const isSame = (row: ThreadRow) =>
      row.channel === channel &&
      (anchor === null ? addressOf(row) === externalId : row.externalId === anchor);
    return {
      isSame,
      keyOf: (row: ThreadRow) => rowKeyOf(row),
      stampOf: (row: ThreadRow) => `${rowKeyOf(row)} ${row.sortAt.getTime()}`,
      isFresh: (row: ThreadRow) => row.newCount > 0 && !isSame(row),
    };
  }, [channel, externalId, anchor]);
  // Each row that was opened looks for its place among all of them: not at every sign of the pointer.
  const rows = useMemo(() => holdPlaces(rowsOf(list.data), holds, names), [list.data, holds, names]);
  const openIndex = rows.findIndex(names.isSame);
  const openRow = rows[openIndex];
  const openKey = openRow === undefined ? null : rowKeyOf(openRow);

  // A row that is opened keeps its place; going back to the list lets all of them fall where the server puts them.
  if (openRow !== undefined && !holds.some((hold) => hold.key === openKey)) {
    const held = { key: rowKeyOf(openRow), order: orderOf(rows, names), row: { ...openRow, newCount: 0 } };
    setHolds([...holds, held]);
  }
  if (externalId === null && holds.length > 0) setHolds([]);

  const prefetch = useCallback(
    (row: ThreadRow) => {
      // The row may have been remembered from before the list was narrowed to another account.
      if (account !== null && row.accountId !== account) return;
      const ref = { channel: row.channel, externalId: addressOf(row), account };
      void client.prefetchQuery(threadOptions(viewer, ref));
    },
    [client, viewer, account],
  );

  // The neighbours of the open conversation are what is opened next.
  const below = openIndex === -1 ? undefined : rows[openIndex + 1];
  const above = openIndex === -1 ? undefined : rows[openIndex - 1];
  usePrefetch(below, prefetch);
  usePrefetch(above, prefetch);

  const [near, setNear] = useState<ThreadRow | null>(null);
  useEffect(() => {
    if (near === null) return;
    loadThreadPane(near.channel);
    const timer = setTimeout(() => prefetch(near), NEAR_MS);
    return () => clearTimeout(timer);
  }, [near, prefetch]);

  return { list, rows, openKey, openRow, setNear };
}

/** Fetches a conversation ahead once, however often its row is replaced by a fresher one. */
function usePrefetch(row: ThreadRow | undefined, prefetch: (row: ThreadRow) => void): void {
  const latest = useRef(row);
  useEffect(() => {
    latest.current = row;
  }, [row]);
  const key = row === undefined ? null : rowKeyOf(row);
  useEffect(() => {
    if (key === null) return;
    return afterPaint(() => latest.current !== undefined && prefetch(latest.current));
  }, [key, prefetch]);
}
