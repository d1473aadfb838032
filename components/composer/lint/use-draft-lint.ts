import { type ChangeEvent, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import type { Rejection } from "@/lib/client/composer-store";
import {
  NOTHING_TOLD,
  type Origin,
  pressOf,
  type Question,
  stillTold,
  toldAll,
  waitToTell,
} from "@/lib/client/lint-telling";
import { replaceText } from "@/lib/client/replace-text";
import type { LintFinding } from "@/lib/shared/lint/lint";
import { lengthOf } from "@/lib/shared/message-length";
import type { ChannelName } from "@/lib/shared/thread";
import { linesOf, needsRepair, type Quote } from "@/lib/shared/view/lint-lines";
import type { Repaired } from "./lint-notes";
import type { LintPart } from "./load-lint";
import { useLintRules } from "./use-lint-rules";

const NONE: readonly LintFinding[] = [];
const PUT_IN: Origin = { kind: "put_in" };
/** Pasted or dropped: nobody is in the middle of writing it. */
const AT_ONCE: ReadonlySet<string> = new Set(["insertFromPaste", "insertFromDrop"]);

/** Watches over the draft in a field: what Mercado Libre will not take of it, told after a pause, and a question before
 *  what it certainly refuses, or what was not told yet, is sent. The rules come with the first focus or text; without them all else works. */
export function useDraftLint({
  text,
  maxLength,
  channel,
  rejection,
  put,
  sendNow,
}: {
  text: string;
  maxLength: number;
  /** Whose rules hold. */
  channel: ChannelName;
  /** What this text was rejected for before. */
  rejection: Rejection | null;
  /** Puts a text into the field where the browser cannot. */
  put: (text: string) => void;
  /** Sends what is in the field, past the form. */
  sendNow: () => void;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const { part, latest, load, hold } = useLintRules(sendNow);
  const [told, setTold] = useState(NOTHING_TOLD);
  const [question, setQuestion] = useState<Question | null>(null);
  const [repaired, setRepaired] = useState<(Repaired & { text: string; before: string }) | null>(null);
  const [isLeft, setLeft] = useState(false);
  const typed = useRef<{ text: string; origin: Origin } | null>(null);

  const lint = useCallback(
    (rules: LintPart, words: string) => rules.lintDraft(words, { maxLength, channel }),
    [maxLength, channel],
  );
  const checked = useDeferredValue(text);
  const findings = useMemo(
    () => (part === null ? NONE : lint(part, checked).filter(({ rule }) => rule !== "too_long")),
    [part, checked, lint],
  );
  const shown = useMemo(() => findings.filter(({ rule }) => told.has(rule)), [findings, told]);
  const rejectedFor = rejection?.reason?.toUpperCase() ?? null;
  // What the rules found in the rejected text is gone from this one. What they never found, they cannot see go.
  const isMended = useMemo(() => {
    const isFor = ({ reason }: LintFinding) => reason !== null && reason === rejectedFor;
    if (part === null || rejection === null || findings.some(isFor)) return false;
    return lint(part, rejection.text).some(isFor);
  }, [part, rejection, rejectedFor, findings, lint]);
  const isAsking = question?.text === text && question.at !== Number.NEGATIVE_INFINITY;

  const early = useRef(load);
  early.current = load;
  const hasText = text !== "";
  useEffect(() => {
    if (hasText) early.current();
  }, [hasText]);

  useEffect(() => {
    const kept = stillTold(findings, told);
    if (kept !== told) return setTold(kept);
    const byHand = typed.current?.text === checked ? typed.current.origin : null;
    const wait = waitToTell(findings, told, byHand === null ? PUT_IN : isLeft ? { kind: "left" } : byHand);
    if (wait === null) return;
    const timer = setTimeout(() => setTold(toldAll(findings)), wait);
    return () => clearTimeout(timer);
  }, [findings, told, checked, isLeft]);

  /** A press of Send goes through here before the form hears of it. */
  function stops(form: HTMLFormElement): boolean {
    const written = field.current?.value ?? "";
    if (hold(form, written)) return true;
    const rules = latest.current;
    // Too long is the form's own business, and nothing is asked about a text that cannot leave.
    if (rules === null || lengthOf(written.trim()) > maxLength) return false;
    const found = lint(rules, written);
    const isUntold = found.some(({ rule }) => !told.has(rule));
    const now = performance.now();
    const press = pressOf({ isRefused: needsRepair(found), isUntold, text: written, now }, question);
    if (press === "ask") {
      setQuestion({ text: written, at: now });
      setTold(toldAll(found));
    }
    return press !== "go";
  }
  const gate = useRef(stops);
  gate.current = stops;
  useEffect(() => {
    const form = field.current?.form;
    if (!form) return;
    // On the form itself: React's own listener sits further out, so that whatever form holds the field is held too.
    const onSubmit = (event: SubmitEvent) => {
      if (!gate.current(form)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    form.addEventListener("submit", onSubmit);
    return () => form.removeEventListener("submit", onSubmit);
  }, []);

  function repair(): string | null {
    const above = field.current;
    if (part === null || above === null) return null;
    const before = above.value;
    const after = part.repairDraft(before);
    const caret = part.repairDraft(before.slice(0, above.selectionEnd)).length;
    const signs = (rule: "characters" | "emoji") =>
      linesOf(findings.filter((finding) => finding.rule === rule)).flatMap(({ quotes }) =>
        quotes.map((quote) => quote.text),
      );
    setRepaired({ text: after, before, replaced: signs("characters"), removed: signs("emoji") });
    if (!replaceText(above, after, caret)) put(after);
    return after;
  }

  /** Decided: the text as it is now goes, whatever the rules say. */
  function sendDecided(decided: string): void {
    setQuestion({ text: decided, at: Number.NEGATIVE_INFINITY });
    // After this render: the form must know the new text's length.
    setTimeout(() => field.current?.form?.requestSubmit());
  }

  return {
    field,
    part,
    checked,
    lines: useMemo(() => linesOf(shown), [shown]),
    marks: shown,
    isAsking: isAsking && needsRepair(findings),
    isHeld: isAsking && !needsRepair(findings),
    repaired: repaired?.text === text ? repaired : null,
    rejection: isMended || text.trim() === "" ? null : rejection,
    /** Does a warning show where the text breaks the rule that it was rejected for? */
    isRejectionFound: shown.some(({ reason }) => reason !== null && reason === rejectedFor),
    onChange({ target, nativeEvent }: ChangeEvent<HTMLTextAreaElement>) {
      const isPut = nativeEvent instanceof InputEvent && AT_ONCE.has(nativeEvent.inputType);
      const origin: Origin = isPut ? PUT_IN : { kind: "typed", caret: target.selectionEnd };
      typed.current = { text: target.value, origin };
    },
    onFocus() {
      setLeft(false);
      load();
    },
    onBlur: () => setLeft(true),
    find({ start, end }: Quote) {
      const above = field.current;
      if (above === null) return;
      above.focus({ preventScroll: true });
      above.setSelectionRange(start, end);
      const mark = above.parentElement?.querySelector<HTMLElement>(`[data-at="${start}"]`);
      if (mark) above.scrollTop = mark.offsetTop - above.clientHeight / 2;
    },
    repair: () => void repair(),
    undoRepair() {
      const above = field.current;
      if (above === null || repaired === null) return;
      above.focus({ preventScroll: true });
      // The browser's own undo, so that the keys can redo it.
      if (!document.execCommand("undo") || above.value !== repaired.before) put(repaired.before);
    },
    repairAndSend() {
      const after = repair();
      if (after !== null) sendDecided(after);
    },
    sendAnyway: () => sendDecided(field.current?.value ?? ""),
    leave() {
      setQuestion(null);
      field.current?.focus({ preventScroll: true });
    },
  };
}
