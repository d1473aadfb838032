import { describe, expect, it } from "vitest";
import { axisOf, slotName, spanName, zoneName } from "./leads-slots";

const HOUR = 3_600_000;
const ZONE = "America/Santiago";
const hours = (from: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ at: new Date(Date.parse(from) + index * HOUR), day: null }));
const days = (first: string, count: number) =>
  Array.from({ length: count }, (_, index) => {
    const at = new Date(Date.parse(`${first}T04:00:00Z`) + index * 24 * HOUR);
    return { at, day: at.toISOString().slice(0, 10) };
  });

describe("an hour or a day", () => {
  it("is named in full, in the seller's zone", () => {
    const at = new Date("2026-11-19T17:00:00Z");
    expect(slotName({ at, day: null }, "es", ZONE)).toMatch(/^jue,? 19 de noviembre, 14:00–15:00$/);
    expect(slotName({ at, day: "2026-11-19" }, "en", ZONE)).toMatch(/^Thu,? (19 November|November 19)$/);
  });

  it("is named by its date, wherever the reader or its midnight is", () => {
    expect(slotName({ at: new Date("2026-11-19T04:00:00Z"), day: "2026-11-18" }, "pt", "UTC")).toContain(
      "18",
    );
  });
});

describe("the labels of the axis", () => {
  it("are clocks within a day", () => {
    const texts = axisOf(hours("2026-11-19T03:00:00Z", 24), 700, "es", ZONE);
    expect(texts.at(-1)).toEqual({ index: 23, text: "23:00" });
    expect(texts.length).toBeLessThanOrEqual(700 / 52);
  });

  it("are days at their first hour over a week by the hour", () => {
    const texts = axisOf(hours("2026-11-16T03:00:00Z", 7 * 24), 900, "es", ZONE);
    expect(texts.map(({ index }) => index)).toEqual([0, 24, 48, 72, 96, 120, 144]);
    expect(texts[0]?.text).toMatch(/^lun,? 16$/);
  });

  it("follow a day of 23 hours", () => {
    // Chile loses the first hour of 6 September 2026.
    const texts = axisOf(hours("2026-09-05T04:00:00Z", 24 + 23 + 24), 900, "es", ZONE);
    expect(texts.map(({ index }) => index)).toEqual([0, 24, 47]);
  });

  it("are as many days as there is room for, with their month once they are many", () => {
    const week = axisOf(days("2026-11-16", 7), 700, "es", ZONE);
    expect(week).toHaveLength(7);
    const month = axisOf(days("2026-10-24", 30), 320, "es", ZONE);
    expect(month.length).toBeLessThanOrEqual(320 / 60);
    expect(month.at(-1)).toEqual({ index: 29, text: "22 nov" });
  });
});

describe("a period", () => {
  it("is named by its first and last day, and a day by itself", () => {
    expect(spanName({ firstDay: "2026-11-16", lastDay: "2026-11-22" }, "es")).toMatch(/^16\D+22 nov 2026$/);
    expect(spanName({ firstDay: "2026-11-16", lastDay: "2026-11-16" }, "es")).toBe("16 nov 2026");
  });

  it("is told with the name that people have for its zone", () => {
    expect(zoneName(ZONE, "es")).toBe("hora de Chile");
    expect([zoneName("UTC", "es"), zoneName("Mars/Olympus", "es")]).toEqual(["UTC", "Mars/Olympus"]);
  });
});
