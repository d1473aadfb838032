import "server-only";
import { withAccount } from "@/lib/server/account-context";
import type { Session } from "@/lib/server/accounts/current-session";
import { scopeOf } from "@/lib/server/inbox/list-inbox";
import { readLead } from "@/lib/server/mercadolibre/leads";
import { runtime } from "@/lib/server/runtime";
import { readLeadRow, saveLeads } from "@/lib/server/store/leads";
import type { LeadView } from "@/lib/shared/api/leads";
import { AppError } from "@/lib/shared/errors";
import { problemOf, problemView } from "./read-problem";
import { storedLead } from "./sync-leads";

/** One lead with what only reading it by itself tells. Where Mercado Libre does not answer, what is held of it is shown.
 *  @throws AppError not_found for a lead that is not held, or that Mercado Libre no longer has, and for another's account */
export async function readLeadView(session: Session, account: string, id: string): Promise<LeadView> {
  const rt = runtime();
  const [accountId] = scopeOf(session, account);
  if (accountId === undefined) throw new AppError("not_found", "not an account of this user");
  const held = await readLeadRow(rt.database.pool, accountId, id);
  if (held === null) throw new AppError("not_found", "no such lead");
  try {
    const lead = await withAccount(rt, accountId, "open", (ctx) => readLead(ctx.meli, id, held.contactType));
    await saveLeads(rt.db, accountId, [storedLead(lead, lead.person, held.isGuest)], "one");
    const row = await readLeadRow(rt.database.pool, accountId, id);
    return { lead: row ?? held, details: lead.details, isLive: true, problem: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "not_found" || error.code === "bug") throw error;
    rt.log.info({ err: error, accountId }, "a lead could not be read");
    return { lead: held, details: null, isLive: false, problem: problemView(problemOf(error)) };
  }
}
