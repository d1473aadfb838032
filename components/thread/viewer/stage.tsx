"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { FileProblem, ShownFile } from "@/lib/client/preview";
import { ImageStage } from "./image-stage";
import { LoadingStage } from "./loading-stage";
import { PdfStage } from "./pdf-stage";
import { ProblemStage } from "./problem-stage";
import { TextStage } from "./text-stage";
import type { Preview } from "./use-preview";
import type { Saving } from "./use-saving";
import type { Zoom } from "./zoom";

/** What stands in the middle of the viewer: the file, or why it cannot be shown. */
export function Stage({
  file,
  preview,
  zoom,
  saving,
  onZoom,
  onPage,
}: {
  file: ShownFile;
  preview: Preview;
  zoom: Zoom;
  saving: Saving;
  onZoom: (zoom: Zoom) => void;
  onPage: (page: { number: number; count: number }) => void;
}) {
  const t = useTranslations("files.viewer");
  /** What the server took for whole and could not be drawn here. */
  const [undrawn, setUndrawn] = useState<FileProblem | null>(null);
  const { shown } = preview;
  const problem = saving.problem ?? undrawn ?? (shown?.kind === "problem" ? shown.problem : null);
  if (problem !== null) {
    const again = saving.problem === null ? preview.again : saving.again;
    return <ProblemStage file={file} problem={problem} again={again} saving={saving} />;
  }
  switch (shown?.kind) {
    case "image":
      return (
        <ImageStage
          url={shown.url}
          name={file.name}
          zoom={zoom}
          onZoom={onZoom}
          onFailed={() => setUndrawn({ kind: "broken" })}
        />
      );
    case "pdf":
      return <PdfStage bytes={shown.bytes} zoom={zoom} onPage={onPage} onFailed={setUndrawn} />;
    case "text":
      return <TextStage text={shown.text} isCut={shown.isCut} />;
    default:
      return <LoadingStage label={t("loading")} />;
  }
}
