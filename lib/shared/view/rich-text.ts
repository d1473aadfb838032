/** A piece of a message as it may be shown: nothing of the sender's markup ever reaches the page as markup. */
export type Segment =
  | { kind: "text"; text: string }
  | { kind: "link"; href: string; text: string }
  | { kind: "break" };

/** The attributes of an anchor's opening tag: its address. */
const HREF = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/i;
const BREAK = /<br\s*\/?>|\r\n|\r|\n/i;
const BARE_LINK = /\bhttps?:\/\/[^\s<>"']+/gi;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/** Entities become what they stand for, once: what is escaped twice stays escaped once. */
const decode = (text: string) =>
  text.replace(
    /&(?:(amp|lt|gt|quot|apos|nbsp)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi,
    (whole, name, decimal, hex) => {
      if (typeof name === "string") return ENTITIES[name.toLowerCase()] ?? whole;
      const code = typeof decimal === "string" ? Number(decimal) : Number.parseInt(String(hex), 16);
      // Control characters and halves of characters are none that anybody wrote.
      const isWritten =
        (code >= 0x20 || code === 9 || code === 10) && code <= 0x10ffff && (code & 0xff_f800) !== 0xd800;
      return isWritten ? String.fromCodePoint(code) : whole;
    },
  );

/** An address that may become a link: http or https alone, whole. Null for anything else, such as `javascript:`, and for
 *  one that carries a name before its host: `https://mercadolibre.com@elsewhere.example` is made to be misread. */
export function safeHref(address: string): string | null {
  try {
    const url = new URL(decode(address).trim());
    const isWeb = url.protocol === "http:" || url.protocol === "https:";
    return isWeb && url.username === "" && url.password === "" ? url.href : null;
  } catch {
    return null;
  }
}

/** Takes a message apart into text, line breaks and safe links. Mercado Libre's texts may hold `<br>` and `<a href>`
 *  (messages.md 2.1); any other markup stays visible as the text that it is. */
export function segmentsOf(source: string): Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  for (const anchor of anchorsOf(source)) {
    pushText(segments, source.slice(at, anchor.start));
    at = anchor.end;
    const label = plainOf(anchor.label).trim();
    const href = safeHref(anchor.address);
    if (href === null) pushText(segments, anchor.label);
    else segments.push({ kind: "link", href, text: label === "" ? href : honest(label, href) });
  }
  pushText(segments, source.slice(at));
  return segments;
}

interface Anchor {
  start: number;
  end: number;
  address: string;
  /** What stands between its tags, as it came. */
  label: string;
}

/** The anchors of a text, in order. One pass, however long the text is and whatever it leaves open. */
function* anchorsOf(source: string): Generator<Anchor> {
  const lower = source.toLowerCase();
  // Some letters grow when they are made small: then positions would not be the same.
  if (lower.length !== source.length) return;
  let [open, close, end] = [-1, -1, -1];
  for (let start = lower.indexOf("<a"); start !== -1; start = lower.indexOf("<a", start + 2)) {
    // Each is looked for only from where it was found last: many anchors share one end.
    if (open < start) open = source.indexOf(">", start);
    if (open === -1) return;
    if (close < open) close = lower.indexOf("</a", open);
    if (close === -1) return;
    if (end < close) end = source.indexOf(">", close);
    if (end === -1) return;
    const named = HREF.exec(source.slice(start + 2, Math.min(open, start + LONGEST_TAG)));
    if (named === null || !/^<a\s/.test(lower.slice(start, start + 3))) continue;
    const address = named[1] ?? named[2] ?? named[3] ?? "";
    yield { start, end: end + 1, address, label: source.slice(open + 1, close) };
    start = end - 1;
  }
}

/** Longer than the address of any page. */
const LONGEST_TAG = 4_000;

/** A label that looks like an address, and is of another host than the link leads to, is followed by that host. */
function honest(label: string, href: string): string {
  const claimed = /^(?:https?:\/\/)?((?:[\w-]+\.)+[a-z]{2,})(?:[/?#:]|$)/i.exec(label)?.[1]?.toLowerCase();
  const { hostname } = new URL(href);
  return claimed === undefined || claimed === hostname ? label : `${label} (${hostname})`;
}

function pushText(segments: Segment[], source: string): void {
  source.split(BREAK).forEach((line, index) => {
    if (index > 0) segments.push({ kind: "break" });
    let at = 0;
    for (const match of line.matchAll(BARE_LINK)) {
      // A full stop or bracket that closes the sentence is not part of the address.
      const address = withoutEnd(match[0]);
      const href = safeHref(address);
      if (href === null) continue;
      append(segments, decode(line.slice(at, match.index)));
      segments.push({ kind: "link", href, text: decode(address) });
      at = match.index + address.length;
    }
    append(segments, decode(line.slice(at)));
  });
}

const CLOSING = new Set(".,;:!?)]}»”");

function withoutEnd(address: string): string {
  let end = address.length;
  while (end > 0 && CLOSING.has(address.charAt(end - 1))) end -= 1;
  return address.slice(0, end);
}

function append(segments: Segment[], text: string): void {
  if (text !== "") segments.push({ kind: "text", text });
}

/** The words alone, on one line: for snippets and names. */
export function plainOf(source: string): string {
  let words = "";
  let at = 0;
  for (const { start, end, label } of anchorsOf(source)) {
    words += source.slice(at, start) + label;
    at = end;
  }
  return decode((words + source.slice(at)).replace(/<br\s*\/?>/gi, " ")).replace(/\s+/g, " ");
}
