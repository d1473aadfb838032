"use client";

import Paperclip from "lucide-react/icons/paperclip";
import { useLocale, useTranslations } from "next-intl";
import { FileList } from "@/components/composer/file-list";
import { buttonClass } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { acceptOf } from "@/lib/shared/attachment-rules";
import { formatBytes, typeLabel } from "@/lib/shared/view/files";
import type { AskFiles } from "./use-ask-files";

/** Picks files for an act and shows what becomes of each: those that are refused say why beside the others. */
export function AskFilePicker({
  files,
  group,
  label,
  about,
  isFixed,
}: {
  files: AskFiles;
  group: string;
  label: string;
  /** What they are of, for who listens: more than one such button may stand in a question. */
  about?: string;
  isFixed: boolean;
}) {
  const t = useTranslations("claim");
  const locale = useLocale();
  const { rules } = files;
  const own = files.of(group);
  return (
    <div className="space-y-1.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <label
          className={cx(
            buttonClass("secondary", "sm"),
            "cursor-pointer has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent has-[:focus-visible]:outline-offset-2",
            isFixed && "pointer-events-none opacity-55",
          )}
        >
          <Paperclip aria-hidden="true" className="size-3.5" />
          {label}
          {about !== undefined && <span className="sr-only">: {about}</span>}
          <input
            type="file"
            multiple
            disabled={isFixed}
            accept={acceptOf(rules)}
            onChange={({ target }) => {
              if (target.files) own.add([...target.files], rules);
              target.value = "";
            }}
            className="sr-only"
          />
        </label>
        <span className="text-ink-3 text-xs">
          {t("fileRules", {
            types: [...new Set(rules.types.map(typeLabel))].join(", "),
            limit: formatBytes(rules.maxBytes, locale),
          })}
        </span>
      </div>
      <div className="-mx-3">
        <FileList
          store={{ retryFile: own.retry, removeFile: own.remove }}
          files={files.list(group)}
          rules={rules}
        />
      </div>
    </div>
  );
}
