import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketStarts, cutInto, sumOf } from "./buckets";
import { toCsv } from "./csv";
import { differenceOf } from "./difference";
import { clockIn, dayIn, dayOfBucket, daysIn, previousPeriod, previousSoFar, startsIn } from "./periods";
import { chosen, hoursOf, LATER, plus, ZONES } from "./testing/periods-of";
import { readCsv } from "./testing/read-csv";

const HOUR = 3_600_000;
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

/** And zones that are half an hour off, or change by half an hour, for which buckets reach over midnight. */
const HALVES = ["America/St_Johns", "Asia/Kolkata", "Australia/Lord_Howe"];

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
