"use client";

import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import type { SendProblem } from "@/lib/client/composer-store";

/** What the writer should know before or after pressing Send, inside the field's own frame. */
export function ComposerHints({
  id,
  problem,
  isWaitingForFiles,
  isOnlyLocal,
  over,
}: {
  id: string;
  problem: SendProblem | null;
  isWaitingForFiles: boolean;
  isOnlyLocal: boolean;
  /** Characters beyond the limit. */
  over: number;
}) {
  const t = useTranslations("composer");
  const errors = useTranslations("errors");
  return (
    <div id={id} aria-live="polite" className="px-3">
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
