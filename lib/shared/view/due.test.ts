import { describe, expect, it } from "vitest";
import { toneOfDue } from "./due";
import { deadline } from "./moments";

const now = new Date("2026-11-24T15:00:00Z");
const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

describe("a deadline", () => {
  it("is quiet while there are days, amber on its last day, red in its last hours and after", () => {
    const tones = [47, 24, 23.9, 4, 3.9, 0, -5].map((hours) => toneOfDue(inHours(hours), now));
    expect(tones).toEqual(["mute", "mute", "soon", "soon", "due", "due", "due"]);
  });

  it.each([
    ["es", 2, "14:00"],
    ["es", 26, "mié, 14:00"],
    ["pt-BR", 50, "qui., 14:00"],
    ["en", 50, "Thu 14:00"],
    ["es", 24 * 9, "jue, 3 dic, 12:00"],
  ])(
    "in %s, %d hours ahead, is told by the day and the hour in the seller's zone",
    (locale, hours, words) => {
      const told = deadline(inHours(hours), now, locale, "America/Argentina/Buenos_Aires");
      expect(told.replaceAll(/[,.]/g, "")).toBe(words.replaceAll(/[,.]/g, ""));
    },
  );
});
