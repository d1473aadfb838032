import type { Span } from "./span";

/** A denial in Spanish, Portuguese or English, on folded text. The Spanish "no" is the Portuguese "in the" ("no pix"), so it
 *  counts only before what a verb begins with. */
const DENIAL = new RegExp(
  "(?<![a-z])(?:nao|not|never|nunca|jamas|don't|dont|can't|cant|cannot|won't|wont|doesn't|isn't|sin|sem|nem|" +
    "ni|neither|nor|" +
    "tampoco|tampouco|evit\\w*|prohibid\\w*|proibid\\w*|desconfi\\w*|ignor\\w*|cuidado|ojo con|beware|fraude|" +
    "estafa|golpe|scam)(?![a-z])|" +
    "(?<![a-z])no (?=(?:se |te |le |lo |la |me |nos |les |los |las |hemos |vamos a |esta |" +
    "estan ){0,3}(?:acept|trabaj|recib|pod|pued|" +
    "tom|manej|hac|hag|us[aeo]|pag[auo]|transf|dep|envi|mand|pas[aeo]|compart|escrib|d(?:amos|ar|oy|an|as|" +
    "e) |ten|hay|abr|inic|utiliz|admit|" +
    "permit|necesit|es |respond|llam|atend|oper|agreg|segu|contact|conf|cre|sali|entr|ofre|vend|exist))",
  "g",
);

/** How far before a place a denial still counts, in characters. */
const REACH = 60;

/** Is what a span says denied, in its own clause or just before it?
 *  @param reach how far before it a denial counts, in characters */
export function isDenied(text: string, { start, end }: Span, reach = REACH): boolean {
  const from = Math.max(0, start - reach);
  // A little more than the span is read: the pattern looks at the word behind a "no".
  for (const match of text.slice(from, end + 8).matchAll(DENIAL)) {
    const at = from + match.index;
    if (at >= end) return false;
    const after = at + match[0].length;
    const gap = after < start ? text.slice(after, start) : text.slice(after, end);
    if (!/[.,;:!?\n]/.test(gap)) return true;
  }
  return false;
}
