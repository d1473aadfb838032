import { watchParent } from "./parent-watch.mjs";

/** How long each part may take to finish what it does, when someone asks: longer than their own drain. */
const GRACE_MS = 13_000;
/** When whoever started us was killed, everything is over within 5 s. */
const ORPHAN_GRACE_MS = 2_000;

/** Resolves at the first SIGINT, SIGTERM or SIGHUP, or when the process that started this one is gone. Later signals
 *  are ignored: a terminal's Ctrl-C arrives both from it and from npm. */
export function stopRequest(): Promise<{ graceMs: number }> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => resolve({ graceMs: GRACE_MS }));
    }
    watchParent(() => resolve({ graceMs: ORPHAN_GRACE_MS }));
  });
}
