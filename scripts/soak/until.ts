import { setTimeout as sleep } from "node:timers/promises";

/** Asks again and again until it is so, or the time is up. @returns whether it was. */
export async function until(isSo: () => Promise<boolean>, withinMs: number, everyMs = 100): Promise<boolean> {
  const end = Date.now() + withinMs;
  for (;;) {
    if (await isSo()) return true;
    if (Date.now() > end) return false;
    await sleep(everyMs);
  }
}
