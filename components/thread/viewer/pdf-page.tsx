"use client";

import { useTranslations } from "next-intl";
import type { PDFDocumentProxy } from "pdfjs-dist";
import { type RefObject, useEffect, useRef, useState } from "react";

/** In points. */
export interface PageSize {
  width: number;
  height: number;
}

/** Pages this close to the window are drawn; others give their memory back. */
const AHEAD = "600px 0px";
/** Phones refuse larger canvases. */
const MOST_PIXELS = 12_000_000;

/** One page of a PDF: its drawing, and its words for who does not see it. */
export function PdfPage({
  document,
  number,
  expected,
  scaleOf,
  stage,
}: {
  document: PDFDocumentProxy;
  number: number;
  /** Its size until it is known: most pages of a PDF are alike. */
  expected: PageSize;
  scaleOf: (size: PageSize) => number;
  stage: RefObject<HTMLElement | null>;
}) {
  const t = useTranslations("files.viewer");
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isNear, setNear] = useState(false);
  const [size, setSize] = useState(expected);
  const [words, setWords] = useState("");
  const scale = scaleOf(size);

  useEffect(() => {
    if (place.current === null) return;
    const observer = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting ?? false), {
      root: stage.current,
      rootMargin: AHEAD,
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [stage]);

  useEffect(() => {
    const target = canvas.current;
    if (!isNear || target === null) return;
    let isOver = false;
    let cancel: () => void = () => undefined;
    void (async () => {
      try {
        const page = await document.getPage(number);
        const plain = page.getViewport({ scale: 1 });
        if (isOver) return;
        setSize((known) =>
          known.width === plain.width && known.height === plain.height
            ? known
            : { width: plain.width, height: plain.height },
        );
        const dense = Math.min(
          window.devicePixelRatio,
          Math.sqrt(MOST_PIXELS / (plain.width * plain.height)) / scale,
        );
        const viewport = page.getViewport({ scale: scale * dense });
        target.width = Math.floor(viewport.width);
        target.height = Math.floor(viewport.height);
        const drawing = page.render({ canvas: target, viewport });
        cancel = () => drawing.cancel();
        await drawing.promise;
        const { items } = await page.getTextContent();
        if (!isOver) setWords(items.map((item) => ("str" in item ? item.str : "")).join(" "));
      } catch {
        // Cancelled, or a page that cannot be drawn: it stays white, the others do not.
      }
    })();
    return () => {
      isOver = true;
      cancel();
      target.width = 0;
      target.height = 0;
    };
  }, [document, number, scale, isNear]);

  return (
    <div
      ref={place}
      data-page={number}
      className="viewer-paper relative shrink-0 bg-[#ffffff]"
      style={{ width: size.width * scale, height: size.height * scale }}
    >
      <canvas ref={canvas} role="img" aria-label={t("pageName", { page: number })} className="size-full" />
      {words.trim() !== "" && <p className="sr-only">{words}</p>}
    </div>
  );
}
