import { setTimeout as pause } from "node:timers/promises";
import { reportLostKeys } from "@/lib/server/accounts/report-lost-keys";
import { env } from "@/lib/server/env";
import { persist } from "@/lib/server/persist";
import { runWorker } from "@/lib/server/run-worker";
import { createRuntime } from "@/lib/server/runtime";

/** Longer than a stop in order takes: what hangs then must not keep the process. */
const LAST_CALL_MS = 12_000;

/** The worker process: syncs, sweeps and sends until it is told to stop. */
const rt = createRuntime(env(), "worker");
await persist(
  () => reportLostKeys(rt),
  (error) => rt.log.warn({ err: error }, "PostgreSQL does not answer yet"),
);
const stop = await runWorker(rt);

let isStopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    rt.log.info({ signal }, "stopping");
    void Promise.race([stop(), pause(LAST_CALL_MS)]).finally(() => process.exit(0));
  });
}
rt.log.info("worker ready");
