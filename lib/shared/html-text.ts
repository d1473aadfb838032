import { createTextOutput } from "./html-text-output";

/** What of an element is not for reading: it goes with what is in it. */
const UNSEEN = new Set([
  "script",
  "style",
  "head",
  "title",
  "template",
  "noscript",
  "iframe",
  "object",
  "svg",
  "math",
]);

const MARKUP = /<[a-z!?/]|&(?:[a-z]|#)/i;
const BLOCK = /<\/?(?:br|p|div|li|ul|ol|tr|table|h[1-6]|blockquote)\b/i;
/** Characters that nobody sees, apart from line feed and tab. */
const CONTROLS = /[^\P{Cc}\n\t]/gu;
const TAG_NAME = /^<(\/?)([a-z][a-z0-9:-]*)(?=[\s/>])/i;

/**
 * HTML as the plain text that a reader of it sees: line breaks, lists, links with their address where it says something else,
 * characters for entities. The result is a text and nothing else: whoever shows it shows a `<` as a `<`. A text without
 * markup stays as it is. Nothing of the input runs or is fetched, and no input takes more than linear time. Pure.
 */
export function htmlToText(html: string): string {
  const source = html.replace(/\r\n?/g, "\n").replace(CONTROLS, "");
  if (!MARKUP.test(source)) return source.trim();
  // Where the lines are not said by elements, the ones that were typed are meant.
  const keepsLines = !BLOCK.test(source);
  const out = createTextOutput(keepsLines);
  const scan = createScanner(source);
  for (let at = 0; at < source.length; ) {
    const open = source.indexOf("<", at);
    out.text(source.slice(at, open === -1 ? source.length : open));
    if (open === -1) break;
    const end = scan.endOf(open);
    if (end === null) {
      out.text("<");
      at = open + 1;
      continue;
    }
    const [, slash, name = ""] = TAG_NAME.exec(source.slice(open, Math.min(end, open + 40))) ?? [];
    const tag = name.toLowerCase();
    const isUnseen = slash === "" && UNSEEN.has(tag);
    if (tag !== "") out.tag(tag, slash === "/", () => source.slice(open, end));
    at = isUnseen ? scan.afterElement(tag, end) : end;
  }
  return out.done();
}

/** Finds where tags end. Each text is looked through once: a search that found nothing is never made again. */
function createScanner(source: string) {
  const last = { '"': source.lastIndexOf('"'), "'": source.lastIndexOf("'") };
  const lastClose = source.lastIndexOf(">");
  const lastCommentEnd = source.lastIndexOf("-->");
  let knowsQuotes = true;

  /** The end of a tag that begins here, minding quotes; null when there is none. */
  function endOfTag(open: number): number | null {
    if (open > lastClose) return null;
    for (let at = open + 1; knowsQuotes && at < source.length; at += 1) {
      const character = source[at];
      if (character === ">") return at + 1;
      if ((character === '"' || character === "'") && at < last[character])
        at = source.indexOf(character, at + 1);
    }
    knowsQuotes = false;
    const close = source.indexOf(">", open);
    return close === -1 ? null : close + 1;
  }

  return {
    /** Where the tag or comment that begins here ends; null when nothing begins here. */
    endOf(open: number): number | null {
      if (source.startsWith("<!--", open)) {
        // One that is never closed hides nothing.
        return open + 4 > lastCommentEnd ? open + 4 : source.indexOf("-->", open + 4) + 3;
      }
      if (source.startsWith("<!", open) || source.startsWith("<?", open)) return endOfTag(open);
      return TAG_NAME.test(source.slice(open, open + 40)) ? endOfTag(open) : null;
    },
    /** Where the element ends whose tag ended here; the end of all when it is never closed. */
    afterElement(name: string, from: number): number {
      const close = new RegExp(`</${name}(?=[\\s/>])`, "gi");
      close.lastIndex = from;
      const found = close.exec(source);
      return found === null ? source.length : (endOfTag(found.index) ?? source.length);
    },
  };
}
