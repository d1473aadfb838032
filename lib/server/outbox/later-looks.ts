import "server-only";
import type { Background } from "@/lib/server/background";
import { count } from "@/lib/server/metrics/count";
import type { Runtime } from "@/lib/server/runtime";
import { wishChecks } from "@/lib/server/store/checks";

/** How often the worker asks which replies are to be looked at again: the first look is half a minute after sending. */
const EVERY_MS = 5_000;

/** Has conversations read again whose replies moderation may still take back, or has not decided about (messages.md 0.8,
 *  10.12). Wishes only: the reads are the worker's like any others, and what they find moves the replies
 *  (docs/decisions/041). */
export function startLaterLooks(rt: Runtime, background: Pick<Background, "every">): void {
  background.every(EVERY_MS, "later looks", () => wishLaterLooks(rt));
}

/** One round. Safe to call from anywhere at any time: each look is wished for by one worker. Returns how many
 *  conversations are to be read. */
export async function wishLaterLooks(rt: Runtime): Promise<number> {
  const wished = await wishChecks(rt.db);
  if (wished > 0) count("later_looks", {}, wished);
  return wished;
}
