import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { retryAfterMs, waitMs } from "./retry";

const NOW = Date.parse("2026-10-08T12:00:00Z");

describe("retryAfterMs", () => {
  it.each([
    ["3", 3_000],
    ["0", 0],
    [" 12 ", 12_000],
    ["Thu, 08 Oct 2026 12:00:05 GMT", 5_000],
    ["Thu, 08 Oct 2026 11:00:00 GMT", 0],
    ["soon", null],
    ["-1", null],
    ["", null],
    [null, null],
  ])("reads %j as %s", (header, expected) => {
    expect(retryAfterMs(header, NOW)).toBe(expected);
  });
});

describe("waitMs", () => {
  it("spreads the wait over a step that doubles and ends at 20 s", () => {
    const longest = (tries: number) =>
      waitMs({ tries, retryAfterMs: null, isRateLimit: false, random: () => 0.999999 });
    expect([1, 2, 3, 4].map(longest)).toEqual([399, 799, 1_599, 3_199]);
    expect(longest(12)).toBeLessThan(20_000);
    expect(waitMs({ tries: 4, retryAfterMs: null, isRateLimit: true, random: () => 0 })).toBe(0);
  });

  it("never waits less than the server asked for", () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.double({ min: 0, max: 0.999, noNaN: true }), (asked, chance) => {
        const wait = waitMs({ tries: 1, retryAfterMs: asked, isRateLimit: true, random: () => chance });
        expect(wait).toBeGreaterThanOrEqual(asked);
        expect(wait).toBeLessThan(asked + 250);
      }),
    );
  });
});
