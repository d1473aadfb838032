"use client";

import { useTranslations } from "next-intl";
import { useActReasonWords } from "@/components/claim/use-claim-words";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import { problemOf } from "@/lib/client/api-error";
import type { ActOptions } from "@/lib/shared/api/claim";

/** What is asked of Mercado Libre before an act, while it is on its way and when it does not come. */
export function OptionsState({
  query,
}: {
  query: {
    isPending: boolean;
    isError: boolean;
    isFetching: boolean;
    error: unknown;
    refetch: () => unknown;
  };
}) {
  const t = useTranslations("claim.ask");
  const errors = useTranslations("errors");
  if (query.isError) {
    return (
      <Notice
        tone="soon"
        role="alert"
        action={
          <Button size="sm" isBusy={query.isFetching} onClick={() => void query.refetch()}>
            {t("again")}
          </Button>
        }
      >
        {t("failed", { why: errors(problemOf(query.error)) })}
      </Notice>
    );
  }
  return (
    <p role="status" className="flex items-center gap-2 text-ink-2 text-sm empty:hidden">
      {query.isPending && (
        <>
          <Spinner /> {t("loading")}
        </>
      )}
    </p>
  );
}

/** Why Mercado Libre does not offer it now. Null: it does, or has not been asked. */
export function useOptionsStop(options: ActOptions | undefined): string | null {
  const t = useTranslations("claim.ask");
  const reasonWords = useActReasonWords();
  if (options?.kind !== "closed") return null;
  return t("closed", { why: reasonWords(options.reason) ?? "" }).trim();
}
