/** A text as plain words: Mercado Libre may hand back `<br>`, links and entities where we sent none (messages.md 2.1). */
export function plainText(text: string): string {
  return text
    .replace(/<br\s*\/?>/gi, "\n")
    .replace(/<\/?[a-z][^>]*>/gi, "")
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_whole, name: string) => ENTITIES[name] ?? "");
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " };

/** Do two texts say the same, whatever happened to their markup and white space on the way? */
export function sameMessageText(a: string, b: string): boolean {
  const normal = (text: string) => plainText(text).normalize("NFC").replace(/\s+/g, " ").trim();
  return normal(a) === normal(b);
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
