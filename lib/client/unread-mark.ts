import { useEffect } from "react";

/** How many conversations have something new, where a tab shows it: before its title and on its icon. */

/** Shows the number of conversations with something new before the page's own title, also after the framework has
 *  written that title anew. */
export function useUnreadTitle(fresh: number, base: string): void {
  useEffect(() => {
    const wanted = titleWith(base, fresh);
    return keepHead(() => {
      if (document.title !== wanted) document.title = wanted;
    });
  }, [base, fresh]);
}

export function titleWith(base: string, fresh: number): string {
  return fresh > 0 ? `(${fresh > 99 ? "99+" : fresh}) ${base}` : base;
}

/** Puts an icon with the number behind the page's own one, which stays: browsers take the last. None without news. */
export function useUnreadIcon(fresh: number): void {
  useEffect(() => {
    if (fresh === 0) return;
    const link = document.createElement("link");
    link.rel = "icon";
    link.type = "image/svg+xml";
    link.setAttribute("sizes", "any");
    link.href = `data:image/svg+xml,${encodeURIComponent(iconWith(fresh))}`;
    const forget = keepHead(() => {
      if ([...document.head.querySelectorAll("link[rel=icon]")].at(-1) !== link) document.head.append(link);
    });
    return () => {
      forget();
      link.remove();
    };
  }, [fresh]);
}

/** The icon of app/icon.svg, with a badge that stands out on a light and on a dark tab. */
export function iconWith(fresh: number): string {
  const text = fresh > 9 ? "9+" : String(fresh);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="15" fill="#2b55d4"/><g transform="translate(12 11) scale(1.25)" fill="none" stroke="#fff" stroke-width="2.6" stroke-linejoin="round" stroke-linecap="round"><path d="M4 14.5A6.5 6.5 0 0 1 10.5 8h11a6.5 6.5 0 0 1 6.5 6.5V23a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z"/><path d="M10.5 8a6.5 6.5 0 0 1 6.5 6.5V25"/></g><circle cx="45" cy="45" r="18" fill="#c22f2f" stroke="#fff" stroke-width="3"/><text x="45" y="54" text-anchor="middle" font-family="sans-serif" font-weight="700" font-size="${text.length > 1 ? 22 : 26}" fill="#fff">${text}</text></svg>`;
}

/** Runs `write` now and whenever the framework has changed the head. */
function keepHead(write: () => void): () => void {
  write();
  const observer = new MutationObserver(write);
  observer.observe(document.head, { childList: true, subtree: true, characterData: true });
  return () => observer.disconnect();
}
