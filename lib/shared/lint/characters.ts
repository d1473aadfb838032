import { isListedEmoji, joinedEnd } from "./emoji-table";
import type { Span } from "./span";

/** A piece of a text as Mercado Libre's charset rule sees it (messages.md 2.3). */
export interface Piece extends Span {
  /** plain: ISO-8859-1 or a listed emoji; emoji: one that is not listed; characters: anything else. */
  kind: "plain" | "emoji" | "characters";
}

const ZWJ = 0x200d;
const KEYCAP = 0x20e3;
const isTone = (code: number) => code >= 0x1f3fb && code <= 0x1f3ff;
const isSelector = (code: number) => code === 0xfe0f;
const isTag = (code: number) => code >= 0xe0020 && code <= 0xe007f;
const isRegional = (code: number) => code >= 0x1f1e6 && code <= 0x1f1ff;

/** Emoji of any version: pictures, and what only ever stands as a picture. Text signs (arrows, ™, ✓) are characters. */
const PICTURE = /^\p{Emoji_Presentation}|^\p{Extended_Pictographic}/u;
const isPicture = (code: number) =>
  isTone(code) ||
  (code !== 0x2122 && code >= 0x2300 && PICTURE.test(String.fromCodePoint(code))) ||
  (code >= 0x1f9b0 && code <= 0x1f9b3) ||
  (code >= 0x1fa70 && code <= 0x1faff);

/** Is this code point of ISO-8859-1 and no control character but tab and the line ends? */
export function isLatin1(code: number): boolean {
  return code < 0x20
    ? code === 0x0a || code === 0x09 || code === 0x0d
    : code < 0x7f || (code >= 0xa0 && code <= 0xff);
}

/** Cuts a text into pieces by the charset rule: linear, covers every offset, in order. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  const add = (kind: Piece["kind"], start: number, end: number) => {
    const last = pieces.at(-1);
    if (last?.kind === kind && kind !== "emoji") last.end = end;
    else pieces.push({ kind, start, end });
  };
  let at = 0;
  while (at < text.length) {
    const start = at;
    const code = text.codePointAt(at) ?? 0;
    at += code > 0xffff ? 2 : 1;
    if (isKeycap(text, start, at)) {
      at += text.charCodeAt(at) === KEYCAP ? 1 : 2;
      add("plain", start, at);
    } else if (isLatin1(code)) {
      // Nearly every character is one of these: a run of them is one step.
      while (at < text.length && isLatin1(text.charCodeAt(at)) && !isKeycap(text, at, at + 1)) at += 1;
      if (isSelector(text.charCodeAt(at)) && (text[at - 1] === "©" || text[at - 1] === "®")) at += 1;
      add("plain", start, at);
    } else if (isListedEmoji(code)) {
      const end = joinedEnd(text, start);
      at = end === -1 ? dressEnd(text, at) : end;
      const rest = sequenceEnd(text, at);
      add(rest > at ? "emoji" : "plain", start, rest);
      at = rest;
    } else if (isPicture(code)) {
      at = sequenceEnd(text, dressEnd(text, at));
      add("emoji", start, at);
    } else {
      add("characters", start, at);
    }
  }
  return pieces;
}

/** Is there a key such as 1️⃣ here: a digit, a variation selector or none, and the key's frame? */
function isKeycap(text: string, start: number, after: number): boolean {
  const first = text.charCodeAt(after);
  if (first !== KEYCAP && !(isSelector(first) && text.charCodeAt(after + 1) === KEYCAP)) return false;
  return after === start + 1 && "0123456789#*".includes(text[start] ?? " ");
}

/** Past a variation selector and a skin tone. */
function dressEnd(text: string, from: number): number {
  let at = from;
  if (isSelector(text.charCodeAt(at))) at += 1;
  if (isTone(text.codePointAt(at) ?? 0)) at += 2;
  return at;
}

/** Past everything that is joined to an emoji: what follows a joiner, and tags. The same offset when nothing is. */
function sequenceEnd(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.codePointAt(at) ?? 0;
    if (isTag(code)) at += 2;
    else if (code === ZWJ) {
      const next = text.codePointAt(at + 1) ?? 0;
      if (!isPicture(next) && !isListedEmoji(next)) return at;
      at = isRegional(next) ? at + 3 : dressEnd(text, at + 1 + (next > 0xffff ? 2 : 1));
    } else return at;
  }
}
