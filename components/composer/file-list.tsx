"use client";

import RotateCw from "lucide-react/icons/rotate-cw";
import X from "lucide-react/icons/x";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { FileFacts, FileMark } from "@/components/thread/file-facts";
import { cx } from "@/components/ui/cx";
import { iconButtonClass } from "@/components/ui/icon-button";
import { type ComposerFile, takenOf } from "@/lib/client/composer-files";
import type { ComposerStore } from "@/lib/client/composer-store";
import type { AttachmentRules } from "@/lib/shared/attachment-rules";
import { fileTypeLabel, formatBytes, typeLabel } from "@/lib/shared/view/files";

/** The files beside the field, each with its own fate. */
export function FileList({
  store,
  files,
  rules,
}: {
  store: Pick<ComposerStore, "retryFile" | "removeFile">;
  files: readonly ComposerFile[];
  rules: AttachmentRules;
}) {
  const t = useTranslations("composer");
  if (files.length === 0) return null;
  const hasRoom = takenOf(files) < rules.maxPerMessage;
  return (
    <ul aria-label={t("files")} className="flex max-h-[30dvh] flex-wrap gap-2 overflow-y-auto px-3 py-1.5">
      {files.map((file) => (
        <FileItem key={file.localId} store={store} file={file} rules={rules} hasRoom={hasRoom} />
      ))}
    </ul>
  );
}

function FileItem({
  store,
  file,
  rules,
  hasRoom,
}: {
  store: Pick<ComposerStore, "retryFile" | "removeFile">;
  file: ComposerFile;
  rules: AttachmentRules;
  /** One more would fit into the message. */
  hasRoom: boolean;
}) {
  const t = useTranslations("composer.file");
  const changes = useTranslations("files.change");
  const { state, name } = file;
  const canRetry =
    state.kind === "failed" || (state.kind === "refused" && state.refusal === "too_many" && hasRoom);
  const isBad = state.kind === "refused" || state.kind === "failed";
  const isMoving = state.kind === "checking" || state.kind === "uploading";
  return (
    <li
      className={cx(
        "flex max-w-full items-center gap-2 rounded-2 border py-1.5 pr-1 pl-1.5",
        isBad ? "border-due bg-due-wash" : "border-line bg-pane",
      )}
    >
      <FileMark type={state.kind === "ready" ? state.file.type : null} />
      <div className="min-w-0">
        <p className="max-w-[16rem] truncate text-sm" title={name}>
          {name}
        </p>
        <FileStateLine file={file} rules={rules} />
        {file.change !== null && !isBad && (
          <p
            title={file.change.name}
            className="line-clamp-2 max-w-[20rem] text-ink-2 text-xs [overflow-wrap:anywhere]"
          >
            {changes(file.change.kind, { name: file.change.name })}
          </p>
        )}
      </div>
      {canRetry && (
        <button
          type="button"
          aria-label={t("retry", { name })}
          onClick={() => store.retryFile(file.localId)}
          className={iconButtonClass()}
        >
          <RotateCw aria-hidden="true" />
        </button>
      )}
      <button
        type="button"
        aria-label={isMoving ? t("cancel", { name }) : t("remove", { name })}
        onClick={() => store.removeFile(file.localId)}
        className={iconButtonClass()}
      >
        <X aria-hidden="true" />
      </button>
    </li>
  );
}

function FileStateLine({ file, rules }: { file: ComposerFile; rules: AttachmentRules }) {
  const t = useTranslations("composer.file");
  const refusals = useTranslations("composer.refusal");
  const errors = useTranslations("errors");
  const locale = useLocale();
  const format = useFormatter();
  const { state } = file;
  switch (state.kind) {
    case "checking":
      return <p className="text-ink-3 text-xs">{t("checking")}</p>;
    case "uploading": {
      const words = t("uploading", { percent: format.number(state.share, { style: "percent" }) });
      return (
        <>
          <p className="text-ink-3 text-xs">{words}</p>
          <progress aria-label={file.name} value={state.share} max={1} className="sync-bar block h-1 w-32" />
        </>
      );
    }
    case "ready":
      return (
        <FileFacts name={file.change?.name ?? file.name} type={state.file.type} size={state.file.size} />
      );
    case "failed":
      return (
        <p role="alert" className="max-w-[20rem] text-due text-xs">
          {t("failed", { why: errors(state.problem) })}
        </p>
      );
    case "refused":
      return (
        <p role="alert" className="max-w-[20rem] text-due text-xs">
          {refusals(
            state.refusal === "type" && isNamedAs(rules.types, file.name) ? "content" : state.refusal,
            {
              limit: formatBytes(rules.maxBytes, locale),
              types: [...new Set(rules.types.map(typeLabel))].join(", "),
              max: rules.maxPerMessage,
            },
          )}
        </p>
      );
  }
}

/** Does the name claim a type that is taken? Then it is the content that is another. */
function isNamedAs(types: readonly string[], name: string): boolean {
  const claimed = fileTypeLabel(name, null).replace("JPEG", "JPG");
  return types.some((type) => typeLabel(type) === claimed);
}
