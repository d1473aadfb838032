"use client";

import { useMutation } from "@tanstack/react-query";
import CloudOff from "lucide-react/icons/cloud-off";
import RefreshCw from "lucide-react/icons/refresh-cw";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { type ApiProblem, problemOf } from "@/lib/client/api-error";
import { refreshLeads } from "@/lib/client/leads-queries";
import { useNow } from "@/lib/client/now";
import { ago, exactTime } from "@/lib/shared/view/moments";

/** The page while its first answer is on its way. */
export function Loading() {
  const t = useTranslations("leads");
  return (
    <div role="status" className="flex flex-col gap-4">
      <span className="sr-only">{t("loading")}</span>
      <div className="grid gap-3 sm:grid-cols-3">
        {["a", "b", "c"].map((key) => (
          <div key={key} className="flex h-28 flex-col gap-3 rounded-3 border border-line bg-pane p-4">
            <Skeleton className="w-24" />
            <Skeleton className="h-7 w-16" />
            <Skeleton className="w-40" />
          </div>
        ))}
      </div>
      <div className="h-96 rounded-3 border border-line bg-pane p-4">
        <Skeleton className="w-32" />
      </div>
    </div>
  );
}

/** Nothing could be fetched: what happened, what is safe, what to do. */
export function Failed({
  title,
  problem,
  onRetry,
}: {
  title: string;
  problem: ApiProblem;
  onRetry: () => void;
}) {
  const t = useTranslations("leads");
  const errors = useTranslations("errors");
  return (
    <div role="alert">
      <EmptyState icon={<CloudOff />} title={title} action={<Button onClick={onRetry}>{t("again")}</Button>}>
        <p>{errors(problem)}</p>
        <p>{t("failed.safe")}</p>
      </EmptyState>
    </div>
  );
}

/** When Mercado Libre was last asked, and a way to have it asked now. */
export function ReadAt({ at, zone, account }: { at: Date | null; zone: string; account: string | null }) {
  const t = useTranslations("leads.read");
  const errors = useTranslations("errors");
  const locale = useLocale();
  const now = useNow();
  const refresh = useMutation({ mutationFn: () => refreshLeads(account) });
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-3 text-sm">
      {at !== null && (
        <time dateTime={at.toISOString()} title={exactTime(at, locale, zone)} suppressHydrationWarning>
          {t("at", { when: ago(at, now, locale) })}
        </time>
      )}
      <Button
        variant="ghost"
        size="sm"
        isBusy={refresh.isPending}
        onClick={() => refresh.mutate()}
        className="[&_svg]:size-3.5"
      >
        {!refresh.isPending && <RefreshCw aria-hidden="true" />}
        {t("now")}
      </Button>
      <span role="status">
        {refresh.isSuccess && t("asked")}
        {refresh.isError && errors(problemOf(refresh.error))}
      </span>
    </div>
  );
}
