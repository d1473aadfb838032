import "server-only";
import type { Runtime } from "@/lib/server/runtime";
import { claimChore, finishChore } from "@/lib/server/store/chores";
import { AppError } from "@/lib/shared/errors";

/** Does periodic work if it is due, in one process. A problem is noted, and the work tried again after a tenth of its
 *  time, after all of it where Mercado Libre refused. */
export async function chore(
  rt: Runtime,
  key: string,
  everyMs: number,
  work: (cursorAt: Date | null) => Promise<{ found: number; cursorAt?: Date }>,
): Promise<void> {
  const claimed = await claimChore(rt.db, key, everyMs, rt.worker);
  if (claimed === null) return;
  try {
    await finishChore(rt.db, key, await work(claimed.cursorAt));
  } catch (error) {
    const problem = error instanceof AppError ? wordOf(error) : "bug";
    rt.log.warn({ err: error, chore: key }, "a periodic look failed");
    await finishChore(rt.db, key, { problem });
  }
}

/** Why an account may not be read is for its seller to know (report-problem.ts). */
const wordOf = ({ code, detail }: AppError) => (code === "not_available" ? (detail.reason ?? code) : code);
