/** A piece of a message as it may be shown: nothing of the sender's markup ever reaches the page as markup. */
export type Segment =
  | { kind: "text"; text: string }
  | { kind: "link"; href: string; text: string }
  | { kind: "break" };

const ANCHOR = /<a\b[^>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))[^>]*>([\s\S]*?)<\/a\s*>/gi;
const BREAK = /<br\s*\/?>|\r\n|\r|\n/i;
const BARE_LINK = /\bhttps?:\/\/[^\s<>"']+/gi;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
  nbsp: " ",
};

const decode = (text: string) =>
  text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (whole, name: string) => ENTITIES[name] ?? whole);

/** An address that may become a link: http or https alone, whole. Null for anything else, such as `javascript:`. */
export function safeHref(address: string): string | null {
  try {
    const url = new URL(decode(address).trim());
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/** Takes a message apart into text, line breaks and safe links. Mercado Libre's texts may hold `<br>` and `<a href>`
 *  (messages.md 2.1); any other markup stays visible as the text that it is. */
export function segmentsOf(source: string): Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  for (const match of source.matchAll(ANCHOR)) {
    pushText(segments, source.slice(at, match.index));
    at = match.index + match[0].length;
    const address = match[1] ?? match[2] ?? match[3] ?? "";
    const label = plainOf(match[4] ?? "").trim();
    const href = safeHref(address);
    if (href === null) pushText(segments, label);
    else segments.push({ kind: "link", href, text: label === "" ? href : label });
  }
  pushText(segments, source.slice(at));
  return segments;
}

function pushText(segments: Segment[], source: string): void {
  source.split(BREAK).forEach((line, index) => {
    if (index > 0) segments.push({ kind: "break" });
    let at = 0;
    for (const match of line.matchAll(BARE_LINK)) {
      // A full stop or bracket that closes the sentence is not part of the address.
      const address = match[0].replace(/[.,;:!?)\]}»”]+$/u, "");
      const href = safeHref(address);
      if (href === null) continue;
      append(segments, decode(line.slice(at, match.index)));
      segments.push({ kind: "link", href, text: decode(address) });
      at = match.index + address.length;
    }
    append(segments, decode(line.slice(at)));
  });
}

function append(segments: Segment[], text: string): void {
  if (text !== "") segments.push({ kind: "text", text });
}

/** The words alone, on one line: for snippets and names. */
export function plainOf(source: string): string {
  return decode(source.replace(ANCHOR, "$4").replace(/<br\s*\/?>/gi, " ")).replace(/\s+/g, " ");
}
