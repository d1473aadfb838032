"use client";

import CircleHelp from "lucide-react/icons/circle-question-mark";
import CloudOff from "lucide-react/icons/cloud-off";
import InboxIcon from "lucide-react/icons/inbox";
import { useTranslations } from "next-intl";
import { Button, buttonClass } from "@/components/ui/button";
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

/** No conversation at all: says what will appear, or what is being read right now. */
export function ListEmpty({ reason }: { reason: "nothing" | "claims" | "syncing" | "disconnected" }) {
  const t = useTranslations("inbox.empty");
  const [title, body] =
    reason === "syncing"
      ? [t("syncingTitle"), t("syncingBody")]
      : reason === "disconnected"
        ? [t("disconnectedTitle"), t("disconnectedBody")]
        : reason === "claims"
          ? [t("claimsTitle"), t("claimsBody")]
          : [t("title"), t("body")];
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <EmptyState icon={<InboxIcon />} title={title}>
        {body}
      </EmptyState>
    </div>
  );
}

/** A channel that is not read yet: says what will stand here. */
export function Coming() {
  const t = useTranslations("inbox.coming");
  return (
    <EmptyState
      level={1}
      icon={<CircleHelp />}
      title={t("questionsTitle")}
      action={
        <a href="/inbox" className={buttonClass("secondary")}>
          {t("toInbox")}
        </a>
      }
    >
      {t("questionsBody")}
    </EmptyState>
  );
}
