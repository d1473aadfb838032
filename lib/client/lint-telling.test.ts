import { describe, expect, it } from "vitest";
import type { LintFinding, LintRule } from "@/lib/shared/lint/lint";
import {
  LEFT_MS,
  NOTHING_TOLD,
  PAUSE_MS,
  pressOf,
  SAME_PRESS_MS,
  STILL_WRITING_MS,
  stillTold,
  toldAll,
  waitToTell,
} from "./lint-telling";

const finding = (rule: LintRule, start: number, end: number): LintFinding => ({
  rule,
  start,
  end,
  found: "x".repeat(end - start),
  fate: "moderated",
  reason: "PERSONAL_DATA",
});
const typedTo = (caret: number) => ({ kind: "typed", caret }) as const;

describe("waitToTell", () => {
  it("has nothing to say while nothing is new", () => {
    expect(waitToTell([], NOTHING_TOLD, typedTo(3))).toBeNull();
    expect(waitToTell([finding("phone", 0, 9)], new Set(["phone"]), typedTo(9))).toBeNull();
  });

  it("waits for a pause, and for a longer one where the writer still is", () => {
    const phone = finding("phone", 4, 16);
    expect(waitToTell([phone], NOTHING_TOLD, typedTo(30))).toBe(PAUSE_MS);
    expect(waitToTell([phone], NOTHING_TOLD, typedTo(16))).toBe(STILL_WRITING_MS);
    expect(waitToTell([phone, finding("email", 20, 30)], NOTHING_TOLD, typedTo(30))).toBe(PAUSE_MS);
  });

  it("does not wait for what was not typed", () => {
    expect(waitToTell([finding("phone", 0, 9)], NOTHING_TOLD, { kind: "put_in" })).toBe(0);
  });

  it("is soon told once the field was left, but not under the press that left it", () => {
    expect(waitToTell([finding("phone", 0, 9)], NOTHING_TOLD, { kind: "left" })).toBe(LEFT_MS);
  });

  it("waits for a second kind although the first was told", () => {
    expect(
      waitToTell([finding("phone", 0, 9), finding("email", 12, 20)], new Set(["phone"]), typedTo(20)),
    ).toBe(STILL_WRITING_MS);
  });
});

describe("what was told", () => {
  it("is forgotten once it is gone, so that it waits again", () => {
    const told = toldAll([finding("phone", 0, 9), finding("email", 12, 20)]);
    expect([...told]).toEqual(["phone", "email"]);
    expect([...stillTold([finding("email", 0, 8)], told)]).toEqual(["email"]);
  });

  it("is the same set while nothing of it is gone: nothing is drawn anew", () => {
    const told = toldAll([finding("phone", 0, 9)]);
    expect(stillTold([finding("phone", 3, 12), finding("email", 20, 30)], told)).toBe(told);
  });
});

describe("pressOf", () => {
  const press = { isRefused: true, isUntold: false, text: "“Hola”", now: 5_000 };

  it("goes at once when nothing is certainly refused and all was told", () => {
    expect(pressOf({ ...press, isRefused: false }, null)).toBe("go");
  });

  it("asks about a warning that nobody had the time to read, and the next press decides", () => {
    const hurried = { ...press, isRefused: false, isUntold: true };
    expect(pressOf(hurried, null)).toBe("ask");
    const told = { ...hurried, isUntold: false };
    expect(pressOf({ ...told, now: 5_150 }, { text: press.text, at: 5_000 })).toBe("same_press");
    expect(pressOf({ ...told, now: 5_000 + SAME_PRESS_MS }, { text: press.text, at: 5_000 })).toBe("go");
  });

  it("asks once, and the next press decides", () => {
    expect(pressOf(press, null)).toBe("ask");
    expect(pressOf({ ...press, now: 5_000 + SAME_PRESS_MS }, { text: press.text, at: 5_000 })).toBe("go");
  });

  it("takes a double click for one press", () => {
    expect(pressOf({ ...press, now: 5_150 }, { text: press.text, at: 5_000 })).toBe("same_press");
  });

  it("asks again about another text", () => {
    expect(pressOf(press, { text: "“Otra”", at: 0 })).toBe("ask");
  });

  it("goes without a wait after a decision", () => {
    expect(pressOf(press, { text: press.text, at: Number.NEGATIVE_INFINITY })).toBe("go");
  });
});
