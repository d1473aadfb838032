// npm run soak [crash] [gap] [burst] [live] [interleave] [quota] [two] [restart]: the long runs, all of them without a
// name. Each holds a promise of design.md against real processes. The last line is the sum.
import { z } from "zod";
import { apart } from "@/scripts/bench/apart";
import { buildBenchApp } from "@/scripts/bench/bench-app";
import { setup, teardown } from "@/scripts/testing/postgres-template";
import { type Check, check, printChecks } from "./report";
import { RUNS } from "./runs";

const Checks = z.array(
  z.object({ what: z.string(), target: z.string(), measured: z.string(), isPassed: z.boolean() }),
);

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(RUNS, name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(", ")}. There are: ${Object.keys(RUNS).join(", ")}.`);
  process.exit(2);
}
const runs = Object.entries(RUNS).filter(([name]) => asked.length === 0 || asked.includes(name));

const startedAt = Date.now();
const minutes = (since: number) => `${((Date.now() - since) / 60_000).toFixed(1)} min`;
const all: Check[] = [];
/** A build of before, to look at one run again (SOAK_BUILD). */
let folder = process.env.SOAK_BUILD ?? "";
await setup();
try {
  for (const [name, { about, needsBuild }] of runs) {
    console.log(`\n== ${name}: ${about} ==`);
    const runStartedAt = Date.now();
    let checks: Check[];
    try {
      if (needsBuild === true && folder === "") folder = buildBenchApp();
      checks = Checks.parse(await apart("scripts/soak/one-run.ts", [name, folder]));
    } catch (error) {
      console.log(error instanceof Error ? error.message : String(error));
      checks = [check("the run itself", "comes to its end", "broke off", false)];
    }
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
