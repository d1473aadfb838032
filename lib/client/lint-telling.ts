import type { LintFinding, LintRule } from "@/lib/shared/lint/lint";

/** A pause in typing after which a finding is told. */
export const PAUSE_MS = 800;
/** The same where the writer's own cursor still stands: half a number is no number yet. */
export const STILL_WRITING_MS = 2_500;
/** After the field was left. Not at once: what was pressed outside must not move away under the pointer. */
export const LEFT_MS = 300;

/** What the writer was told of, rule by rule. */
export type Told = ReadonlySet<LintRule>;

export const NOTHING_TOLD: Told = new Set();

/** How the text came to be what it is: typed key by key and still worked on or not, or all at once (pasted, restored, put
 *  back after a rejection). */
export type Origin = { kind: "typed"; caret: number } | { kind: "left" } | { kind: "put_in" };

/** How long to wait, in ms, until the writer is told of what they were not told of yet; null: there is nothing new. A
 *  further key starts the wait anew. Pure. */
export function waitToTell(findings: readonly LintFinding[], told: Told, origin: Origin): number | null {
  const untold = findings.filter(({ rule }) => !told.has(rule));
  if (untold.length === 0) return null;
  if (origin.kind !== "typed") return origin.kind === "left" ? LEFT_MS : 0;
  const { caret } = origin;
  const isStillWriting = untold.every(({ start, end }) => start <= caret && caret <= end);
  return isStillWriting ? STILL_WRITING_MS : PAUSE_MS;
}

/** Told of all that there is now. Pure. */
export function toldAll(findings: readonly LintFinding[]): Told {
  return new Set(findings.map(({ rule }) => rule));
}

/** What is gone is no longer told of: when it comes back, it waits again. The same set when nothing went. Pure. */
export function stillTold(findings: readonly LintFinding[], told: Told): Told {
  const left = [...told].filter((rule) => findings.some((finding) => finding.rule === rule));
  return left.length === told.size ? told : new Set(left);
}

/** A second press within this time is the same press: a double click decides nothing. */
export const SAME_PRESS_MS = 600;

/** A press of Send asks once on a text that Mercado Libre certainly refuses, or of which the writer was not told all:
 *  what a rejection costs (the only message of a guided start) is known before. The next press, on the same text, is
 *  the decision to send it as it is. */
export interface Question {
  text: string;
  at: number;
}

/** What a press of Send does: it goes, or it asks (and whether that is a new question). Pure. */
export function pressOf(
  o: { isRefused: boolean; isUntold: boolean; text: string; now: number },
  asked: Question | null,
): "go" | "ask" | "same_press" {
  if (asked?.text === o.text) return o.now - asked.at < SAME_PRESS_MS ? "same_press" : "go";
  return o.isRefused || o.isUntold ? "ask" : "go";
}
