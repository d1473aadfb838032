"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { problemOf } from "@/lib/client/api-error";
import type { LastSent } from "@/lib/client/last-sent";
import { msLeft } from "@/lib/shared/view/undo";
import { UndoCountdown } from "./undo-countdown";

/** Over the composer of the next conversation: what was just sent from the one before it, for as long as it can be taken
 *  back. One at a time; it covers the end of the log rather than move anything. */
export function SentLine({
  sent: { buyer, reply },
  undo,
}: {
  sent: LastSent;
  /** Resolves when the server has answered. */
  undo: () => Promise<unknown>;
}) {
  const t = useTranslations("thread");
  const errors = useTranslations("errors");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // What is there from the start is not read out: it comes a moment after its region.
  const [isTold, setTold] = useState(false);
  useEffect(() => setTold(true), []);
  const { createdAt, sendsAt } = reply;
  if (sendsAt === null) return null;
  return (
    <div className="pointer-events-none relative z-10 h-0 shrink-0">
      <section
        aria-label={t("justSent.label")}
        className="pointer-events-auto absolute bottom-2 left-1/2 flex w-max max-w-[calc(100%-1.5rem)] -translate-x-1/2 items-center gap-2 rounded-full border border-line bg-pane py-1 pr-1.5 pl-3.5 text-sm shadow-pop"
      >
        <p role="status" className="flex min-w-0 gap-1">
          {isTold && (
            <>
              <span className="min-w-0 truncate text-ink-2">
                {t("justSent.to", { buyer: buyer ?? t("buyer") })}
              </span>
              <span className="shrink-0">
                <UndoCountdown createdAt={createdAt} sendsAt={sendsAt} hasKeys />
              </span>
            </>
          )}
        </p>
        {problem !== null && (
          <p role="alert" className="text-due text-xs">
            {t("act.failed", { why: problem })}
          </p>
        )}
        <button
          type="button"
          disabled={isBusy}
          aria-keyshortcuts="Control+Z Meta+Z"
          onClick={() => {
            setBusy(true);
            setProblem(null);
            undo().catch((error: unknown) => {
              setProblem(errors(problemOf(error)));
              setBusy(false);
            });
          }}
          className="shrink-0 rounded-full px-2.5 py-1 font-semibold text-accent hover:bg-accent-wash disabled:opacity-55 max-md:min-h-11"
        >
          {t("act.undo")}
        </button>
      </section>
    </div>
  );
}

/** Can it still be taken back, by this browser's own clock? */
export function useIsInTime(sent: LastSent | null): boolean {
  const createdAt = sent?.reply.createdAt.getTime() ?? 0;
  const sendsAt = sent?.reply.sendsAt?.getTime() ?? 0;
  const [isOver, setOver] = useState(true);
  useEffect(() => {
    const left = msLeft(createdAt, sendsAt, Date.now());
    setOver(left <= 0);
    const timer = setTimeout(() => setOver(true), left);
    return () => clearTimeout(timer);
  }, [createdAt, sendsAt]);
  return sent !== null && !isOver;
}
