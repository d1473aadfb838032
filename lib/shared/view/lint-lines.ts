import type { LintFinding, LintRule } from "@/lib/shared/lint/lint";

/** Words of the draft that a warning is about, as they are quoted. */
export interface Quote {
  text: string;
  /** UTF-16 offsets of the first place they stand at. */
  start: number;
  end: number;
}

/** What one warning is about: a rule, or all that Mercado Libre's character set lacks, which one press repairs. */
export type LintKind = Exclude<LintRule, "too_long"> | "unsupported";

export interface LintLine {
  kind: LintKind;
  /** Mercado Libre certainly refuses the message, and one press repairs it. */
  isRepairable: boolean;
  /** Mercado Libre's moderation reason, or null. */
  reason: string | null;
  quotes: Quote[];
  /** How many more there are that no quote stands for. */
  more: number;
}

/** Shown at once; the rest waits behind one press. */
const MOST_LINES = 2;
const MOST_WORDS = 2;
const MOST_CHARACTERS = 6;
const HEAD = 18;
const TAIL = 8;

const INVISIBLE = /^[\p{C}\p{Z}\p{M}]+$/u;

/** The warnings of a draft: one for each kind of finding, what is certainly refused first. Length has its own place,
 *  the counter, and is not among them. Pure. */
export function linesOf(findings: readonly LintFinding[]): LintLine[] {
  const refused = findings.filter(({ rule }) => isCharacters(rule));
  const kinds = new Map<LintKind, LintFinding[]>();
  if (refused.length > 0) kinds.set(kindOf(refused), refused);
  for (const finding of findings) {
    const { rule } = finding;
    if (rule === "too_long" || rule === "characters" || rule === "emoji") continue;
    kinds.set(rule, [...(kinds.get(rule) ?? []), finding]);
  }
  return [...kinds].map(([kind, of]) => {
    const isRepairable = isCharacters(of[0]?.rule);
    const quotes = distinct(isRepairable ? of.flatMap(glyphsOf) : of.map(quoteOf));
    const most = isRepairable ? MOST_CHARACTERS : MOST_WORDS;
    return {
      kind,
      isRepairable,
      reason: of[0]?.reason ?? null,
      quotes: quotes.slice(0, most),
      more: Math.max(0, quotes.length - most),
    };
  });
}

/** The first lines, and how many are folded away behind them. One alone is never folded: its button would take the same
 *  place. Pure. */
export function foldLines<T>(
  lines: readonly T[],
  isUnfolded: boolean,
): { shown: readonly T[]; folded: number } {
  if (isUnfolded || lines.length <= MOST_LINES + 1) return { shown: lines, folded: 0 };
  return { shown: lines.slice(0, MOST_LINES), folded: lines.length - MOST_LINES };
}

/** Would Mercado Libre certainly refuse the text for characters that a repair takes care of? Pure. */
export function needsRepair(findings: readonly LintFinding[]): boolean {
  return findings.some(({ rule, fate }) => fate === "refused" && isCharacters(rule));
}

function isCharacters(rule: LintRule | undefined): boolean {
  return rule === "characters" || rule === "emoji";
}

function kindOf(refused: readonly LintFinding[]): LintKind {
  if (refused.every(({ rule }) => rule === "emoji")) return "emoji";
  return refused.every(({ rule }) => rule === "characters") ? "characters" : "unsupported";
}

/** An emoji is one sign, however many code points it has; of anything else each character is a sign. */
function glyphsOf({ rule, found, start, end }: LintFinding): Quote[] {
  if (rule === "emoji") return [{ text: found, start, end }];
  let at = start;
  return [...found].map((character) => {
    const from = at;
    at += character.length;
    return { text: nameOf(character), start: from, end: at };
  });
}

/** A sign that cannot be seen is told by its number. */
function nameOf(character: string): string {
  if (!INVISIBLE.test(character)) return character;
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

function quoteOf({ found, start, end }: LintFinding): Quote {
  const words = [...found.trim().replace(/\s+/gu, " ")];
  const text =
    words.length <= HEAD + TAIL + 1
      ? words.join("")
      : `${words.slice(0, HEAD).join("").trimEnd()}…${words.slice(-TAIL).join("").trimStart()}`;
  return { text, start, end };
}

function distinct(quotes: readonly Quote[]): Quote[] {
  const known = new Map<string, Quote>();
  for (const quote of quotes) if (!known.has(quote.text)) known.set(quote.text, quote);
  return [...known.values()];
}
