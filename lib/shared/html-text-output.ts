import { decodeEntities } from "./html-entities";

/** Elements that stand in lines of their own, and those with an empty line around them. */
const LINES = new Set([
  "div",
  "tr",
  "li",
  "dt",
  "dd",
  "section",
  "article",
  "header",
  "footer",
  "hr",
  "option",
]);
const PARAGRAPHS = new Set("p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre form".split(" "));
const LISTS = new Set(["ul", "ol"]);
/** Characters that nobody sees, apart from line feed and tab. */
const CONTROLS = /[^\P{Cc}\n\t]/gu;
/** Addresses that may be shown: none that would run something. */
const ADDRESS = /^(?:https?:\/\/|mailto:|tel:)[^\s]+$/i;

/** The lines that a page of HTML is read as. `keepsLines`: a line feed in a text is one, not a space. */
export function createTextOutput(keepsLines: boolean) {
  let written = "";
  let breaks = 0;
  let hasSpace = false;
  /** What the next word of a list begins with. */
  let mark = "";
  let pres = 0;
  /** Of each open list: the next number, or null for marks. */
  const lists: (number | null)[] = [];
  let link: { address: string; from: number } | null = null;

  function put(word: string): void {
    if (written !== "" && breaks > 0) written += breaks > 1 ? "\n\n" : "\n";
    else if (written !== "" && hasSpace && mark === "") written += " ";
    written += mark + word;
    [breaks, hasSpace, mark] = [0, false, ""];
  }

  function text(raw: string): void {
    const seen = decodeEntities(raw).replace(CONTROLS, "");
    for (const part of seen.match(/\s+|\S+/g) ?? []) {
      if (/\S/.test(part)) put(part);
      else if (keepsLines || pres > 0) {
        breaks += part.split("\n").length - 1;
        hasSpace = true;
      } else hasSpace = true;
    }
  }

  function owe(lines: number): void {
    breaks = Math.max(breaks, lines);
  }

  function endLink(): void {
    if (link === null) return;
    const { address, from } = link;
    link = null;
    const label = written.slice(from).trim();
    if (label === "") put(address);
    else if (bare(label) !== bare(address)) {
      hasSpace = true;
      put(`(${address})`);
    }
  }

  function item(): void {
    owe(1);
    const next = lists.at(-1);
    mark = `${"  ".repeat(Math.min(6, Math.max(0, lists.length - 1)))}${typeof next === "number" ? `${next}.` : "-"} `;
    if (typeof next === "number") lists[lists.length - 1] = next + 1;
  }

  function tag(name: string, isEnd: boolean, source: () => string): void {
    if (isEnd && LISTS.has(name)) lists.pop();
    if (name === "br") breaks += 1;
    else if (PARAGRAPHS.has(name)) owe(lists.length > 0 ? 1 : 2);
    else if (LINES.has(name)) owe(1);
    if (!isEnd && LISTS.has(name)) lists.push(name === "ol" ? 1 : null);
    if (name === "td" || name === "th") hasSpace = true;
    if (name === "pre") pres = Math.max(0, pres + (isEnd ? -1 : 1));
    if (name === "li") {
      if (isEnd) mark = "";
      else item();
    }
    if (name === "img" && !isEnd) text(attribute(source(), "alt"));
    if (name !== "a") return;
    const isNext = link !== null;
    endLink();
    if (isEnd) return;
    hasSpace ||= isNext;
    const address = [...attribute(source(), "href")].filter((one) => one > " ").join("");
    link = ADDRESS.test(address)
      ? { address: address.replace(/^(?:mailto|tel):/i, ""), from: written.length }
      : null;
  }

  return {
    text,
    tag,
    done(): string {
      endLink();
      return written;
    },
  };
}

/** An address without what says nothing: `https://www.x.com/` is `x.com`. */
const bare = (address: string) =>
  address
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?|^www\./, "")
    .replace(/\/$/, "");

const ATTRIBUTES = {
  href: /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i,
  alt: /\salt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i,
} as const;

function attribute(tag: string, name: keyof typeof ATTRIBUTES): string {
  const [, double, single, plain] = ATTRIBUTES[name].exec(tag) ?? [];
  return decodeEntities(double ?? single ?? plain ?? "");
}
