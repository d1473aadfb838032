import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rowWindow, scrollToRow } from "./row-window";

describe("rowWindow", () => {
  it("shows what fits and some more on either side", () => {
    expect(rowWindow({ scrollTop: 800, height: 400, rowHeight: 80, count: 1000, overscan: 2 })).toEqual({
      first: 8,
      last: 16,
    });
  });

  it("shows nothing of an empty list", () => {
    const { first, last } = rowWindow({ scrollTop: 0, height: 900, rowHeight: 80, count: 0, overscan: 6 });
    expect(last - first + 1).toBeLessThanOrEqual(0);
  });

  it("holds every row that is on the screen, and none that is not there", () => {
    const sizes = fc.record({
      scrollTop: fc.integer({ min: -500, max: 100_000 }),
      height: fc.integer({ min: 1, max: 4000 }),
      count: fc.integer({ min: 1, max: 2000 }),
      overscan: fc.integer({ min: 0, max: 10 }),
    });
    fc.assert(
      fc.property(sizes, (o) => {
        const { first, last } = rowWindow({ ...o, rowHeight: 80 });
        expect(first).toBeGreaterThanOrEqual(0);
        expect(last).toBeLessThan(o.count);
        for (let row = 0; row < o.count; row += 1) {
          const isOnScreen = (row + 1) * 80 > o.scrollTop && row * 80 < o.scrollTop + o.height;
          if (isOnScreen) expect(row >= first && row <= last).toBe(true);
        }
      }),
    );
  });
});

describe("scrollToRow", () => {
  const box = { scrollTop: 800, height: 400, rowHeight: 80 };

  it("stays where the row is whole already", () => {
    expect(scrollToRow({ ...box, index: 12 })).toBe(800);
  });

  it("moves up or down just far enough", () => {
    expect(scrollToRow({ ...box, index: 3 })).toBe(240);
    expect(scrollToRow({ ...box, index: 15 })).toBe(880);
  });
});
