import { setTimeout as sleep } from "node:timers/promises";
import type { Exit, Running } from "./process";

/** Starts one thing; the next step begins when all of this step are ready. */
export type Step = (() => Running | Promise<Running>)[];

/** Why it is over: someone asked (`urgent`: whoever started us is gone), a part died, or a part could not be started. */
export type Outcome =
  | { kind: "stopped" }
  | { kind: "died"; name: string; exit: Exit }
  | { kind: "never ready"; name: string }
  | { kind: "failed"; error: unknown };

export interface Supervision {
  steps: Step[];
  /** Resolves when all shall stop; the value is how long each part may take. */
  stopRequest: Promise<{ graceMs: number }>;
  /** All parts are ready. */
  onReady: () => void;
  readyWithinMs: number;
}

/** The others get this long when one of them died: all must be over within 5 s. */
const AFTER_DEATH_MS = 2_000;

/** Runs parts that need each other: they start in order; when one dies, or on request, all stop, last started first.
 *  Resolves when nothing of them is left. */
export async function supervise(supervision: Supervision): Promise<Outcome> {
  const started: Running[][] = [];
  const deaths: Promise<Outcome>[] = [];
  let graceMs = AFTER_DEATH_MS;
  const stopped = supervision.stopRequest.then((request): Outcome => {
    graceMs = request.graceMs;
    return { kind: "stopped" };
  });

  let outcome: Outcome | null = null;
  for (const step of supervision.steps) {
    const running: Running[] = [];
    started.push(running);
    try {
      for (const start of step) {
        const part = await start();
        running.push(part);
        deaths.push(part.exited.then((exit): Outcome => ({ kind: "died", name: part.name, exit })));
      }
    } catch (error) {
      outcome = { kind: "failed", error };
    }
    outcome ??= await Promise.race([stopped, ...deaths, allReady(running, supervision.readyWithinMs)]);
    if (outcome !== null) break;
  }
  if (outcome === null) {
    supervision.onReady();
    outcome = await Promise.race([stopped, ...deaths]);
  }
  for (const step of started.toReversed()) await Promise.all(step.map((part) => part.stop(graceMs)));
  return outcome;
}

async function allReady(running: Running[], withinMs: number): Promise<Outcome | null> {
  const waiting = new Set(running.map((part) => part.name));
  const all = Promise.all(running.map((part) => part.ready.then(() => waiting.delete(part.name))));
  const isReady = await Promise.race([all.then(() => true), sleep(withinMs, false, { ref: false })]);
  return isReady ? null : { kind: "never ready", name: [...waiting].join(" and ") };
}
