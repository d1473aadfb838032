import "server-only";
import { onDrain } from "@/lib/server/drain";
import { runtime } from "@/lib/server/runtime";
import { createHub, type Hub } from "./hub";

const shared = globalThis as typeof globalThis & { buzonEvents?: Hub };

/** The web process's hub, made on first use. Kept on the global object, because Next loads a module once per bundle. */
export function events(): Hub {
  if (shared.buzonEvents !== undefined) return shared.buzonEvents;
  const hub = createHub(runtime());
  shared.buzonEvents = hub;
  // Next waits for open answers when it is told to stop, and a stream never ends by itself.
  onDrain(() => hub.close());
  return hub;
}

/** Streams that are open in this process. */
export function countStreams(): number {
  return shared.buzonEvents?.count() ?? 0;
}
