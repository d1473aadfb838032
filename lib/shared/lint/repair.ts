import { isLatin1, type Piece, piecesOf } from "./characters";

/** What stands for what: the characters of word processors and keyboards that Mercado Libre takes in a plainer form. */
const PLAIN: ReadonlyMap<number, string> = new Map(
  [
    ["‘’‚‛′ʼʹ‵`´ʻ＇", "'"],
    ["“”„‟″‶〝〞ʺ＂", '"'],
    ["‹", "<"],
    ["›", ">"],
    ["‐‑‒–—―−⁃﹘﹣－", "-"],
    ["…⋯", "..."],
    ["‥", ".."],
    ["•●○◦‣∙⋅・◆◇■□▲△▸▹►▻❖⁌⁍", "-"],
    ["➤➢➣➔➙➛➜➝➞→⇒⟶⟹", "->"],
    ["←⇐⟵⟸", "<-"],
    ["⇔⟷", "<->"],
    ["↑⇑", "^"],
    ["↓⇓", "v"],
    ["★☆✦✧✩✪✭✮✯✰⭑", "*"],
    ["✓", "✔"],
    ["✗✘✕", "✖"],
    ["♡❥", "♥"],
    ["€", "EUR"],
    ["™", "(TM)"],
    ["≤", "<="],
    ["≥", ">="],
    ["≠", "!="],
    ["≈≃≅∼～", "~"],
    ["⁄∕", "/"],
    ["∗⁎", "*"],
    ["ΩΩ", "ohm"],
    ["Μμ", "µ"],
    ["Œ", "OE"],
    ["œ", "oe"],
    ["ẞ", "SS"],
    ["ı", "i"],
    ["\u2028\u2029", "\n"],
    ["\ufffc", ""],
    ["\u0085", "..."],
    ["\u0091\u0092", "'"],
    ["\u0093\u0094", '"'],
    ["\u0095", "-"],
    ["\u0096\u0097", "-"],
    ["\u0080", "EUR"],
    ["\u0099", "(TM)"],
  ].flatMap(([from = "", to = ""]) =>
    [...from].map((one): [number, string] => [one.codePointAt(0) ?? 0, to]),
  ),
);
/** Letters with a stroke that Unicode does not take apart. */
const STROKED: ReadonlyMap<string, string> = new Map(
  Object.entries({ Ł: "L", ł: "l", Đ: "D", đ: "d", Ħ: "H", ħ: "h", Ŧ: "T", ŧ: "t" }),
);

const SPACE = /^[\u1680\u2000-\u200a\u202f\u205f\u3000]$/u;
/** Characters that nobody sees: joiners, marks of direction, selectors, tags. */
const INVISIBLE = /^\p{Default_Ignorable_Code_Point}$/u;
/** Controls, halves of pairs, frames of keys, marks of annotations. */
const isNothing = (code: number) =>
  code < 0xa0 || (code >= 0xd800 && code <= 0xdfff) || code === 0x20e3 || (code >= 0xfff9 && code <= 0xfffb);
const MARK = /^\p{Mn}$/u;

/** What repairDraft promises. */
export function repaired(text: string): string {
  let draft = text;
  for (let next = pass(draft); next !== draft; next = pass(draft)) draft = next;
  return draft;
}

function pass(text: string): string {
  let pieces = piecesOf(text);
  if (pieces.every((piece) => piece.kind === "plain")) return text;
  // Only where something is wrong are accents composed: NFC changes no text of ISO-8859-1.
  const composed = text.normalize("NFC");
  if (composed !== text) pieces = piecesOf(composed);
  let out = "";
  pieces.forEach((piece, index) => {
    const words = composed.slice(piece.start, piece.end);
    if (piece.kind === "plain") out += afterRemoval(words, out, pieces[index - 1]);
    else if (piece.kind === "characters") for (const one of words) out += plainOf(one, out);
  });
  return pieces.at(-1)?.kind === "emoji" ? out.replace(/ {1,9}$/, "") : out;
}

/** Plain text behind a removed emoji gives up the space that would stand twice, or at the start of a line. */
function afterRemoval(words: string, before: string, previous: Piece | undefined): string {
  if (previous?.kind !== "emoji") return words;
  if (/(?:^|[\s(¡¿])$/.test(before)) return words.replace(/^ /, "");
  return words;
}

function plainOf(one: string, before: string): string {
  const code = one.codePointAt(0) ?? 0;
  const stroked = STROKED.get(one);
  if (stroked !== undefined) return stroked;
  const known = PLAIN.get(code);
  if (known !== undefined) return known;
  if (SPACE.test(one)) return " ";
  if (isNothing(code) || INVISIBLE.test(one)) return "";
  const isAfterPlain = before === "" || isLatin1(before.charCodeAt(before.length - 1));
  if (MARK.test(one)) return isAfterPlain ? "" : one;
  const compatible = [...one.normalize("NFKC")]
    .map((part) => PLAIN.get(part.codePointAt(0) ?? 0) ?? part)
    .join("");
  if (isPlain(compatible)) return compatible;
  const bare = [...one.normalize("NFKD")].filter((part) => !MARK.test(part)).join("");
  return bare !== "" && isPlain(bare) ? bare : one;
}

const isPlain = (words: string) => [...words].every((part) => isLatin1(part.codePointAt(0) ?? 0));
