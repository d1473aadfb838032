import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  asksFor,
  type Bucket,
  bucketEnd,
  bucketStart,
  bucketStarts,
  cutInto,
  joinBuckets,
  sumOf,
} from "./buckets";

const HOUR = 3_600_000;
const unit = fc.constantFrom("hour" as const, "day" as const);
const lengthOf = { hour: HOUR, day: 24 * HOUR };
const instant = fc.date({ min: new Date("2007-01-01Z"), max: new Date("2035-01-01Z"), noInvalidDate: true });
const iso = (dates: readonly Date[]) => dates.map((date) => date.toISOString());

describe("the buckets of an answer", () => {
  it("are those of the examples of the documents", () => {
    const ending = new Date("2026-05-28T00:00:00-03:00");
    expect(iso(bucketStarts({ last: 2, unit: "hour", ending }))).toEqual([
      "2026-05-28T02:00:00.000Z",
      "2026-05-28T03:00:00.000Z",
    ]);
    expect(bucketEnd(ending, "hour").toISOString()).toBe("2026-05-28T04:00:00.000Z");
    expect(iso(bucketStarts({ last: 2, unit: "day", ending }))).toEqual([
      "2026-05-26T04:00:00.000Z",
      "2026-05-27T04:00:00.000Z",
    ]);
  });

  it("begin a day at 04:00Z and not one instant earlier", () => {
    const before = new Date("2026-05-28T03:59:59.999Z");
    expect(bucketStart(before, "day").toISOString()).toBe("2026-05-27T04:00:00.000Z");
    expect(bucketStart(new Date(before.getTime() + 1), "day").toISOString()).toBe("2026-05-28T04:00:00.000Z");
  });

  it("are neighbours, of which the last one contains the ending", () => {
    fc.assert(
      fc.property(unit, fc.integer({ min: 1, max: 800 }), instant, (one, last, ending) => {
        const starts = bucketStarts({ last, unit: one, ending }).map((at) => at.getTime());
        expect(starts).toHaveLength(last);
        for (const [index, at] of starts.entries()) {
          expect(at % lengthOf[one]).toBe(one === "hour" ? 0 : 4 * HOUR);
          if (index > 0) expect(at - (starts[index - 1] ?? 0)).toBe(lengthOf[one]);
        }
        const newest = starts.at(-1) ?? 0;
        expect(newest <= ending.getTime() && ending.getTime() < newest + lengthOf[one]).toBe(true);
        expect(bucketEnd(ending, one).getTime()).toBe(newest + lengthOf[one]);
      }),
    );
  });
});

describe("what is asked for", () => {
  it("answers each bucket once, in calls no larger than allowed and no more than needed", () => {
    fc.assert(
      fc.property(
        unit,
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 120 }),
        instant,
        instant,
        (one, last, most, ending, now) => {
          const starts = bucketStarts({ last, unit: one, ending });
          const asks = asksFor(starts, one, most, now);
          expect(asks).toHaveLength(Math.ceil(last / most));
          expect(asks.every((ask) => ask.last <= most)).toBe(true);
          expect(iso(asks.flatMap((ask) => bucketStarts({ ...ask, unit: one })))).toEqual(iso(starts));
        },
      ),
    );
  });

  it("names hours by their start, days by noon, and nothing later than now", () => {
    const days = bucketStarts({ last: 2, unit: "day", ending: new Date("2026-05-28T12:00:00Z") });
    const endings = (unit: "hour" | "day", at: string) =>
      iso(asksFor(days, unit, 1, new Date(at)).map(({ ending }) => ending));
    expect(endings("hour", "2026-06-01T00:00:00Z")).toEqual(iso(days));
    expect(endings("day", "2026-06-01T00:00:00Z")).toEqual([
      "2026-05-27T12:00:00.000Z",
      "2026-05-28T12:00:00.000Z",
    ]);
    expect(endings("day", "2026-05-28T05:00:00Z")[1]).toBe("2026-05-28T05:00:00.000Z");
  });

  it.each([0, 3, 4, 6, 10])("is answered with the same dates where days begin at %i:00Z", (hour) => {
    const starts = bucketStarts({ last: 40, unit: "day", ending: new Date("2026-05-28T12:00:00Z") });
    const answers = asksFor(starts, "day", 15, new Date("2026-06-01T00:00:00Z")).map((ask) => {
      const shift = (4 - hour) * HOUR;
      const shifted = new Date(ask.ending.getTime() + shift);
      return bucketStarts({ ...ask, unit: "day", ending: shifted }).map((at) => ({
        at: new Date(at.getTime() - shift),
        total: 1,
      }));
    });
    const { buckets, missing } = joinBuckets(answers, starts, "day");
    expect([missing, sumOf(buckets)]).toEqual([0, 40]);
    expect(iso(buckets.map(({ at }) => at)).map((at) => at.slice(0, 10))).toEqual(
      iso(starts).map((at) => at.slice(0, 10)),
    );
    expect(buckets.every(({ at }) => at.getUTCHours() === hour)).toBe(true);
  });

  it("leaves a gap where one is, and is nothing for nothing", () => {
    const now = new Date("2026-05-28T12:00:00Z");
    const day = bucketStarts({ last: 6, unit: "hour", ending: new Date("2026-05-28T12:00:00Z") });
    expect(asksFor([...day.slice(0, 2), ...day.slice(4)], "hour", 100, now).map(({ last }) => last)).toEqual([
      2, 2,
    ]);
    expect(asksFor([], "hour", 100, now)).toEqual([]);
  });
});

describe("several answers as one", () => {
  const at = (hour: number) => new Date(Date.UTC(2026, 4, 28, hour));

  it("hold each bucket once, whatever the calls they came in", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(500), { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 1, max: 50 }),
        (totals, most) => {
          const starts = bucketStarts({ last: totals.length, unit: "hour", ending: at(12) });
          const series = starts.map((start, index) => ({ at: start, total: totals[index] ?? 0 }));
          const answers = asksFor(starts, "hour", most, at(12)).map((ask) => {
            const asked = new Set(iso(bucketStarts({ ...ask, unit: "hour" })));
            return series.filter((one) => asked.has(one.at.toISOString()));
          });
          const joined = joinBuckets(answers, starts, "hour");
          expect(joined).toEqual({ buckets: series, missing: 0 });
          expect(sumOf(joined.buckets)).toBe(sumOf(totals.map((total) => ({ total }))));
        },
      ),
    );
  });

  it("say how many buckets no answer has, and leave out what nobody asked for", () => {
    const answers = [[{ at: at(1), total: 5 }], [{ at: at(9), total: 7 }]];
    expect(joinBuckets(answers, [at(1), at(2)], "hour")).toEqual({
      buckets: [
        { at: at(1), total: 5 },
        { at: at(2), total: 0 },
      ],
      missing: 1,
    });
  });

  it("count a bucket of two answers once, as the later one has it", () => {
    const answers = [[{ at: at(1), total: 5 }], [{ at: at(1), total: 6 }]];
    expect(sumOf(joinBuckets(answers, [at(1)], "hour").buckets)).toBe(6);
  });
});

describe("spans", () => {
  it("hold every bucket that begins in them, once, and the rest is outside", () => {
    const bucket = fc.record({ at: instant, total: fc.nat(1_000) });
    fc.assert(
      fc.property(
        fc.array(bucket, { maxLength: 60 }),
        fc.uniqueArray(instant, { minLength: 2, maxLength: 12, selector: (at) => at.getTime() }),
        (others: Bucket[], edges) => {
          const buckets = [...others, ...edges.map((at, index) => ({ at, total: index + 1 }))];
          const sorted = edges.toSorted((one, other) => one.getTime() - other.getTime());
          // Every second span is left out, so that there are gaps.
          const spans = sorted.slice(1).flatMap((to, index) => {
            const from = sorted[index];
            return from === undefined || index % 2 === 1 ? [] : [{ from, to }];
          });
          const cut = cutInto(buckets, spans);
          for (const span of cut.spans)
            expect(span.total).toBe(sumOf(buckets.filter(({ at }) => at >= span.from && at < span.to)));
          expect(sumOf(cut.spans) + cut.outside).toBe(sumOf(buckets));
        },
      ),
    );
  });
});
