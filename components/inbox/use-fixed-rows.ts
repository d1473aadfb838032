import { type RefObject, useCallback, useEffect, useState } from "react";
import { rowWindow, scrollToRow } from "@/lib/shared/view/row-window";

const OVERSCAN = 6;
/** Height in px that the server renders rows for, before it can know how tall the box is. */
const FIRST_HEIGHT = 900;

/** Renders only the rows that a scrolled box shows, where all rows are equally high: the window is arithmetic. */
export function useFixedRows(
  scroller: RefObject<HTMLElement | null>,
  { count, rowHeight }: { count: number; rowHeight: number },
) {
  const [box, setBox] = useState({ scrollTop: 0, height: FIRST_HEIGHT });

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const read = () => {
      const next = { scrollTop: element.scrollTop, height: element.clientHeight };
      setBox((held) => (held.scrollTop === next.scrollTop && held.height === next.height ? held : next));
    };
    const observer = new ResizeObserver(read);
    observer.observe(element);
    element.addEventListener("scroll", read, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", read);
    };
  }, [scroller]);

  const showRow = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (element === null) return;
      const { scrollTop, clientHeight: height } = element;
      element.scrollTop = scrollToRow({ index, scrollTop, height, rowHeight });
    },
    [scroller, rowHeight],
  );

  const { first, last } = rowWindow({ ...box, rowHeight, count, overscan: OVERSCAN });
  const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => first + n);
  return { indexes, totalHeight: count * rowHeight, showRow };
}
