import type { Locale } from "@/lib/shared/words/locale";
import type { Words } from "@/lib/shared/words/words";

/** What a page that only shows conversations does without: the rules, their words and what shows them. */
export interface LintPart {
  lintDraft: typeof import("@/lib/shared/lint/lint").lintDraft;
  repairDraft: typeof import("@/lib/shared/lint/lint").repairDraft;
  LintNotes: typeof import("./lint-notes").LintNotes;
  LintMarks: typeof import("./lint-marks").LintMarks;
  words: Words["lint"];
}

const WORDS_OF = {
  es: () => import("@/lib/shared/words/es/lint.json"),
  pt: () => import("@/lib/shared/words/pt/lint.json"),
  en: () => import("@/lib/shared/words/en/lint.json"),
} as const satisfies Record<Locale, () => Promise<{ default: Words["lint"] }>>;

/** Loads all that watches over a draft. Rejects when it cannot be had: writing and sending go on without it. */
export async function loadLint(locale: Locale): Promise<LintPart> {
  const [lint, notes, marks, words] = await Promise.all([
    import("@/lib/shared/lint/lint"),
    import("./lint-notes"),
    import("./lint-marks"),
    WORDS_OF[locale](),
  ]);
  return {
    lintDraft: lint.lintDraft,
    repairDraft: lint.repairDraft,
    LintNotes: notes.LintNotes,
    LintMarks: marks.LintMarks,
    words: words.default,
  };
}
