import { type RefObject, useEffect, useRef, useState } from "react";

/** How wide a place is, in pixels; `first` until the page runs. */
export function useWidth<T extends HTMLElement>(first: number): [place: RefObject<T | null>, width: number] {
  const place = useRef<T>(null);
  const [width, setWidth] = useState(first);
  useEffect(() => {
    const { current } = place;
    if (current === null) return;
    const observer = new ResizeObserver(() => setWidth(current.clientWidth));
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return [place, width];
}
