import "server-only";
import { constants } from "node:os";

/** How long a process that was told to stop lets what it is doing come to its end. */
const DRAIN_MS = 8_000;

/** Kept on the global object, because Next loads a module once per bundle. */
const shared = globalThis as typeof globalThis & {
  buzonDrain?: { isDraining: boolean; tasks: Set<() => Promise<void>> };
};

function state() {
  shared.buzonDrain ??= { isDraining: false, tasks: new Set() };
  return shared.buzonDrain;
}

/** The process takes no new connections. Answers then say that theirs is not kept: a browser that asks on an old one
 *  every few seconds would otherwise hold the process for ever. */
export const isDraining = () => state().isDraining;

/** Runs `task` when the process is told to stop: for what does not end by itself. */
export function onDrain(task: () => Promise<void>): void {
  state().tasks.add(task);
}

/** Makes SIGTERM and SIGINT end this process within 10 seconds. Next stops listening and waits for open answers; what
 *  would keep them open is ended here, and what is left after 8 seconds is cut. Call it once per process. */
export function drainOnSignal(): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      const drain = state();
      drain.isDraining = true;
      for (const task of drain.tasks) void task();
      setTimeout(() => process.exit(128 + constants.signals[signal]), DRAIN_MS).unref();
    });
  }
}
