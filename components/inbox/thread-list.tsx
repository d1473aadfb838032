"use client";

import { useTranslations } from "next-intl";
import { type Ref, useCallback, useEffect, useImperativeHandle, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { rowKeyOf } from "@/lib/client/cache";
import type { ThreadRow as Row } from "@/lib/shared/api/inbox";
import { ThreadRow } from "./thread-row";
import { useFixedRows } from "./use-fixed-rows";

const ROW_HEIGHT = 80;

/** What the keyboard asks of the list. */
export interface ListHandle {
  move(step: 1 | -1): void;
  /** The marked row, else the first. */
  openMarked(): void;
  show(row: Row): void;
}

/** The conversations, as many rows as fit: each is a link to its own address. */
export function ThreadList({
  ref,
  rows,
  openKey,
  hrefOf,
  onOpen,
  onNear,
  more,
}: {
  ref: Ref<ListHandle>;
  rows: readonly Row[];
  openKey: string | null;
  hrefOf: (row: Row) => string;
  onOpen: (row: Row, isByKeys: boolean) => void;
  onNear: (row: Row) => void;
  /** The pages that follow. `isWanted`: also when nobody scrolls there. */
  more: { hasMore: boolean; isLoading: boolean; isFailed: boolean; isWanted: boolean; load: () => void };
}) {
  const t = useTranslations("inbox");
  const scroller = useRef<HTMLDivElement>(null);
  const [marked, setMarked] = useState<string | null>(null);
  const wantsFocus = useRef(false);
  const { indexes, totalHeight, showRow } = useFixedRows(scroller, {
    count: rows.length + (more.hasMore ? 1 : 0),
    rowHeight: ROW_HEIGHT,
  });

  const acts = useRef({ onOpen, onNear });
  acts.current = { onOpen, onNear };
  const open = useCallback((row: Row, isByKeys: boolean) => acts.current.onOpen(row, isByKeys), []);
  const near = useCallback((row: Row) => acts.current.onNear(row), []);

  const lastVisible = indexes.at(-1) ?? 0;
  const isNearEnd = lastVisible >= rows.length - 10;
  const wantsMore = more.hasMore && !more.isLoading && !more.isFailed && (isNearEnd || more.isWanted);
  const load = useRef(more.load);
  load.current = more.load;
  useEffect(() => {
    if (wantsMore) load.current();
  }, [wantsMore]);

  useEffect(() => {
    if (!wantsFocus.current || marked === null) return;
    const link = scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(marked)}"]`);
    if (!link) return;
    wantsFocus.current = false;
    link.focus({ preventScroll: true });
  });

  // An address that was opened directly shows its own row too.
  const openIndex = openKey === null ? -1 : rows.findIndex((row) => rowKeyOf(row) === openKey);
  const hasShownOpen = useRef(false);
  useEffect(() => {
    if (openIndex === -1 || hasShownOpen.current) return;
    hasShownOpen.current = true;
    showRow(openIndex);
  }, [openIndex, showRow]);

  useImperativeHandle(ref, () => ({
    move(step) {
      const from = rows.findIndex((row) => rowKeyOf(row) === focusedKey(scroller.current, marked, openKey));
      const to =
        from === -1
          ? step === 1
            ? 0
            : rows.length - 1
          : Math.min(rows.length - 1, Math.max(0, from + step));
      const row = rows[to];
      if (row === undefined) return;
      wantsFocus.current = true;
      showRow(to);
      setMarked(rowKeyOf(row));
      onNear(row);
    },
    openMarked() {
      const row =
        rows.find((other) => rowKeyOf(other) === marked) ?? (openKey === null ? rows[0] : undefined);
      if (row) onOpen(row, true);
    },
    show(row) {
      const index = rows.indexOf(row);
      if (index !== -1) showRow(index);
    },
  }));

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
      <ul aria-label={t("list")} className="relative" style={{ height: totalHeight }}>
        {indexes.map((index) => {
          const row = rows[index];
          return (
            <li
              key={row === undefined ? "more" : rowKeyOf(row)}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${index * ROW_HEIGHT}px)` }}
            >
              {row === undefined ? (
                <MoreRow isFailed={more.isFailed} onRetry={more.load} />
              ) : (
                <ThreadRow
                  row={row}
                  rowKey={rowKeyOf(row)}
                  href={hrefOf(row)}
                  isOpen={rowKeyOf(row) === openKey}
                  onOpen={open}
                  onNear={near}
                />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Where the keyboard stands: the row that has the focus, else the last one it moved to, else the open one. */
function focusedKey(scroller: HTMLElement | null, marked: string | null, open: string | null): string | null {
  const focused = scroller?.querySelector<HTMLElement>("[data-row]:focus")?.dataset.row;
  return focused ?? open ?? marked;
}

function MoreRow({ isFailed, onRetry }: { isFailed: boolean; onRetry: () => void }) {
  const t = useTranslations("inbox");
  if (!isFailed) {
    return (
      <div className="px-4 py-3">
        <span className="sr-only">{t("more")}</span>
        <RowSkeleton />
      </div>
    );
  }
  return (
    <div className="flex h-20 items-center justify-center gap-3 px-4 text-ink-2 text-sm">
      {t("moreFailed")}
      <Button size="sm" onClick={onRetry}>
        {t("again")}
      </Button>
    </div>
  );
}

/** A row that is still on its way. */
export function RowSkeleton() {
  return (
    <div className="flex gap-3">
      <Skeleton className="size-[26px] shrink-0" />
      <div className="flex-1 space-y-2 pt-0.5">
        <Skeleton className="w-1/2" />
        <Skeleton className="w-4/5" />
        <Skeleton className="w-2/3" />
      </div>
    </div>
  );
}
