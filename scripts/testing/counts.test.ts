import { describe, expect, it } from "vitest";
import { countCheck, countPlaywright, countVitest, sum, verdict } from "@/scripts/testing/counts";

const file = (status: string, tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});
const vitest = (passed: number, failed: number, files: unknown[]) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: files,
});

describe("countVitest", () => {
  it("counts tests, not files", () => {
    const report = vitest(2, 1, [file("failed", ["passed", "failed"]), file("passed", ["passed"])]);
    expect(countVitest(report, 1)).toEqual({ passed: 2, failed: 1, skipped: 0 });
  });

  it("counts a file that cannot be loaded as one failed test", () => {
    const report = vitest(1, 0, [file("failed", []), file("passed", ["passed"])]);
    expect(countVitest(report, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it.each([
    ["an error outside every test", vitest(3, 0, [file("passed", ["passed"])]), 1],
    ["a crash that leaves no report", null, 139],
    ["a run that found no test", vitest(0, 0, []), 0],
  ])("never takes %s for success", (_, report, exitCode) => {
    expect(countVitest(report, exitCode).failed).toBe(1);
  });
});

describe("countPlaywright", () => {
  const report = (stats: object) => ({
    stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats },
  });

  it("counts a test that passed only at the second try as failed", () => {
    expect(countPlaywright(report({ expected: 4, flaky: 1, skipped: 2 }), 0)).toEqual({
      passed: 4,
      failed: 1,
      skipped: 2,
    });
  });

  it("counts one failed test when the stack under test did not start", () => {
    expect(countPlaywright(report({}), 1).failed).toBe(1);
  });
});

describe("verdict", () => {
  it("names what was skipped only if something was", () => {
    expect(verdict(sum([countCheck(0), countCheck(1), { passed: 3, failed: 0, skipped: 0 }]))).toBe(
      "4 passed, 1 failed",
    );
    expect(verdict({ passed: 1, failed: 0, skipped: 2 })).toBe("1 passed, 0 failed, 2 skipped");
  });
});
