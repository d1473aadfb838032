import { EnvError } from "@/lib/server/env";
import { LaunchError } from "./launch-error";
import type { Plan } from "./start";
import { stopRequest } from "./stop-request";
import { type Outcome, supervise } from "./supervise";

/** Long enough for a first compilation by `next dev` on a slow machine. */
const READY_WITHIN_MS = 120_000;

/** Carries a plan out until it is stopped or breaks. @returns the exit code of the command. */
export async function runPlan(plan: () => Promise<Plan>, complain: (line: string) => void): Promise<number> {
  const stop = stopRequest();
  let planned: Plan;
  try {
    planned = await plan();
  } catch (error) {
    for (const line of linesOf(error)) complain(line);
    return 1;
  }
  const outcome = await supervise({
    steps: planned.steps,
    stopRequest: stop,
    onReady: planned.onReady,
    readyWithinMs: READY_WITHIN_MS,
  });
  await planned.release();
  for (const line of epitaph(outcome)) complain(line);
  return outcome.kind === "stopped" ? 0 : 1;
}

function epitaph(outcome: Outcome): readonly string[] {
  switch (outcome.kind) {
    case "stopped":
      return [];
    case "died": {
      const how = outcome.exit.signal ?? (outcome.exit.code === null ? "" : `code ${outcome.exit.code}`);
      return [`${outcome.name} ended${how === "" ? "" : ` (${how})`}: everything was stopped.`];
    }
    case "never ready":
      return [`${outcome.name} did not get ready in ${READY_WITHIN_MS / 1000} s: everything was stopped.`];
    case "failed":
      return linesOf(outcome.error);
  }
}

/** What a person is told: our own lines; of anything else its message, and its stack when debugging. */
function linesOf(error: unknown): readonly string[] {
  if (error instanceof LaunchError) return error.lines;
  if (error instanceof EnvError) return error.problems;
  if (process.env.LOG_LEVEL === "debug" && error instanceof Error) return [error.stack ?? error.message];
  return [error instanceof Error ? error.message : String(error)];
}
