import "server-only";
import type { Runtime } from "@/lib/server/runtime";
import { saveProblem } from "@/lib/server/store/syncs";
import { AppError } from "@/lib/shared/errors";
import type { AccountId } from "@/lib/shared/ids";

/** Reads an account; one that Mercado Libre lets nobody read says so on the screen, instead of trying for ever.
 *  @throws every other error of `work` */
export async function reportProblem(
  rt: Runtime,
  accountId: AccountId,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "not_available") throw error;
    rt.log.warn({ accountId, err: error }, "Mercado Libre does not let this account be read");
    await saveProblem(rt.db, accountId, error.detail.reason ?? error.code);
  }
}
