import "server-only";
import type { Runtime } from "@/lib/server/runtime";
import { listSealed } from "@/lib/server/store/tokens";
import { isOurs } from "./seal";

/** Says in one line when tokens were sealed under a key that TOKEN_KEY no longer names: a seller would only see errors.
 *  Nothing is changed, so that putting the key back heals it. */
export async function reportLostKeys(rt: Runtime): Promise<void> {
  const lost = (await listSealed(rt.db)).filter((sealed) => !isOurs(rt.env.tokenKeys, sealed)).length;
  if (lost === 0) return;
  rt.log.error(
    { accounts: lost },
    "TOKEN_KEY lacks the key that sealed these accounts' tokens: add it again, after a comma, or reconnect the accounts",
  );
}
