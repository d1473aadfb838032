/** The v flag is newer than the compile target, so it is not written as a literal. */
const SETS = "gv";
const EMOJI = new RegExp("\\p{RGI_Emoji}|\\p{Extended_Pictographic}\\ufe0f?", SETS);

/** ISO-8859-1 plus emoji; curly quotes, long dashes and U+2026 are outside (messages.md 2.3, 8). */
export function isSupportedText(text: string): boolean {
  for (const character of text.replace(EMOJI, "")) {
    const code = character.codePointAt(0) ?? 0;
    if (code > 0xff || (code < 0x20 && !"\n\r\t".includes(character))) return false;
  }
  return true;
}

/** Unicode code points after JSON decoding, markup included (messages.md 7, simulator defaults), or as the settings count (10.7). */
export function lengthOf(text: string, unit: "points" | "units" | "bytes" = "points"): number {
  if (unit === "units") return text.length;
  return unit === "bytes" ? Buffer.byteLength(text, "utf8") : [...text].length;
}
