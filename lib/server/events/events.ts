import "server-only";
import { runtime } from "@/lib/server/runtime";
import { createHub, type Hub } from "./hub";

const shared = globalThis as typeof globalThis & { buzonEvents?: Hub };

/** The web process's hub, made on first use. Kept on the global object, because Next loads a module once per bundle. */
export function events(): Hub {
  if (shared.buzonEvents !== undefined) return shared.buzonEvents;
  const hub = createHub(runtime());
  shared.buzonEvents = hub;
  // Next stops taking connections and then waits for open answers, and a stream never ends by itself.
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      void hub.close().then(() => {
        if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
      });
    });
  }
  return hub;
}

/** Streams that are open in this process. */
export function countStreams(): number {
  return shared.buzonEvents?.count() ?? 0;
}
