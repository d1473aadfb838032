/** One thing that a long run promises, and what was measured. */
export interface Check {
  what: string;
  target: string;
  measured: string;
  isPassed: boolean;
}

/** Makes one line of a run's table. */
export function check(what: string, target: string, measured: string | number, isPassed: boolean): Check {
  return { what, target, measured: String(measured), isPassed };
}

/** A figure that is told and held against nothing. */
export function told(what: string, measured: string | number): Check {
  return { what, target: "", measured: String(measured), isPassed: true };
}

/** The lines of a run that are not as they should be, for a test to show. */
export function failuresOf(checks: readonly Check[]): string[] {
  return checks
    .filter(({ isPassed }) => !isPassed)
    .map(({ what, target, measured }) => `${what}: ${measured}, not ${target}`);
}

/** Prints the table of a run. */
export function printChecks(heading: string, checks: readonly Check[]): void {
  console.log(`\n${heading}`);
  const width = Math.max(...checks.map(({ what }) => what.length), 0);
  const middle = Math.max(...checks.map(({ target }) => target.length), 0);
  for (const { what, target, measured, isPassed } of checks) {
    const verdict = target === "" ? "    " : isPassed ? "ok  " : "FAIL";
    console.log(`  ${verdict} ${what.padEnd(width)}  ${target.padEnd(middle)}  ${measured}`);
  }
}
