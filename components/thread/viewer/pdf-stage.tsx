"use client";

import { useTranslations } from "next-intl";
import type { PDFDocumentProxy } from "pdfjs-dist";
import { useEffect, useRef, useState } from "react";
import type { FileProblem } from "@/lib/client/preview";
import { LoadingStage } from "./loading-stage";
import { type PageSize, PdfPage } from "./pdf-page";
import { FIT, type Zoom } from "./zoom";

/** What scrolls must be reachable by keyboard. */
const REACHABLE = { tabIndex: 0 };

/** Wider than this a page that fills the window is hard to read. */
const WIDEST_FIT_PX = 900;
/** Of a point of a PDF (1/72 inch) at its real size. */
const PX_PER_POINT = 96 / 72;

/** The pages of a PDF under each other, each drawn when it comes near. */
export function PdfStage({
  bytes,
  zoom,
  onPage,
  onFailed,
}: {
  bytes: Uint8Array<ArrayBuffer>;
  zoom: Zoom;
  onPage: (page: { number: number; count: number }) => void;
  onFailed: (problem: FileProblem) => void;
}) {
  const t = useTranslations("files.viewer");
  const stage = useRef<HTMLElement>(null);
  const [pdf, setPdf] = useState<{ document: PDFDocumentProxy; first: PageSize } | null>(null);
  const [width, setWidth] = useState(0);

  useEffect(() => {
    let isOver = false;
    let close: () => void = () => undefined;
    void (async () => {
      const { openPdf } = await import("@/lib/client/pdf");
      // The reader takes the bytes for itself: another look needs them too.
      const opened = await openPdf(bytes.slice());
      if (opened.kind !== "open") return isOver ? undefined : onFailed({ kind: opened.kind });
      close = opened.close;
      if (isOver) return close();
      try {
        const { width, height } = (await opened.document.getPage(1)).getViewport({ scale: 1 });
        setPdf({ document: opened.document, first: { width, height } });
      } catch {
        onFailed({ kind: "broken" });
      }
    })();
    return () => {
      isOver = true;
      close();
    };
  }, [bytes, onFailed]);

  const isOpen = pdf !== null;
  useEffect(() => {
    const place = stage.current;
    if (place === null || !isOpen) return;
    place.focus({ preventScroll: true });
    const observer = new ResizeObserver(() => setWidth(place.clientWidth));
    observer.observe(place);
    return () => observer.disconnect();
  }, [isOpen]);

  const count = pdf?.document.numPages ?? 0;
  useEffect(() => {
    const place = stage.current;
    if (place === null || count === 0) return;
    const tell = () => {
      const middle = place.getBoundingClientRect().top + place.clientHeight / 3;
      const pages = [...place.querySelectorAll("[data-page]")];
      const passed = pages.filter((page) => page.getBoundingClientRect().top <= middle).length;
      onPage({ number: Math.max(1, passed), count });
    };
    tell();
    place.addEventListener("scroll", tell, { passive: true });
    return () => place.removeEventListener("scroll", tell);
  }, [count, onPage]);

  if (pdf === null) return <LoadingStage label={t("loading")} />;
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const room = Math.min(WIDEST_FIT_PX, Math.max(120, width - 24));
  return (
    <section
      ref={stage}
      aria-label={t("pages")}
      {...REACHABLE}
      className="viewer-stage overflow-auto p-3 -outline-offset-2"
    >
      <div className="mx-auto flex w-max min-w-full flex-col items-center gap-3">
        {width > 0 &&
          numbers.map((number) => (
            <PdfPage
              key={number}
              document={pdf.document}
              number={number}
              expected={pdf.first}
              scaleOf={(size) => (zoom === FIT ? room / size.width : zoom * PX_PER_POINT)}
              stage={stage}
            />
          ))}
      </div>
    </section>
  );
}
