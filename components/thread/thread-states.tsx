"use client";

import CloudOff from "lucide-react/icons/cloud-off";
import SearchX from "lucide-react/icons/search-x";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { ApiProblem } from "@/lib/client/api-error";

/** A conversation on its way. The log is there from the start, so that what arrives is read out. */
export function ThreadLoading() {
  const t = useTranslations("thread");
  return (
    <>
      <div className="flex h-[4.1875rem] shrink-0 items-center gap-3 border-line border-b px-5">
        <Skeleton className="size-[34px]" />
        <div className="flex-1 space-y-2">
          <Skeleton className="w-64 max-w-full" />
          <Skeleton className="w-40 max-w-full" />
        </div>
      </div>
      <div
        role="log"
        aria-busy="true"
        aria-label={t("loading")}
        className="flex flex-1 flex-col justify-end gap-4 p-5"
      >
        <Skeleton className="h-10 w-2/3" />
        <Skeleton className="h-14 w-1/2 self-end" />
        <Skeleton className="h-10 w-3/5" />
      </div>
    </>
  );
}

/** The conversation could not be opened: what happened, what is safe, what to do. */
export function ThreadFailed({
  problem,
  onRetry,
  onBack,
}: {
  problem: ApiProblem;
  onRetry: () => void;
  onBack: () => void;
}) {
  const t = useTranslations("thread");
  const errors = useTranslations("errors");
  const isMissing = problem === "not_found";
  return (
    <div role="alert" className="grid flex-1 place-items-center overflow-y-auto">
      <EmptyState
        level={1}
        icon={isMissing ? <SearchX /> : <CloudOff />}
        title={isMissing ? t("failed.notFoundTitle") : t("failed.title")}
        action={
          <div className="flex flex-wrap justify-center gap-2">
            <Button onClick={onBack}>{t("back")}</Button>
            {!isMissing && (
              <Button variant="primary" onClick={onRetry}>
                {t("again")}
              </Button>
            )}
          </div>
        }
      >
        {isMissing ? (
          t("failed.notFoundBody")
        ) : (
          <>
            <p>{errors(problem)}</p>
            <p>{t("failed.safe")}</p>
          </>
        )}
      </EmptyState>
    </div>
  );
}
