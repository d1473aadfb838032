// npm run soak [crash] [gap] [burst] [interleave] [quota] [two] [live] [restart]: the long runs, all of them without a name.
// Each is a promise of the issue or of design.md section 9, measured with real processes. The last line is the sum.
import "next/dist/server/node-environment-baseline";
import { setup, teardown } from "@/scripts/testing/postgres-template";
import { type Check, check, printChecks } from "./report";

interface Run {
  about: string;
  run(): Promise<Check[]>;
}

/** Loaded when they run: what one of them needs is no business of the others. */
const RUNS: Record<string, Run> = {
  crash: {
    about: "Processes killed at every step",
    run: async () => (await import("./crash")).soakCrash(),
  },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(RUNS, name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(", ")}. There are: ${Object.keys(RUNS).join(", ")}.`);
  process.exit(2);
}

const startedAt = Date.now();
const minutes = (since: number) => `${((Date.now() - since) / 60_000).toFixed(1)} min`;
const all: Check[] = [];
await setup();
try {
  for (const [name, { about, run }] of Object.entries(RUNS)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    console.log(`\n== ${name}: ${about} ==`);
    const runStartedAt = Date.now();
    const checks = await run().catch((error: unknown) => {
      console.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return [check("the run itself", "comes to its end", "broke off", false)];
    });
    printChecks(`${about} (${minutes(runStartedAt)})`, checks);
    all.push(...checks);
  }
} finally {
  await teardown();
}
const held = all.filter(({ target }) => target !== "");
const failed = held.filter(({ isPassed }) => !isPassed).length;
console.log(`\n${minutes(startedAt)}\n${held.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
