import { describe, expect, it } from "vitest";
import { cutInto, sumOf } from "./buckets";
import {
  clockIn,
  dayIn,
  daysIn,
  isDay,
  LONGEST_DAYS,
  PRESETS,
  periodOf,
  presetPeriod,
  previousPeriod,
  previousSoFar,
  startsIn,
  unitOf,
} from "./periods";
import { chosen, hoursOf, LATER, plus, ZONES } from "./testing/periods-of";

const HOUR = 3_600_000;

describe.each(ZONES)("in $timeZone", ({ timeZone, short, long }) => {
  it.each([
    ["23", short, 23],
    ["25", long, 25],
  ])("has a day of %s hours", (_name, day, hours) => {
    const period = chosen({ from: day, to: day }, timeZone);
    expect(period.to.getTime() - period.from.getTime()).toBe(hours * HOUR);
    expect(daysIn(period)).toEqual([{ day, from: period.from, to: period.to }]);
    const starts = startsIn(period, "hour", LATER);
    expect(starts).toHaveLength(hours);
    expect(starts.every((at) => dayIn(at, timeZone) === day)).toBe(true);
    expect(new Set(starts.map((at) => clockIn(at, timeZone))).size).toBe(hours);
  });

  it.each([short, long])("adds a week over %s up, hour by hour and day by day", (day) => {
    const period = chosen({ from: plus(day, -3), to: plus(day, 3) }, timeZone);
    const hours = hoursOf(startsIn(period, "hour", LATER));
    const { spans, outside } = cutInto(hours, daysIn(period));
    expect(outside).toBe(0);
    expect(spans.map((one) => one.day)).toEqual([-3, -2, -1, 0, 1, 2, 3].map((by) => plus(day, by)));
    expect(sumOf(spans)).toBe(sumOf(hours));
    expect(hours).toHaveLength(day === short ? 167 : 169);
  });

  it("counts the last days until the end of today", () => {
    const now = new Date(chosen({ from: long, to: long }, timeZone).to.getTime() - 1);
    for (const [preset, days] of [
      ["7d", 7],
      ["30d", 30],
      ["90d", 90],
    ] as const) {
      const period = presetPeriod(preset, now, timeZone);
      expect(period).toEqual(chosen({ from: plus(long, 1 - days), to: long }, timeZone));
    }
  });
});

describe("what is chosen", () => {
  const now = new Date("2026-11-22T21:04:04Z");
  const timeZone = "America/Santiago";

  it("is 24 hours, of which the last one is now's, after 24 others", () => {
    const period = presetPeriod("24h", now, timeZone);
    expect(period).toEqual({
      from: new Date("2026-11-21T22:00:00Z"),
      to: new Date("2026-11-22T22:00:00Z"),
      timeZone,
      days: null,
    });
    const starts = startsIn(period, "hour", now);
    expect([starts.length, starts.at(-1)?.toISOString()]).toEqual([24, "2026-11-22T21:00:00.000Z"]);
    expect(previousPeriod(period)).toMatchObject({
      from: new Date("2026-11-20T22:00:00Z"),
      to: period.from,
      days: null,
    });
    expect(previousSoFar(period, now)).toEqual(previousPeriod(period));
    expect(daysIn(period).map(({ day }) => day)).toEqual(["2026-11-21", "2026-11-22"]);
  });

  it("is a week with today, compared with the week before up to the same hour", () => {
    const period = presetPeriod("7d", now, timeZone);
    expect([dayIn(period.from, timeZone), period.to.toISOString()]).toEqual([
      "2026-11-16",
      "2026-11-23T03:00:00.000Z",
    ]);
    expect(previousSoFar(period, now)).toMatchObject({
      from: new Date("2026-11-09T03:00:00Z"),
      to: new Date("2026-11-15T22:00:00Z"),
    });
  });

  it("is asked for in hours up to a month, and in Mercado Libre's days beyond", () => {
    const units = PRESETS.map((preset) => unitOf(presetPeriod(preset, now, timeZone)));
    expect(units).toEqual(["hour", "hour", "hour", "day"]);
    expect(unitOf(chosen({ from: "2026-03-15", to: "2026-04-14" }, timeZone))).toBe("hour");
    expect(unitOf(chosen({ from: "2026-03-15", to: "2026-04-15" }, timeZone))).toBe("day");
  });

  it.each([
    ["a day that does not exist", "2026-02-29", "2026-03-01"],
    ["another order", "2026-03-02", "2026-03-01"],
    ["another way to write it", "2026-3-2", "2026-03-05"],
    ["a time", "2026-03-02T00:00:00Z", "2026-03-05"],
    ["too many days", "2025-03-02", plus("2025-03-02", LONGEST_DAYS)],
  ])("is nothing for %s", (_name, from, to) => {
    expect(periodOf({ from, to }, now, timeZone)).toBeNull();
  });

  it("is at most a leap year", () => {
    const to = plus("2025-03-02", LONGEST_DAYS - 1);
    expect(periodOf({ from: "2025-03-02", to }, now, timeZone)?.days).toBe(366);
    expect(periodOf({ preset: "7d" }, now, timeZone)).toEqual(presetPeriod("7d", now, timeZone));
  });

  it("tells days from other texts", () => {
    expect(["2024-02-29", "2026-12-31"].every(isDay)).toBe(true);
    expect(["2026-02-29", "2026-13-01", "26-01-01", "", "hoy", "2026-01-01 "].some(isDay)).toBe(false);
  });
});
