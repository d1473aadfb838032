import { runWorker } from "@/lib/server/run-worker";
import { createRuntime } from "@/lib/server/runtime";
import type { House } from "./house";

/** A worker inside this process, on a runtime of its own as in a process of its own. Returns how to stop it. */
export async function startWorker(house: House): Promise<() => Promise<void>> {
  return runWorker(createRuntime(house.rt.env, "worker"));
}
