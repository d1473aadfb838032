import type { Span } from "./span";

/** A text made plain for matching: lower case, no accents, one kind of space, dash and quote, look-alikes resolved, invisible
 *  characters gone. `origin` finds a place of it in the text as typed. */
export interface Folded {
  text: string;
  origin(span: Span): Span;
}

const INVISIBLE = /^\p{Default_Ignorable_Code_Point}$/u;
const isAccent = (code: number) => code >= 0x300 && code <= 0x36f;
const SPACE = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/;
const DASH = /[\u2010-\u2015\u2212]/;
const KEPT = "ªº¹²³";

/** Folds a text. Linear. */
export function fold(text: string): Folded {
  const starts: number[] = [];
  const ends: number[] = [];
  let out = "";
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) ?? 0;
    const length = code > 0xffff ? 2 : 1;
    const plain = code < 0x80 ? ascii(code) : known(code, text.slice(at, at + length));
    for (let unit = 0; unit < plain.length; unit += 1) {
      starts.push(at);
      ends.push(at + length);
    }
    out += plain;
    at += length;
  }
  return {
    text: out,
    origin: ({ start, end }) => ({ start: starts[start] ?? text.length, end: ends[end - 1] ?? text.length }),
  };
}

function ascii(code: number): string {
  return String.fromCharCode(code >= 0x41 && code <= 0x5a ? code + 0x20 : code);
}

/** A text is folded at every keystroke, and few characters stand in it: what was worked out once is kept. */
const KNOWN = new Map<number, string>();

function known(code: number, character: string): string {
  const before = KNOWN.get(code);
  if (before !== undefined) return before;
  if (KNOWN.size > 2_000) KNOWN.clear();
  const plain = foldOne(code, character);
  KNOWN.set(code, plain);
  return plain;
}

function foldOne(code: number, character: string): string {
  if (KEPT.includes(character)) return character;
  if (isAccent(code) || code === 0x20e3 || INVISIBLE.test(character)) return "";
  if (SPACE.test(character)) return " ";
  if (DASH.test(character)) return "-";
  if (character === "\u2018" || character === "\u2019" || character === "´") return "'";
  if (character === "\u201c" || character === "\u201d") return '"';
  if (character === "…") return "...";
  const base = character.normalize("NFKD").charAt(0);
  return /^[a-z0-9@]$/i.test(base) ? base.toLowerCase() : character;
}
