import { describe, expect, it } from "vitest";
import { daysAgo, groupByDay } from "./days";
import { ago, clock, dayLabel, exactTime, rowTime, shortDate, spanOf } from "./moments";

const ZONE = "America/Argentina/Buenos_Aires";
const now = new Date("2026-11-21T15:00:00Z"); // 12:00 in Buenos Aires, a Saturday
const hours = (count: number) => new Date(now.getTime() - count * 3_600_000);

describe("days", () => {
  it("turn at midnight of the seller's zone, not of UTC", () => {
    const lateYesterday = new Date("2026-11-21T02:30:00Z"); // 23:30 of the 20th in Buenos Aires
    expect(daysAgo(lateYesterday, now, ZONE)).toBe(1);
    expect(daysAgo(lateYesterday, now, "UTC")).toBe(0);
    expect(groupByDay([{ at: lateYesterday }, { at: now }], ZONE).map((group) => group.day)).toEqual([
      "2026-11-20",
      "2026-11-21",
    ]);
  });

  it("count as UTC when the zone is unknown", () => {
    expect(daysAgo(hours(16), now, "Nowhere/None")).toBe(1);
  });
});

describe("rowTime", () => {
  it.each([
    [hours(3), "es", "09:00"],
    [hours(24), "es", "ayer"],
    [hours(24), "pt", "ontem"],
    [hours(24), "en", "yesterday"],
    [hours(48), "es", "jue"],
    [hours(24 * 10), "es", "11 nov"],
  ])("shows %s in %s as %s", (at, locale, words) => {
    expect(rowTime(at, now, locale, ZONE)).toBe(words);
  });

  it("shows the clock for what is in the future: clocks differ", () => {
    expect(rowTime(hours(-1), now, "es", ZONE)).toBe("13:00");
  });
});

describe("other times", () => {
  it("use a clock of 24 hours in every language", () => {
    const evening = new Date("2026-11-21T23:05:00Z");
    for (const locale of ["es", "pt", "en"]) expect(clock(evening, locale, ZONE)).toBe("20:05");
  });

  it("name days between messages", () => {
    expect(dayLabel(now, now, "es", ZONE)).toBe("hoy");
    expect(dayLabel(hours(24), now, "pt", ZONE)).toBe("ontem");
    expect(dayLabel(hours(24 * 5), now, "en", ZONE)).toContain("November");
  });

  it("add the year once it is not obvious", () => {
    expect(shortDate(hours(24 * 300), now, "en", ZONE)).toMatch(/26|25/);
    expect(shortDate(hours(24 * 20), now, "en", ZONE)).not.toMatch(/26/);
  });

  it("tell the exact instant with its zone", () => {
    expect(exactTime(now, "en", ZONE)).toMatch(/Saturday, November 21, 2026.*12:00:00.*GMT-3/);
  });

  it("tell how long ago something was", () => {
    expect(ago(hours(2), now, "es")).toBe("hace 2 h");
    expect(ago(now, now, "en")).toBe("1 min. ago");
  });
});

describe("spanOf", () => {
  it.each([
    [0, "minutes", 1],
    [59, "minutes", 59],
    [60, "hours", 1],
    [47 * 60, "hours", 47],
    [48 * 60, "days", 2],
  ])("shows %d minutes in %s", (minutes, unit, count) => {
    expect(spanOf(0, minutes * 60_000)).toEqual({ unit, count });
  });
});
