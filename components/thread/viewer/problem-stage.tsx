"use client";

import FileX from "lucide-react/icons/file-x";
import ShieldAlert from "lucide-react/icons/shield-alert";
import { useTranslations } from "next-intl";
import { Button, buttonClass } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import type { FileProblem, ShownFile } from "@/lib/client/preview";
import { isHeic, promisedPreview } from "@/lib/shared/files/preview";
import type { Saving } from "./use-saving";

/** Why a file is not shown, and what can be done all the same. */
export function ProblemStage({
  file,
  problem,
  again,
  saving,
}: {
  file: ShownFile;
  problem: FileProblem;
  again: () => void;
  saving: Saving;
}) {
  const t = useTranslations("files.problem");
  const words = useTranslations("files");
  const { title, body } = useProblemWords(file, problem);
  const isBelied = problem.kind === "belied";
  const Icon = isBelied ? ShieldAlert : FileX;
  const canPass = problem.kind === "gone" || problem.kind === "failed";
  return (
    <div role="alert" className="viewer-stage grid place-items-center overflow-y-auto p-6">
      <div className="flex max-w-sm flex-col items-center gap-2 text-center">
        <span
          aria-hidden="true"
          className={cx(
            "mb-1 grid size-12 place-items-center rounded-full [&_svg]:size-6",
            isBelied ? "bg-soon-wash text-soon" : "bg-mute-wash text-mute",
          )}
        >
          <Icon />
        </span>
        <p className="font-semibold text-lg">{title}</p>
        <p className="text-balance text-ink-2 text-md">{body}</p>
        {isBelied && <p className="text-balance text-ink-2 text-md">{t("belied.advice")}</p>}
        <div className="mt-3 flex flex-wrap justify-center gap-2">
          {canPass && (
            <Button variant="primary" onClick={again} isBusy={saving.isBusy}>
              {words("file.again")}
            </Button>
          )}
          {problem.kind !== "gone" && (
            <a href={file.href} download={file.name} onClick={saving.onClick} className={buttonClass()}>
              {words("viewer.download")}
            </a>
          )}
        </div>
      </div>
    </div>
  );
}

function useProblemWords(file: ShownFile, problem: FileProblem): { title: string; body: string } {
  const t = useTranslations("files.problem");
  const errors = useTranslations("errors");
  switch (problem.kind) {
    case "gone":
      return { title: t("gone.title"), body: t("gone.body") };
    case "belied":
      return {
        title: t("belied.title"),
        body: t(`belied.${promisedPreview(file.name, file.type) ?? "image"}`),
      };
    case "none":
      return { title: t("none.title"), body: isHeic(file) ? t("none.heic") : t("none.body") };
    case "locked":
      return { title: t("locked.title"), body: t("locked.body") };
    case "broken": {
      const part = promisedPreview(file.name, file.type) === "pdf" ? "broken" : "undrawn";
      return { title: t(`${part}.title`), body: t(`${part}.body`) };
    }
    case "failed":
      return { title: t("failed.title"), body: errors(problem.code) };
  }
}
