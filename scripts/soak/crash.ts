import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "@/scripts/launcher/paths";
import { tied } from "@/scripts/launcher/process";
import { type Arrival, arrivalFlaws } from "./intake-lane";
import { becameUncertain, describe, type Fate, flawsOf, isInDoubt } from "./outbox-lane";
import { everyPair, FAULTS, INTAKE_POINTS, OUTBOX_POINTS, type Plan } from "./points";
import { type Check, check, told } from "./report";

/** Lanes at a time: each has a worker that mostly starts, which is what two cores are busy with. */
const LANES = 4;
/** Every pair so often; fewer for a first look at a change (SOAK_TIMES=1). */
const TIMES = Number(process.env.SOAK_TIMES ?? 5);
/** Only one of the two matrices (SOAK_ONLY=outbox). */
const ONLY = process.env.SOAK_ONLY;
/** Time-outs of 10 and 20 s shrink to so much; one lane keeps them whole. */
const PATIENCE = "0.075";
const LONGEST_LATE_MS = 30_000;

interface Order {
  outbox: Plan[];
  intake: Plan[];
  env: Record<string, string>;
}
interface Result {
  outbox: Fate[];
  intake: Arrival[];
}

/** The crash matrix: every pair of point and fault five times, of the outbox and of the intake. */
export async function soakCrash(): Promise<Check[]> {
  const lateOf = (round: number) => [500, 2_000, 4_000, 8_000, 12_000][round] ?? 2_000;
  const outbox = ONLY === "intake" ? [] : everyPair(OUTBOX_POINTS, TIMES, lateOf);
  const intake = ONLY === "outbox" ? [] : everyPair(INTAKE_POINTS, TIMES, lateOf);
  // As late as it gets, and with whole time-outs: their lane takes its time beside the others.
  const slow: Plan[] = ["post.after", "outcome.after", "sending.after", "post.flying", "claim.after"].flatMap(
    (point) => [
      { point, fault: "late" as const, lateMs: LONGEST_LATE_MS },
      { point, fault: "timeout" as const, lateMs: 0 },
    ],
  );
  const orders: Order[] = Array.from({ length: LANES }, (_, lane) => ({
    outbox: outbox.filter((_plan, n) => n % LANES === lane),
    intake: intake.filter((_plan, n) => n % LANES === lane),
    env: { SOAK_PATIENCE: PATIENCE },
  }));
  const results = await Promise.all([
    ...orders.map((order, lane) => runLane(order, `lane ${lane + 1}`)),
    runLane({ outbox: ONLY === "intake" ? [] : slow, intake: [], env: {} }, "slow lane"),
  ]);
  return checksOf({
    outbox: results.flatMap((result) => result.outbox),
    intake: results.flatMap((result) => result.intake),
  });
}

function checksOf({ outbox, intake }: Result): Check[] {
  const flaws = [...flawsOf(outbox, true).map(describe), ...arrivalFlaws(intake)];
  for (const flaw of flaws) console.log(`  ${flaw}`);
  const all = [...outbox, ...intake].filter(({ isKilled }) => isKilled);
  const fewest = Math.min(
    ...(ONLY === "intake" ? [] : [fewestOf(OUTBOX_POINTS, outbox)]),
    ...(ONLY === "outbox" ? [] : [fewestOf(INTAKE_POINTS, intake)]),
  );
  const doubled = outbox.filter(({ seen }) => seen > 1).length;
  const lost = outbox.filter(({ seen }) => seen === 0).length;
  const inDoubt = outbox.filter(isInDoubt);
  const offered = outbox.filter(({ wasOffered }) => wasOffered).length;
  const astray = inDoubt.filter((fate) => !becameUncertain(fate)).length;
  const missing = intake.filter(({ stored, isNoticed }) => stored !== 1 || !isNoticed).length;
  return [
    check("kills", ">= 600", all.length, all.length >= 600),
    check("named points of the outbox", ">= 12", OUTBOX_POINTS.length, OUTBOX_POINTS.length >= 12),
    told("named points of the intake", INTAKE_POINTS.length),
    check("kills of every pair of point and fault", `>= ${TIMES}`, fewest, fewest >= TIMES),
    check("replies lost", "0", lost, lost === 0),
    check("replies doubled", "0", doubled, doubled === 0),
    check(
      "ambiguous replies that did not become uncertain",
      "0",
      `${astray} of ${inDoubt.length}`,
      astray === 0,
    ),
    told("  of them offered to a person, and sent once by that", offered),
    check("buyer messages lost, doubled or without their notification", "0", missing, missing === 0),
    check("anything else wrong", "0", flaws.length, flaws.length === 0),
  ];
}

/** How many kills the rarest pair of point and fault had. */
function fewestOf(points: readonly string[], done: readonly { plan: Plan; isKilled: boolean }[]): number {
  const counts = points.flatMap((point) =>
    FAULTS.map(
      (fault) =>
        done.filter(({ plan, isKilled }) => isKilled && plan.point === point && plan.fault === fault).length,
    ),
  );
  return Math.min(...counts);
}

async function runLane(order: Order, name: string): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "buzon-lane-"));
  const [orderFile, resultFile] = [join(folder, "order.json"), join(folder, "result.json")];
  await writeFile(orderFile, JSON.stringify(order));
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "scripts/soak/lane-process.ts", orderFile, resultFile],
    { cwd: ROOT, env: tied(process.env), stdio: ["ignore", "pipe", "inherit"] },
  );
  const total = order.outbox.length + order.intake.length;
  let done = 0;
  child.stdout.on("data", (chunk) => {
    const lines = String(chunk).trimEnd().split("\n");
    for (const line of lines) if (line.includes("NOT REACHED")) console.log(`  ${name}: ${line}`);
    const before = done;
    done += lines.length;
    if (Math.floor(before / 20) !== Math.floor(done / 20)) console.log(`  ${name}: ${done} of ${total}`);
  });
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  if (code !== 0) throw new Error(`${name} of the crash matrix ended (${code})`);
  const result: Result = JSON.parse(await readFile(resultFile, "utf8"));
  await rm(folder, { recursive: true, force: true });
  return result;
}
