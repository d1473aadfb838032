import "server-only";
import { setTimeout as pause } from "node:timers/promises";

/** Longer than PostgreSQL takes to restart and recover, shorter than anybody wants to wait for a wrong address. */
const PATIENCE_MS = 120_000;
const PAUSE_MS = 1_000;

/** Does what a process cannot start without, again and again while it fails: a PostgreSQL that restarts at that moment must
 *  not end the process. `work` may be repeated. @throws its last error after two minutes */
export async function persist<T>(work: () => Promise<T>, onError: (error: unknown) => void): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > until) throw error;
      onError(error);
      await pause(PAUSE_MS);
    }
  }
}
