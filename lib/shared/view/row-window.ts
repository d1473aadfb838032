/** Which rows of equal height a scrolled box shows, with some more on either side. Both ends inclusive; `last` is -1
 *  for an empty list. Heights in px. Pure. */
export function rowWindow(o: {
  scrollTop: number;
  height: number;
  rowHeight: number;
  count: number;
  overscan: number;
}): { first: number; last: number } {
  const end = o.count - 1;
  const first = Math.floor(Math.max(0, o.scrollTop) / o.rowHeight) - o.overscan;
  const last = Math.ceil((Math.max(0, o.scrollTop) + o.height) / o.rowHeight) - 1 + o.overscan;
  return { first: Math.max(0, Math.min(first, end)), last: Math.min(end, Math.max(last, 0)) };
}

/** Where a box must be scrolled so that a row is whole inside it, moving as little as possible. Pure. */
export function scrollToRow(o: {
  index: number;
  scrollTop: number;
  height: number;
  rowHeight: number;
}): number {
  const top = o.index * o.rowHeight;
  if (top < o.scrollTop) return top;
  return Math.max(o.scrollTop, top + o.rowHeight - o.height);
}
