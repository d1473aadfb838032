"use client";

import ChevronLeft from "lucide-react/icons/chevron-left";
import ChevronRight from "lucide-react/icons/chevron-right";
import Download from "lucide-react/icons/download";
import X from "lucide-react/icons/x";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { FileFacts } from "@/components/thread/file-facts";
import { cx } from "@/components/ui/cx";
import { IconButton, iconButtonClass } from "@/components/ui/icon-button";
import type { ShownFile } from "@/lib/client/preview";
import { shownImages } from "./shown-images";
import { Stage } from "./stage";
import { usePreview } from "./use-preview";
import { useSaving } from "./use-saving";
import { FIT, larger, smaller, type Zoom } from "./zoom";
import { ZoomTools } from "./zoom-tools";

/** A file of the conversation over the whole screen; from a picture to the conversation's next and previous one. A native
 *  dialog: it holds the focus and gives it back. */
export function FileViewer({ first, onClose }: { first: ShownFile; onClose: () => void }) {
  const t = useTranslations("files.viewer");
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const [file, setFile] = useState(first);
  const [zoom, setZoom] = useState<Zoom>(FIT);
  const [page, setPage] = useState<{ number: number; count: number } | null>(null);
  const preview = usePreview(file);
  const saving = useSaving(file);
  const images = shownImages();
  const index = images.findIndex(({ href }) => href === file.href);
  const canPage = index !== -1 && images.length > 1;
  const kind = preview.shown?.kind ?? null;
  const canZoom = kind === "image" || kind === "pdf";

  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);

  function go(step: -1 | 1): void {
    const next = images[index + step];
    if (index === -1 || next === undefined) return;
    setFile(next);
    setZoom(FIT);
    setPage(null);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const run = {
      // A picture larger than the window is moved with them.
      ArrowLeft: zoom === FIT ? () => go(-1) : null,
      ArrowRight: zoom === FIT ? () => go(1) : null,
      "+": canZoom ? () => setZoom(larger) : null,
      "-": canZoom ? () => setZoom(smaller) : null,
      "0": canZoom ? () => setZoom(FIT) : null,
      "1": canZoom ? () => setZoom(1) : null,
    }[event.key];
    if (run === null || run === undefined) return;
    event.preventDefault();
    run();
  }

  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      onKeyDown={onKeyDown}
      className="viewer-dialog"
    >
      <header className="viewer-title min-w-0 px-4 py-2 max-md:px-3">
        <h2 id={titleId} className="truncate font-semibold text-md" title={file.name}>
          {file.name}
        </h2>
        <FileFacts {...file} />
      </header>
      <div className="viewer-tools flex items-center justify-center gap-1 px-2 py-1.5 max-md:justify-between">
        {canPage && (
          <span className="flex items-center">
            <IconButton label={t("previous")} disabled={index === 0} onClick={() => go(-1)}>
              <ChevronLeft aria-hidden="true" />
            </IconButton>
            <span aria-live="polite" className="px-1 text-ink-2 text-sm">
              {t("place", { index: index + 1, count: images.length })}
            </span>
            <IconButton label={t("next")} disabled={index === images.length - 1} onClick={() => go(1)}>
              <ChevronRight aria-hidden="true" />
            </IconButton>
          </span>
        )}
        {page !== null && (
          <span className="whitespace-nowrap px-2 text-ink-2 text-sm">
            {t("page", { page: page.number, count: page.count })}
          </span>
        )}
        {canZoom && <ZoomTools zoom={zoom} isPicture={kind === "image"} onZoom={setZoom} />}
        <a
          href={file.href}
          download={file.name}
          aria-label={t("download")}
          aria-busy={saving.isBusy}
          onClick={saving.onClick}
          className={cx(iconButtonClass(), "max-md:ml-auto")}
        >
          <Download aria-hidden="true" />
        </a>
      </div>
      <div className="viewer-close p-1.5">
        <IconButton label={t("close")} side="left" onClick={() => dialog.current?.close()}>
          <X aria-hidden="true" />
        </IconButton>
      </div>
      <Stage
        key={file.href}
        file={file}
        preview={preview}
        zoom={zoom}
        saving={saving}
        onZoom={setZoom}
        onPage={setPage}
      />
    </dialog>
  );
}
