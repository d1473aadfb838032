"use client";

import { useEffect, useRef, useState } from "react";
import { cx } from "@/components/ui/cx";
import { FIT, type Zoom } from "./zoom";

/** What scrolls must be reachable by keyboard. */
const REACHABLE = { tabIndex: 0 };

/** A picture: all of it, or as large as it is, to be moved about. */
export function ImageStage({
  url,
  name,
  zoom,
  onZoom,
  onFailed,
}: {
  url: string;
  name: string;
  zoom: Zoom;
  onZoom: (zoom: Zoom) => void;
  onFailed: () => void;
}) {
  const stage = useRef<HTMLElement>(null);
  const picture = useRef<HTMLImageElement>(null);
  const [width, setWidth] = useState<number | null>(null);

  useEffect(() => stage.current?.focus({ preventScroll: true }), []);

  // The keys and the buttons do the same: this is for whoever points.
  useEffect(() => {
    const image = picture.current;
    const turn = () => onZoom(zoom === FIT ? 1 : FIT);
    image?.addEventListener("dblclick", turn);
    return () => image?.removeEventListener("dblclick", turn);
  }, [zoom, onZoom]);

  useEffect(() => {
    const place = stage.current;
    if (place === null || zoom === FIT || width === null) return;
    place.scrollLeft = (place.scrollWidth - place.clientWidth) / 2;
    place.scrollTop = (place.scrollHeight - place.clientHeight) / 2;
  }, [zoom, width]);

  return (
    <section
      ref={stage}
      aria-label={name}
      {...REACHABLE}
      className={cx(
        "viewer-stage flex -outline-offset-2",
        zoom === FIT ? "items-center justify-center overflow-hidden p-4 max-md:p-2" : "overflow-auto",
      )}
    >
      <picture className="contents">
        <img
          ref={picture}
          src={url}
          alt={name}
          draggable={false}
          onLoad={(event) => setWidth(event.currentTarget.naturalWidth)}
          onError={onFailed}
          style={zoom === FIT || width === null ? undefined : { width: width * zoom, maxWidth: "none" }}
          className={cx(
            "viewer-paper",
            zoom === FIT ? "max-h-full max-w-full cursor-zoom-in object-contain" : "m-auto cursor-zoom-out",
          )}
        />
      </picture>
    </section>
  );
}
