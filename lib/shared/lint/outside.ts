import type { Link } from "./links";
import { overlaps, type Span } from "./span";

const MERCADO_LIBRE = /(?:^|\.)(?:mercadoli[bv]re|mlstatic)\.|(?:^|\.)meli\.la$/;

/** Ends of addresses that no missing space makes: "Sí.Gracias" and "llega.es" are none. */
const ENDING =
  /\.(?:com|net|org|info|shop|store|online|site|app|io|gob|gov|edu|biz)(?:\.[a-z]{2})?$|[^.]\.(?:ar|br|mx|cl|uy|pe)$/;

/** Links that lead away from Mercado Libre, as far as nothing else was found in them (LINKS, questions-and-contacts.md 1.6).
 *  On folded text. Pure. */
export function outsideSpans(text: string, links: readonly Link[], found: readonly Span[]): Span[] {
  return links.filter((link) => {
    if (MERCADO_LIBRE.test(link.host)) return false;
    const isTold = /^(?:[a-z]{2,12}:)?\/\/|^www\./.test(text.slice(link.start, link.end));
    // What costs the more the longer the text is comes last.
    return (isTold || ENDING.test(link.host)) && !overlaps(link, found);
  });
}
