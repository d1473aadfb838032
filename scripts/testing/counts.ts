import { z } from "zod";

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number().default(0),
  numTodoTests: z.number().default(0),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()).default([]),
});

/** What vitest's JSON report says; a file that could not be loaded counts as one failed test.
 *  @param exitCode non-zero with nothing failed (an unhandled error, a missing report) counts as one failed test. */
export function countVitest(report: unknown, exitCode: number | null): Counts {
  const parsed = VitestReport.safeParse(report);
  if (!parsed.success) return crashed();
  const { data } = parsed;
  const broken = data.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  const failed = data.numFailedTests + broken.length;
  return settle(
    { passed: data.numPassedTests, failed, skipped: data.numPendingTests + data.numTodoTests },
    exitCode,
  );
}

/** What Playwright's JSON report says; a test that passed only when it was tried again has failed. */
export function countPlaywright(report: unknown, exitCode: number | null): Counts {
  const parsed = PlaywrightReport.safeParse(report);
  if (!parsed.success) return crashed();
  const { stats } = parsed.data;
  return settle(
    { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped },
    exitCode,
  );
}

/** A tier that is one check: it passed or it failed. */
export function countCheck(exitCode: number | null): Counts {
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : crashed();
}

/** A tier that left nothing to count. */
export function crashed(): Counts {
  return { passed: 0, failed: 1, skipped: 0 };
}

export function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (total, one) => ({
      passed: total.passed + one.passed,
      failed: total.failed + one.failed,
      skipped: total.skipped + one.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** The last line of `npm test`. */
export function verdict(counts: Counts): string {
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
  return `${counts.passed} passed, ${counts.failed} failed${skipped}`;
}

function settle(counts: Counts, exitCode: number | null): Counts {
  const isSilentFailure = counts.failed === 0 && (exitCode !== 0 || counts.passed === 0);
  return isSilentFailure ? { ...counts, failed: 1 } : counts;
}
