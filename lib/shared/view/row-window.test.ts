import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scrollToShow, windowOf } from "./row-window";

const list = { rowHeight: 80, around: 6, height: 900 };

describe("windowOf", () => {
  it("draws what is in sight and a few rows around", () => {
    expect(windowOf({ ...list, count: 1000, scrollTop: 0 })).toEqual({ from: 0, to: 18 });
    expect(windowOf({ ...list, count: 1000, scrollTop: 8000 })).toEqual({ from: 94, to: 118 });
    expect(windowOf({ ...list, count: 5, scrollTop: 0 })).toEqual({ from: 0, to: 5 });
    expect(windowOf({ ...list, count: 0, scrollTop: 0 })).toEqual({ from: 0, to: 0 });
  });

  it("covers every row that is in sight, and never a row that is not there", () => {
    fc.assert(
      fc.property(
        fc.nat(5000),
        fc.integer({ min: -200, max: 500_000 }),
        fc.nat(3000),
        (count, scrollTop, height) => {
          const { from, to } = windowOf({ ...list, count, scrollTop, height });
          expect(from).toBeGreaterThanOrEqual(0);
          expect(from).toBeLessThanOrEqual(to);
          expect(to).toBeLessThanOrEqual(count);
          const inSight = Math.floor((Math.max(0, scrollTop) + height / 2) / list.rowHeight);
          if (inSight < count) expect(inSight >= from && inSight < to).toBe(true);
        },
      ),
    );
  });
});

describe("scrollToShow", () => {
  it("moves only as far as needed, in either direction", () => {
    const at = { rowHeight: 80, scrollTop: 800, height: 400 };
    expect(scrollToShow(12, at)).toBe(800);
    expect(scrollToShow(3, at)).toBe(240);
    expect(scrollToShow(20, at)).toBe(1280);
  });
});
