import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { barAt, barPath, barsOf, labelledOf, middleOf, peakOf, ticksFor } from "./leads-chart";

const PLOT = { left: 40, width: 600, height: 100 };

describe("the numbers beside the lines", () => {
  it("begin at zero, reach the largest, are whole, evenly apart and no more than there is room for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 1, max: 6 }), (largest, most) => {
        const ticks = ticksFor(largest, most);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(Math.max(1, largest));
        expect(ticks.every(Number.isInteger)).toBe(true);
        expect(new Set(ticks.slice(1).map((tick, index) => tick - (ticks[index] ?? 0))).size).toBe(1);
        expect(ticks.length - 1).toBeLessThanOrEqual(most);
      }),
    );
  });

  it.each([
    [0, 3, [0, 1]],
    [3, 3, [0, 1, 2, 3]],
    [37, 3, [0, 20, 40]],
    [90, 3, [0, 50, 100]],
    [412, 4, [0, 200, 400, 600]],
  ])("of %d in at most %d steps are %j", (largest, most, ticks) => {
    expect(ticksFor(largest, most)).toEqual(ticks);
  });
});

describe("the labels under the bars", () => {
  it("name the last bar, stand evenly apart and fit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 20 }), (bars, room) => {
        const labelled = labelledOf(bars, room);
        expect(labelled.at(-1)).toBe(bars - 1);
        expect(labelled.length).toBeLessThanOrEqual(room);
        expect(
          new Set(labelled.slice(1).map((at, index) => at - (labelled[index] ?? 0))).size,
        ).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("are none where there is no bar", () => {
    expect(labelledOf(0, 5)).toEqual([]);
  });
});

describe("the bars", () => {
  it("stand on the ground, beside each other, as high as they are much", () => {
    const values = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, (all) => {
        const bars = barsOf(all, 500, PLOT);
        expect(bars).toHaveLength(all.length);
        for (const [index, bar] of bars.entries()) {
          expect(bar.y + bar.height).toBeCloseTo(PLOT.height);
          expect(bar.height).toBeLessThanOrEqual(PLOT.height);
          expect(bar.height > 0).toBe((all[index] ?? 0) > 0);
          expect(bar.x).toBeGreaterThanOrEqual(PLOT.left);
          expect(bar.x + bar.width).toBeLessThanOrEqual(PLOT.left + PLOT.width + 0.5);
          const middle = middleOf(index, all.length, PLOT);
          expect(barAt(middle, all.length, PLOT)).toBe(index);
          expect(bar.x + bar.width / 2).toBeCloseTo(middle);
        }
      }),
    );
  });

  it("are not drawn of what is nothing or not known", () => {
    const [none, unknown, some] = barsOf([0, null, 1], 1_000, PLOT);
    expect([none, unknown].map((bar) => (bar === undefined ? null : barPath(bar)))).toEqual(["", ""]);
    expect(some?.height).toBe(1.5);
  });

  it("are found under the pointer, and none beside them", () => {
    expect(barAt(PLOT.left, 6, PLOT)).toBe(0);
    expect(barAt(PLOT.left + PLOT.width, 6, PLOT)).toBe(5);
    expect([barAt(39, 6, PLOT), barAt(641, 6, PLOT), barAt(100, 0, PLOT)]).toEqual([null, null, null]);
  });
});

describe("the highest", () => {
  it("is the first of equals, and nowhere when there is nothing", () => {
    expect(peakOf([1, 5, null, 5, 2])).toBe(1);
    expect(peakOf([0, null, 0])).toBeNull();
    expect(peakOf([])).toBeNull();
  });
});
