/** A text as plain words: Mercado Libre may hand back `<br>`, links and entities where we sent none (messages.md 2.1). */
export function plainText(text: string): string {
  return text
    .replace(/<br\s*\/?>/gi, "\n")
    .replace(/<\/?[a-z][^<>]*>/gi, "")
    .replace(
      /&(?:(amp|lt|gt|quot|apos|nbsp)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi,
      (whole, name: string | undefined, decimal: string | undefined, hex: string | undefined) => {
        if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
        const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      },
    );
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** Do two texts say the same, whatever happened to their markup and white space on the way? */
export function sameMessageText(a: string, b: string): boolean {
  return normal(a) === normal(b);
}

/** A text that was written with entities of its own comes back with them escaped once more: all of them go. */
function normal(text: string): string {
  let plain = text;
  for (let next = plainText(plain); next !== plain; next = plainText(plain)) plain = next;
  return plain.normalize("NFC").replace(/\s+/g, " ").trim();
}

/** The start of a text in one line, for a list. */
export function snippetOf(text: string, max = 140): string {
  const line = plainText(text).replace(/\s+/g, " ").trim();
  const characters = [...line];
  return characters.length <= max
    ? line
    : `${characters
        .slice(0, max - 1)
        .join("")
        .trimEnd()}…`;
}
