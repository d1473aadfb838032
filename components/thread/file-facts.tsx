"use client";

import FileGlyph from "lucide-react/icons/file";
import FileImage from "lucide-react/icons/file-image";
import FileText from "lucide-react/icons/file-text";
import { useLocale } from "next-intl";
import { cx } from "@/components/ui/cx";
import { fileKindOf, fileTypeLabel, formatBytes } from "@/lib/shared/view/files";

/** The mark of a file, by its kind. */
export function FileMark({ type, className }: { type: string | null; className?: string }) {
  const kind = fileKindOf(type);
  const Icon = kind === "image" ? FileImage : kind === "other" ? FileGlyph : FileText;
  return (
    <span
      aria-hidden="true"
      className={cx(
        "inline-flex size-8 shrink-0 items-center justify-center rounded-1 [&_svg]:size-4",
        kind === "pdf" ? "bg-due-wash text-due" : "bg-mute-wash text-mute",
        className,
      )}
    >
      <Icon />
    </span>
  );
}

/** What stands under a file's name: its size and type. */
export function FileFacts({ name, type, size }: { name: string; type: string | null; size: number | null }) {
  const locale = useLocale();
  const facts = [size === null ? "" : formatBytes(size, locale), fileTypeLabel(name, type)];
  return <span className="text-ink-3 text-xs">{facts.filter((fact) => fact !== "").join(" · ")}</span>;
}
