"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { cx } from "@/components/ui/cx";
import { Spinner } from "@/components/ui/spinner";
import type { FileProblem, ShownFile } from "@/lib/client/preview";
import { isHeic, promisedPreview } from "@/lib/shared/files/preview";
import { FileFacts, FileMark } from "./file-facts";
import { LazyFileViewer, loadFileViewer } from "./viewer/lazy-file-viewer";
import { type Saving, useSaving } from "./viewer/use-saving";

const CARD = "relative flex min-w-0 max-w-full items-center gap-2.5 rounded-2 border p-2 pr-3";
const PLAIN = "border-line bg-pane";

/** A file of ours that is not at Mercado Libre yet: nothing can be done with it here. */
export function FileCard({
  name,
  type,
  size,
  isFaulty = false,
}: {
  name: string;
  type: string | null;
  size: number | null;
  /** It is why the reply did not leave. */
  isFaulty?: boolean;
}) {
  return (
    <div className={cx(CARD, isFaulty ? "border-due bg-due-wash" : PLAIN)}>
      <FileMark type={type} />
      <span className="flex min-w-0 flex-col">
        <span className="break-words text-sm">{name}</span>
        <FileFacts name={name} type={type} size={size} />
      </span>
    </div>
  );
}

/** A file of the conversation: its name is its download, and beside it what can be looked at may be. */
export function AttachmentCard({ file }: { file: ShownFile }) {
  const t = useTranslations("files.file");
  const saving = useSaving(file);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <div className={cx(CARD, PLAIN, "hover:border-line-strong")}>
        <FileMark type={file.type} />
        <span className="flex min-w-0 flex-1 flex-col">
          <SaveLink file={file} saving={saving} className="after:absolute after:inset-0 after:rounded-2" />
          <SavingLine file={file} saving={saving} />
        </span>
        {promisedPreview(file.name, file.type) !== null && (
          <button
            type="button"
            aria-label={t("view", { name: file.name })}
            onPointerEnter={loadFileViewer}
            onFocus={loadFileViewer}
            onClick={() => setOpen(true)}
            className="relative -my-1 -mr-2 shrink-0 rounded-1 px-2.5 py-2 font-semibold text-accent text-sm hover:bg-accent-wash max-md:-my-2 max-md:min-h-11"
          >
            {t("look")}
          </button>
        )}
      </div>
      {isOpen && <LazyFileViewer first={file} onClose={() => setOpen(false)} />}
    </>
  );
}

/** The download of a file, named by its name alone. */
export function SaveLink({
  file,
  saving,
  className,
}: {
  file: ShownFile;
  saving: Saving;
  className?: string;
}) {
  return (
    <a
      href={file.href}
      download={file.name}
      onClick={saving.onClick}
      className={cx("break-words text-sm [overflow-wrap:anywhere]", className)}
    >
      {file.name}
    </a>
  );
}

/** Under a file's name: what it is, that it is being fetched, or why it could not be. */
export function SavingLine({ file, saving }: { file: ShownFile; saving: Saving }) {
  const t = useTranslations("files.file");
  const none = useTranslations("files.problem.none");
  return (
    <span role="status" className="flex flex-col items-start text-xs">
      {saving.isBusy ? (
        <span className="flex items-center gap-1.5 text-ink-3">
          <Spinner /> {t("savingShort")}
        </span>
      ) : saving.problem === null ? (
        <>
          <FileFacts {...file} />
          {promisedPreview(file.name, file.type) === null && (
            <span className="text-ink-3">{isHeic(file) ? none("heicShort") : none("short")}</span>
          )}
        </>
      ) : (
        <ProblemLine name={file.name} problem={saving.problem} again={saving.again} />
      )}
    </span>
  );
}

/** Why a file could not be had, in one line, and another try where that may help. */
export function ProblemLine({
  name,
  problem,
  again,
}: {
  name: string;
  problem: FileProblem;
  again: (() => void) | null;
}) {
  const t = useTranslations("files");
  const errors = useTranslations("errors");
  const words = {
    gone: () => t("problem.gone.short"),
    belied: () => t("problem.belied.short"),
    none: () => t("problem.none.title"),
    broken: () => t("problem.undrawn.short"),
    locked: () => t("problem.locked.title"),
    failed: () => `${t("problem.failed.short")}. ${problem.kind === "failed" ? errors(problem.code) : ""}`,
  }[problem.kind]();
  const canRetry = again !== null && (problem.kind === "gone" || problem.kind === "failed");
  return (
    <span className={cx(problem.kind === "belied" ? "text-soon" : "text-ink-2")}>
      {words}
      {canRetry && (
        <button
          type="button"
          aria-label={t("file.retry", { name })}
          onClick={again}
          className="relative -my-1.5 ml-1 inline-block rounded-1 px-1 py-1.5 font-semibold text-accent hover:underline max-md:-my-3 max-md:py-3"
        >
          {t("file.again")}
        </button>
      )}
    </span>
  );
}
