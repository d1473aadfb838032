"use client";

import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useReasonWords } from "@/components/thread/use-reason-words";
import { cx } from "@/components/ui/cx";
import type { Rejection, SendProblem } from "@/lib/client/composer-store";
import { fixOf } from "@/lib/shared/view/reasons";

/** What the writer should know before or after pressing Send, inside the field's own frame. */
export function ComposerHints({
  id,
  problem,
  isWaitingForFiles,
  isOnlyLocal,
  over,
  rejection = null,
  isFound = false,
}: {
  id: string;
  problem: SendProblem | null;
  isWaitingForFiles: boolean;
  isOnlyLocal: boolean;
  /** Characters beyond the limit. */
  over: number;
  /** What this text was rejected for before. */
  rejection?: Rejection | null;
  /** A warning below shows where, and says what to change. */
  isFound?: boolean;
}) {
  const t = useTranslations("composer");
  const errors = useTranslations("errors");
  return (
    <div id={id} aria-live="polite" className="px-3">
      {rejection !== null && <RejectionHint rejection={rejection} isFound={isFound} />}
      {over > 0 && <Hint tone="due">{t("over", { count: over })}</Hint>}
      {problem !== null && (
        <Hint tone={problem.kind === "api" ? "due" : "soon"}>
          {problem.kind === "api"
            ? t("problem.api", { why: errors(problem.code) })
            : t(`problem.${problem.kind}`)}
        </Hint>
      )}
      {isWaitingForFiles && <Hint tone="ink">{t("waitingFiles")}</Hint>}
      {isOnlyLocal && problem === null && <Hint tone="soon">{t("onlyLocal")}</Hint>}
    </div>
  );
}

/** Stays while the text is written anew: what was wrong with it is easily forgotten. */
function RejectionHint({ rejection, isFound }: { rejection: Rejection; isFound: boolean }) {
  const t = useTranslations("composer");
  const threads = useTranslations("thread");
  const why = useReasonWords()(rejection.reason);
  return (
    <Hint tone="due">
      <span>
        {why === null ? `${threads("truth.rejected")}.` : t("rejected", { why })}{" "}
        {!isFound && <span className="text-ink-2">{threads(`fix.${fixOf(rejection.reason)}`)}</span>}
      </span>
    </Hint>
  );
}

function Hint({ tone, children }: { tone: "due" | "soon" | "ink"; children: ReactNode }) {
  return (
    <p
      className={cx(
        "flex items-start gap-2 py-1 text-xs",
        tone === "due" ? "text-due" : tone === "soon" ? "text-soon" : "text-ink-2",
      )}
    >
      {tone !== "ink" && <TriangleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />}
      {children}
    </p>
  );
}
