/** Which rows of a long list stand in sight. `to` is exclusive. */
export interface RowWindow {
  from: number;
  to: number;
}

/** The rows to draw of a list whose rows are all of one height: those in sight and a few around them, so that a scroll
 *  never shows a gap before the next frame. */
export function windowOf(o: {
  count: number;
  rowHeight: number;
  scrollTop: number;
  height: number;
  around: number;
}): RowWindow {
  const first = Math.floor(Math.max(0, o.scrollTop) / o.rowHeight) - o.around;
  const last = Math.ceil((Math.max(0, o.scrollTop) + o.height) / o.rowHeight) + o.around;
  const to = Math.min(o.count, Math.max(0, last));
  return { from: Math.max(0, Math.min(first, to)), to };
}

/** Where to scroll so that a row is wholly in sight, moving as little as possible. */
export function scrollToShow(
  index: number,
  o: { rowHeight: number; scrollTop: number; height: number },
): number {
  const top = index * o.rowHeight;
  if (top < o.scrollTop) return top;
  return Math.max(o.scrollTop, top + o.rowHeight - o.height);
}
