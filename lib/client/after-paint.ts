/** Runs something once what was just drawn is on the screen: asking our server for something costs a page a millisecond
 *  or two each, which nobody should wait for to see what they opened. @returns calls it off. */
export function afterPaint(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    // A frame is painted after its callbacks: the next task finds it there.
    timer = setTimeout(run);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
