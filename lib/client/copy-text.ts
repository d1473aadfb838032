/** Puts a text on the clipboard; a page that came without encryption has only the old way.
 *  @returns whether the browser took it */
export async function copyText(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard !== undefined) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // Not allowed: the old way may be.
  }
  const holder = document.createElement("textarea");
  holder.value = text;
  holder.style.cssText = "position:fixed;opacity:0";
  const before = document.activeElement;
  document.body.append(holder);
  holder.select();
  const isDone = document.execCommand("copy");
  holder.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return isDone;
}
