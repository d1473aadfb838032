"use client";

import Maximize from "lucide-react/icons/maximize";
import Minimize from "lucide-react/icons/minimize";
import Minus from "lucide-react/icons/minus";
import Plus from "lucide-react/icons/plus";
import { useFormatter, useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { FIT, larger, smaller, type Zoom } from "./zoom";

/** Smaller, larger, and from "as the window allows" to the real size and back. */
export function ZoomTools({
  zoom,
  isPicture,
  onZoom,
}: {
  zoom: Zoom;
  /** A phone's own two fingers do for it. */
  isPicture: boolean;
  onZoom: (change: (zoom: Zoom) => Zoom) => void;
}) {
  const t = useTranslations("files.viewer");
  const format = useFormatter();
  const isFit = zoom === FIT;
  const step = isPicture ? "max-md:hidden" : "";
  return (
    <span className="flex items-center">
      <IconButton label={t("smaller")} className={step} disabled={isFit} onClick={() => onZoom(smaller)}>
        <Minus aria-hidden="true" />
      </IconButton>
      {!isFit && (
        <span className="min-w-11 px-0.5 text-center text-ink-2 text-sm">
          {format.number(zoom, { style: "percent" })}
        </span>
      )}
      <IconButton label={t("larger")} className={step} onClick={() => onZoom(larger)}>
        <Plus aria-hidden="true" />
      </IconButton>
      <IconButton
        label={t(isFit ? "actual" : "fit")}
        onClick={() => onZoom((now) => (now === FIT ? 1 : FIT))}
      >
        {isFit ? <Maximize aria-hidden="true" /> : <Minimize aria-hidden="true" />}
      </IconButton>
    </span>
  );
}
