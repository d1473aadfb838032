/** Shows a conversation from its end while its page is still coming and nothing of it is alive, as it will be shown then
 *  (components/thread/use-log-scroll.ts): who has touched the page is left alone. Plain JavaScript, because it must need
 *  nothing. */
export const FROM_THE_END = `(() => {
  let isTouched = false;
  for (const name of ["wheel", "touchstart", "pointerdown", "keydown"])
    addEventListener(name, () => { isTouched = true; }, { capture: true, passive: true, once: true });
  const toEnd = () => {
    const log = document.querySelector('[role="log"]');
    if (log !== null && !isTouched) log.scrollTop = log.scrollHeight;
  };
  const follow = () => {
    toEnd();
    if (document.readyState === "loading" && !isTouched) requestAnimationFrame(follow);
  };
  requestAnimationFrame(follow);
  addEventListener("DOMContentLoaded", toEnd, { once: true });
})();`;
