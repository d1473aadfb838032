import type { Span } from "./span";

/** Something in a text that reads as an address of the web. */
export interface Link extends Span {
  /** Without "www." */
  host: string;
  /** What follows the host, "" when nothing does. */
  rest: string;
}

const TOKEN = /[^\s<>"'()[\]{},;|]+/g;
const SCHEME = /^(?:[a-z]{2,12}:)?\/{2}|^[a-z]{2,16}[:=](?!\/)/;
const HOST = /^[a-z0-9][a-z0-9.-]*\.[a-z]{2,24}$/;

/** The links of a folded text, with or without "https://". Linear: the text is cut at spaces and quotes first. */
export function linksOf(text: string): Link[] {
  const links: Link[] = [];
  for (const match of text.matchAll(TOKEN)) {
    let token = match[0];
    if (!token.includes(".")) continue;
    let start = match.index;
    const scheme = SCHEME.exec(token)?.[0] ?? "";
    token = token.slice(scheme.length);
    if (!scheme.endsWith("/")) start += scheme.length;
    token = token.replace(/[.!?:*_~]{1,9}$/, "");
    const cut = token.search(/[/?#:\\]/);
    const name = cut === -1 ? token : token.slice(0, cut);
    if (name.includes("@") || name.length > 120 || !HOST.test(name)) continue;
    const end = match.index + (match[0].length - (match[0].length - scheme.length - token.length));
    links.push({ start, end, host: name.replace(/^www\./, ""), rest: cut === -1 ? "" : token.slice(cut) });
  }
  return links;
}

/** Is the link's host one of these, or below one of them? */
export function isOn(link: Link, hosts: ReadonlySet<string>): boolean {
  for (let host = link.host; host.includes("."); host = host.slice(host.indexOf(".") + 1)) {
    if (hosts.has(host)) return true;
  }
  return false;
}
