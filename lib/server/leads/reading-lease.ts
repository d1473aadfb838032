import "server-only";
import type { Runtime } from "@/lib/server/runtime";
import { leaseReading, renewReading } from "@/lib/server/store/contact-wishes";
import type { AccountId } from "@/lib/shared/ids";

/** What a process that died had taken upon itself is free after so long; one that lives says so this often. */
const LEASE_MS = 6_000;
const RENEW_MS = 1_500;

/** Takes the reading of an account's own contacts upon this request, for as long as it takes and its process lives. Null: another one
 *  is at it. Else how to say no longer that it goes on; the lease itself ends with `endReading` or `releaseReading`. */
export async function holdReading(rt: Runtime, accountId: AccountId): Promise<(() => void) | null> {
  if (!(await leaseReading(rt.db, accountId, LEASE_MS))) return null;
  const renewing = setInterval(() => {
    renewReading(rt.db, accountId, LEASE_MS).catch((error: unknown) =>
      rt.log.info({ err: error, accountId }, "the reading of contacts could not be held on to"),
    );
  }, RENEW_MS);
  renewing.unref();
  return () => clearInterval(renewing);
}
