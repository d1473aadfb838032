import { type RefObject, useEffect } from "react";
import type { ShownFile } from "@/lib/client/preview";

/** The pictures of the conversation that is on the screen. */
const shown = new Map<Element, ShownFile>();

/** Makes a picture one of those that the viewer pages through, for as long as its card stands there. */
export function useShownImage(place: RefObject<Element | null>, file: ShownFile | null): void {
  const { href, name, type, size } = file ?? { href: null, name: "", type: null, size: null };
  useEffect(() => {
    const element = place.current;
    if (element === null || href === null) return;
    shown.set(element, { href, name, type, size });
    return () => void shown.delete(element);
  }, [place, href, name, type, size]);
}

/** They, in the order in which they stand in the conversation. */
export function shownImages(): ShownFile[] {
  return [...shown]
    .sort(([a], [b]) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))
    .map(([, file]) => file);
}
