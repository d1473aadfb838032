// npm test [static|unit|server|e2e] [...arguments of the tier's own tool]: every tier in order, each one even when an
// earlier one failed. The end of the output names what failed; its last line is the sum.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "@/scripts/launcher/build";
import { ROOT } from "@/scripts/launcher/paths";
import { tied } from "@/scripts/launcher/process";
import { type Counts, countCheck, countPlaywright, countVitest, crashed, sum, verdict } from "./counts";
import { type Failure, listOf, playwrightFailures, vitestFailures } from "./failures";

const TIERS = { static: checkStatic, unit, server, e2e };
type Tier = keyof typeof TIERS;

const [chosen, ...rest] = process.argv.slice(2);
const reports = await mkdtemp(join(tmpdir(), "buzon-report-"));
const counts: Counts[] = [];
const failures: Failure[] = [];

for (const tier of tiersOf(chosen)) {
  const startedAt = Date.now();
  console.log(`\n== ${tier} ==`);
  const result = await TIERS[tier](rest).catch((error: unknown) => {
    console.log(error instanceof Error ? error.message : String(error));
    return crashed();
  });
  counts.push(result);
  console.log(`${tier}: ${verdict(result)} (${Math.round((Date.now() - startedAt) / 1000)} s)`);
}
await rm(reports, { recursive: true, force: true });
const total = sum(counts);
if (failures.length > 0) console.log(`\n${listOf(failures)}`);
console.log(`\n${verdict(total)}`);
process.exit(total.failed === 0 ? 0 : 1);

function tiersOf(name: string | undefined): Tier[] {
  const all: Tier[] = ["static", "unit", "server", "e2e"];
  if (name === undefined) return all;
  const tier = all.find((known) => known === name);
  if (tier !== undefined) return [tier];
  console.error(`Unknown tier "${name}". There are: ${all.join(", ")}.`);
  process.exit(2);
}

/** Format, lint and types: one test each. */
async function checkStatic(): Promise<Counts> {
  const checks: [string, () => Promise<number | null>][] = [
    ["format", () => run("@biomejs/biome/bin/biome", ["format", "."])],
    ["lint", () => run("@biomejs/biome/bin/biome", ["check", "--formatter-enabled=false", "."])],
    ["types", typeCheck],
  ];
  const results: Counts[] = [];
  for (const [name, check] of checks) {
    const code = await check();
    console.log(`${code === 0 ? "ok  " : "FAIL"} ${name}`);
    if (code !== 0) failures.push({ file: "static", name, message: "see above" });
    results.push(countCheck(code));
  }
  return sum(results);
}

/** The pages' types come from their routes: Next writes them first. */
async function typeCheck(): Promise<number | null> {
  const code = await run("next/dist/bin/next", ["typegen"], { NEXT_TELEMETRY_DISABLED: "1" }, "ignore");
  return code === 0 ? run("typescript/bin/tsc", ["--noEmit"]) : code;
}

function unit(args: string[]): Promise<Counts> {
  return vitest("unit", args);
}

/** Its tests wait for processes and time-outs more than they compute: one more than a small machine has cores to spare. */
function server(args: string[]): Promise<Counts> {
  return vitest("server", ["--maxWorkers=2", ...args]);
}

async function vitest(project: string, args: string[]): Promise<Counts> {
  const file = join(reports, `${project}.json`);
  const code = await run("vitest/vitest.mjs", [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile=${file}`,
    ...args,
  ]);
  const report = await readReport(file);
  failures.push(...vitestFailures(report));
  return countVitest(report, code);
}

/** Against the production build: without one there is nothing to test. */
async function e2e(args: string[]): Promise<Counts> {
  const built = await build({ force: false, isLoud: false, say: (line) => console.log(line) });
  if (built.kind === "failed") {
    console.log(built.output);
    return crashed();
  }
  // What the processes under test said in the run before this one.
  await rm(join(ROOT, ".data/stack-logs"), { recursive: true, force: true });
  const file = join(reports, "e2e.json");
  const code = await run("@playwright/test/cli.js", ["test", "--reporter=list,json", ...args], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  const report = await readReport(file);
  failures.push(...playwrightFailures(report));
  return countPlaywright(report, code);
}

async function readReport(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return null;
  }
}

/** Runs a tool of node_modules with the Node that runs us. @returns its exit code; null when a signal ended it. */
function run(
  tool: string,
  args: string[],
  env: Record<string, string> = {},
  output: "inherit" | "ignore" = "inherit",
): Promise<number | null> {
  const child = spawn(process.execPath, [join(ROOT, "node_modules", tool), ...args], {
    cwd: ROOT,
    stdio: ["ignore", output, "inherit"],
    // Whatever the caller's is: under production, React leaves out what its tests need.
    env: { ...tied(process.env), ...env, NODE_ENV: "test" },
  });
  return new Promise((resolve) => {
    child.once("error", () => resolve(127));
    child.once("close", resolve);
  });
}
