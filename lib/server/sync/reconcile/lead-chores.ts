import "server-only";
import { hasClassifieds } from "@/lib/server/leads/find-classifieds";
import type { Runtime } from "@/lib/server/runtime";
import { listUnchecked, wishDueLeads } from "@/lib/server/store/lead-syncs";

/** How often leads are read, whether notifications flow or not. */
const LEADS_MS = 15 * 60_000;
/** Accounts that are looked at in one go. */
const AT_ONCE = 5;

/** Finds out, once after the first sync, whether an account has classified listings, and has leads read of those that do when that
 *  is due. Of any other account nothing is ever asked again by itself. */
export async function leadChores(rt: Runtime): Promise<void> {
  for (const id of await listUnchecked(rt.db, AT_ONCE)) {
    await hasClassifieds(rt, { id, profile: "LOCAL" }, "reconcile", { now: new Date() });
  }
  await wishDueLeads(rt.db, LEADS_MS);
}
