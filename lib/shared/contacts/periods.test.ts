import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketStarts, cutInto, sumOf } from "./buckets";
import { toCsv } from "./csv";
import { differenceOf } from "./difference";
import {
  clockIn,
  dayIn,
  dayOfBucket,
  daysIn,
  isDay,
  LONGEST_DAYS,
  type Period,
  PRESETS,
  periodOf,
  presetPeriod,
  previousPeriod,
  previousSoFar,
  startsIn,
  unitOf,
} from "./periods";
import { readCsv } from "./testing/read-csv";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LATER = new Date("2040-01-01T00:00:00Z");

/** Days on which clocks changed: one of 23 hours, one of 25. */
const ZONES = [
  { timeZone: "America/Argentina/Buenos_Aires", short: "2008-10-19", long: "2009-03-14" },
  { timeZone: "America/Sao_Paulo", short: "2018-11-04", long: "2019-02-16" },
  { timeZone: "America/Santiago", short: "2026-09-06", long: "2026-04-04" },
  { timeZone: "America/Mexico_City", short: "2022-04-03", long: "2022-10-30" },
  { timeZone: "America/New_York", short: "2026-03-08", long: "2026-11-01" },
] as const;

/** And zones that are half an hour off, or change by half an hour, for which buckets reach over midnight. */
const HALVES = ["America/St_Johns", "Asia/Kolkata", "Australia/Lord_Howe"];

const chosen = (choice: { from: string; to: string }, timeZone: string): Period => {
  const period = periodOf(choice, LATER, timeZone);
  if (period === null) throw new Error("no such period");
  return period;
};
const plus = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
const msOf = ({ from, to }: { from: Date; to: Date }) => to.getTime() - from.getTime();

/** A period of some days around a change of clocks, or at any other time, in any zone. */
const anyPeriod = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    near: fc.constantFrom("short" as const, "long" as const, "any" as const),
    before: fc.integer({ min: 0, max: 45 }),
    after: fc.integer({ min: 0, max: 45 }),
    any: fc.integer({ min: 0, max: 9_000 }),
  })
  .map(({ zone, near, before, after, any }) => {
    const middle = near === "any" ? plus("2008-01-01", any) : zone[near];
    return chosen({ from: plus(middle, -before), to: plus(middle, after) }, zone.timeZone);
  });

/** Made-up contacts for each hour, of which none is like its neighbour. */
const hoursOf = (starts: readonly Date[]) =>
  starts.map((at) => ({ at, total: 1 + ((at.getTime() / HOUR) % 97) }));

describe.each(ZONES)("in $timeZone", ({ timeZone, short, long }) => {
  it.each([
    ["23", short, 23],
    ["25", long, 25],
  ])("has a day of %s hours", (_name, day, hours) => {
    const period = chosen({ from: day, to: day }, timeZone);
    expect(msOf(period)).toBe(hours * HOUR);
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

describe("a period, in five zones and over changes of clocks", () => {
  it("is cut into days that leave nothing out and share nothing", () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const days = daysIn(period);
        expect(days).toHaveLength(period.days ?? 0);
        expect([days[0]?.from, days.at(-1)?.to]).toEqual([period.from, period.to]);
        for (const [index, one] of days.entries()) {
          expect(dayIn(one.from, period.timeZone)).toBe(one.day);
          expect(dayIn(new Date(one.to.getTime() - 1), period.timeZone)).toBe(one.day);
          expect([23, 24, 25].map((hours) => hours * HOUR)).toContain(msOf(one));
          if (index > 0) expect(one.from).toEqual(days[index - 1]?.to);
        }
      }),
    );
  });

  it("has a total that is the sum of its hours and of its days, each hour in one day", () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const hours = hoursOf(startsIn(period, "hour", LATER));
        expect(hours).toHaveLength(msOf(period) / HOUR);
        const { spans, outside } = cutInto(hours, daysIn(period));
        const total = hours.reduce((sum, hour) => sum + hour.total, 0);
        expect([sumOf(spans), outside]).toEqual([total, 0]);
        expect(differenceOf(total, sumOf(spans)).difference).toBe(0);
        const ofDays = new Map<string, number>();
        for (const { at, total: ofHour } of hours) {
          const day = dayIn(at, period.timeZone);
          ofDays.set(day, (ofDays.get(day) ?? 0) + ofHour);
        }
        expect(spans.map((one) => [one.day, one.total])).toEqual([...ofDays]);
      }),
      { numRuns: 25 },
    );
  });

  it("is the same in a file, read back", () => {
    fc.assert(
      fc.property(anyPeriod, fc.constantFrom("questions", "=llamadas", 'de "día"'), (period, word) => {
        const { spans } = cutInto(hoursOf(startsIn(period, "hour", LATER)), daysIn(period));
        const hours = hoursOf(startsIn(period, "hour", LATER));
        const days = readCsv(
          toCsv(
            ["day", word],
            spans.map(({ day, total }) => [day, total]),
          ),
        );
        expect(days.slice(1).map(([day, total]) => ({ day, total: Number(total) }))).toEqual(
          spans.map(({ day, total }) => ({ day, total })),
        );
        const byHour = readCsv(
          toCsv(
            ["hour", word],
            hours.map(({ at, total }) => [clockIn(at, period.timeZone), total]),
          ),
        );
        expect(
          byHour.slice(1).map(([at, total]) => ({ at: new Date(at ?? ""), total: Number(total) })),
        ).toEqual(hours);
      }),
      { numRuns: 40 },
    );
  });

  it("follows right after one of as many days", () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const previous = previousPeriod(period);
        expect(previous.to).toEqual(period.from);
        expect(daysIn(previous)).toHaveLength(daysIn(period).length);
        expect(previous.days).toBe(period.days);
        expect(previousPeriod(previous).to).toEqual(previous.from);
        const shared = startsIn(previous, "hour", LATER).at(-1);
        expect(shared).toEqual(new Date((startsIn(period, "hour", LATER)[0]?.getTime() ?? 0) - HOUR));
      }),
    );
  });

  it("has as many of Mercado Libre's days as days, none of which the previous one has", () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const starts = startsIn(period, "day", LATER);
        expect(starts.map(dayOfBucket)).toEqual(daysIn(period).map(({ day }) => day));
        expect(starts.every((at) => at.toISOString().endsWith("T04:00:00.000Z"))).toBe(true);
        const both = [...startsIn(previousPeriod(period), "day", LATER), ...starts];
        const ending = starts.at(-1) ?? LATER;
        expect(both).toEqual(bucketStarts({ last: both.length, unit: "day", ending }));
      }),
    );
  });

  it("is not compared with more of the previous one than has gone by", () => {
    fc.assert(
      fc.property(anyPeriod, fc.nat(), (period, ms) => {
        const now = new Date(period.from.getTime() + (ms % msOf(period)));
        const previous = previousPeriod(period);
        const soFar = previousSoFar(period, now);
        expect(soFar.from).toEqual(previous.from);
        expect(soFar.to <= previous.to).toBe(true);
        const gone = startsIn(period, "hour", now).length * HOUR;
        // Clocks that change in either make it an hour more or less.
        expect(Math.abs(msOf(soFar) - gone)).toBeLessThanOrEqual(HOUR);
        expect(previousSoFar(period, period.to)).toEqual(previous);
      }),
    );
  });

  it("asks for hours only that have begun", () => {
    fc.assert(
      fc.property(anyPeriod, fc.nat(), (period, ms) => {
        const now = new Date(period.from.getTime() + (ms % msOf(period)));
        for (const unit of ["hour", "day"] as const) {
          const all = startsIn(period, unit, LATER);
          expect(startsIn(period, unit, now)).toEqual(all.filter((at) => at <= now));
        }
      }),
    );
  });
});

describe("zones that are half an hour off", () => {
  it.each(HALVES)("have every hour in one day and in one period in %s", (timeZone) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000 }), fc.integer({ min: 0, max: 20 }), (start, days) => {
        const from = plus("2008-01-01", start);
        const period = chosen({ from, to: plus(from, days) }, timeZone);
        const hours = hoursOf(startsIn(period, "hour", LATER));
        const { spans, outside } = cutInto(hours, daysIn(period));
        expect([sumOf(spans), outside]).toEqual([sumOf(hours), 0]);
        const both = [...startsIn(previousPeriod(period), "hour", LATER), ...hours.map(({ at }) => at)];
        const ending = both.at(-1) ?? LATER;
        expect(both).toEqual(bucketStarts({ last: both.length, unit: "hour", ending }));
      }),
      { numRuns: 40 },
    );
  });

  it("show their hours as they are there", () => {
    expect(clockIn(new Date("2026-08-06T18:00:00Z"), "Asia/Kolkata")).toBe("2026-08-06T23:30:00+05:30");
    expect(clockIn(new Date("2026-08-06T12:00:00Z"), "America/Santiago")).toBe("2026-08-06T08:00:00-04:00");
    expect(clockIn(new Date("2026-08-06T12:00:00Z"), "UTC")).toBe("2026-08-06T12:00:00+00:00");
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
