/** One measured line: what, how much, and the budget it is held against. */
export interface Line {
  what: string;
  value: string;
  budget: string | null;
  isWithin: boolean | null;
}

/** The p-th percentile (0 to 1) of some samples, by rank. @throws Error when there are none. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))];
  if (value === undefined) throw new Error("no samples");
  return value;
}

const ms = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

/** A line of milliseconds against a budget. */
export function millis(what: string, value: number, budgetMs: number | null): Line {
  return {
    what,
    value: ms(value),
    budget: budgetMs === null ? null : `<= ${budgetMs} ms`,
    isWithin: budgetMs === null ? null : value <= budgetMs,
  };
}

/** A line that compares two times of the same run. */
export function ratio(what: string, ours: number, bare: number, budget: number | null): Line {
  const times = ours / bare;
  return {
    what,
    value: `${times.toFixed(2)}x (${ms(ours)} against ${ms(bare)})`,
    budget: budget === null ? null : `<= ${budget}x`,
    isWithin: budget === null ? null : times <= budget,
  };
}

/** Prints lines under a heading, one per measurement. */
export function print(heading: string, lines: readonly Line[]): void {
  console.log(`\n${heading}`);
  for (const { what, value, budget, isWithin } of lines) {
    const verdict = isWithin === null ? " " : isWithin ? "✓" : "✗";
    console.log(`  ${verdict} ${what.padEnd(58)} ${value}${budget === null ? "" : `   budget ${budget}`}`);
  }
}
