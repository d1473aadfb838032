"use client";

import CloudOff from "lucide-react/icons/cloud-off";
import InboxIcon from "lucide-react/icons/inbox";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { ApiProblem } from "@/lib/client/api-error";
import { RowSkeleton } from "./thread-list";

/** The list while its first page is on its way. */
export function ListLoading() {
  const t = useTranslations("inbox");
  return (
    <div role="status" className="min-h-0 flex-1 overflow-hidden">
      <span className="sr-only">{t("loading")}</span>
      {["a", "b", "c", "d", "e", "f"].map((key) => (
        <div key={key} className="h-20 border-line border-b px-4 py-3">
          <RowSkeleton />
        </div>
      ))}
    </div>
  );
}

/** The list could not be fetched: what happened, what is safe, what to do. */
export function ListFailed({ problem, onRetry }: { problem: ApiProblem; onRetry: () => void }) {
  const t = useTranslations("inbox");
  const errors = useTranslations("errors");
  return (
    <div role="alert" className="min-h-0 flex-1 overflow-y-auto">
      <EmptyState
        icon={<CloudOff />}
        title={t("failed.title")}
        action={<Button onClick={onRetry}>{t("again")}</Button>}
      >
        <p>{errors(problem)}</p>
        <p>{t("failed.safe")}</p>
      </EmptyState>
    </div>
  );
}

/** Why a list is empty. `todo`, `state`: only what it is narrowed to. */
export type EmptyReason = "nothing" | "claims" | "questions" | "todo" | "state" | "syncing" | "disconnected";

/** No conversation at all: says what will appear, or what is being read right now. */
export function ListEmpty({ reason }: { reason: EmptyReason }) {
  const t = useTranslations("inbox.empty");
  const [title, body] =
    reason === "nothing" ? [t("title"), t("body")] : [t(`${reason}Title`), t(`${reason}Body`)];
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <EmptyState icon={<InboxIcon />} title={title}>
        {body}
      </EmptyState>
    </div>
  );
}
