import { describe, expect, it } from "vitest";
import type { LintFinding, LintRule } from "@/lib/shared/lint/lint";
import { foldLines, linesOf, needsRepair } from "./lint-lines";

/** A finding of these words in a text that begins with 10 other characters. */
function finding(rule: LintRule, found: string, start = 10): LintFinding {
  const isRefused = rule === "characters" || rule === "emoji" || rule === "too_long";
  return {
    rule,
    found,
    start,
    end: start + found.length,
    fate: isRefused ? "refused" : "moderated",
    reason: isRefused ? null : "PERSONAL_DATA",
  };
}

describe("linesOf", () => {
  it("puts what is certainly refused first, and says each kind once", () => {
    const lines = linesOf([
      finding("phone", "11 5555-1234", 0),
      finding("email", "a@b.com", 20),
      finding("phone", "11 4444-1234", 40),
      finding("characters", "“", 60),
    ]);
    expect(lines.map(({ kind }) => kind)).toEqual(["characters", "phone", "email"]);
    expect(lines[1]).toEqual({
      kind: "phone",
      isRepairable: false,
      reason: "PERSONAL_DATA",
      quotes: [
        { text: "11 5555-1234", start: 0, end: 12 },
        { text: "11 4444-1234", start: 40, end: 52 },
      ],
      more: 0,
    });
  });

  it("leaves the length to the counter", () => {
    expect(linesOf([finding("too_long", "x")])).toEqual([]);
  });

  it("joins characters and emoji: one press repairs both", () => {
    expect(linesOf([finding("characters", "—"), finding("emoji", "🪑")]).map(({ kind }) => kind)).toEqual([
      "unsupported",
    ]);
    expect(linesOf([finding("emoji", "🪑")]).map(({ kind }) => kind)).toEqual(["emoji"]);
  });

  it("quotes each sign once, with its first place, and names those that cannot be seen", () => {
    const [line] = linesOf([finding("characters", "“\u200b“", 5), finding("characters", "”", 20)]);
    expect(line?.quotes).toEqual([
      { text: "“", start: 5, end: 6 },
      { text: "U+200B", start: 6, end: 7 },
      { text: "”", start: 20, end: 21 },
    ]);
  });

  it("keeps an emoji of several code points together", () => {
    const [line] = linesOf([finding("emoji", "🧑‍🦰", 3)]);
    expect(line?.quotes).toEqual([{ text: "🧑‍🦰", start: 3, end: 8 }]);
  });

  it("quotes no more signs and words than are read at a glance, and counts the rest", () => {
    const signs = [..."“”‘’—–…•"].map((sign, index) => finding("characters", sign, index));
    expect(linesOf(signs)[0]).toMatchObject({ more: 2 });
    expect(linesOf(signs)[0]?.quotes).toHaveLength(6);
    const phones = ["11 1111-1111", "11 2222-2222", "11 3333-3333", "11 3333-3333"];
    expect(linesOf(phones.map((words, index) => finding("phone", words, index * 20)))[0]).toMatchObject({
      quotes: [{ text: "11 1111-1111" }, { text: "11 2222-2222" }],
      more: 1,
    });
  });

  it("shortens long words in the middle, without losing the place they stand at", () => {
    const found = "https://bit.ly/manual-de-uso-del-auricular-x2";
    const [line] = linesOf([finding("shortener", found)]);
    expect(line?.quotes).toEqual([
      { text: "https://bit.ly/man…cular-x2", start: 10, end: 10 + found.length },
    ]);
    expect(linesOf([finding("claim", "no abras\n  reclamo")])[0]?.quotes[0]?.text).toBe("no abras reclamo");
  });
});

describe("foldLines", () => {
  it("shows two and folds the rest, but never folds one alone", () => {
    expect(foldLines(["a"], false)).toEqual({ shown: ["a"], folded: 0 });
    expect(foldLines(["a", "b", "c"], false)).toEqual({ shown: ["a", "b", "c"], folded: 0 });
    expect(foldLines(["a", "b", "c", "d"], false)).toEqual({ shown: ["a", "b"], folded: 2 });
    expect(foldLines(["a", "b", "c", "d"], true)).toEqual({ shown: ["a", "b", "c", "d"], folded: 0 });
  });
});

describe("needsRepair", () => {
  it("is asked for by characters and emoji alone", () => {
    expect(needsRepair([finding("characters", "—")])).toBe(true);
    expect(needsRepair([finding("emoji", "🪑")])).toBe(true);
    expect(needsRepair([finding("phone", "11 5555-1234"), finding("too_long", "x")])).toBe(false);
  });
});
