import "server-only";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { storedLead } from "@/lib/server/leads/sync-leads";
import { type LeadDetail, readLead } from "@/lib/server/mercadolibre/leads";
import type { Runtime } from "@/lib/server/runtime";
import { saveChecked } from "@/lib/server/store/lead-syncs";
import { readLeadType, saveLeads } from "@/lib/server/store/leads";
import type { Followed, Group } from "./work-notices";

/** From a lead's notice to the lead, by one read: of ids that anybody can make up nothing is kept. What kind it is, which decides
 *  where it is read, the notice says, or we know. It makes no conversation: a question comes by its own topic. */
export async function followLead(
  rt: Runtime,
  ctx: AccountCtx,
  { kind, subject, actions }: Group,
): Promise<Followed> {
  const { accountId } = ctx;
  if (ctx.profile !== "LOCAL")
    return { kind: "ended", outcome: { state: "dropped", outcome: "not_available" } };
  const held = await readLeadType(rt.db, accountId, subject);
  const type = kind === "credit" ? "credit" : (held ?? typeOf(actions));
  const lead = named(await readLead(ctx.meli, subject, type), type);
  const isGuest = lead.buyerId === null && Object.values(lead.person).every((field) => field === null);
  await saveLeads(rt.db, accountId, [storedLead(lead, lead.person, isGuest)], "one");
  // An account that nobody knew to have classified listings has them.
  await saveChecked(rt.db, accountId, true);
  return { kind: "ended", outcome: { state: "done", outcome: "followed" } };
}

/** A visit is called `schedule` when read by itself, and `visit_request` everywhere else (questions-and-contacts.md 4.2). */
const named = (lead: LeadDetail, type: string): LeadDetail =>
  lead.contactType === "schedule" && type === "visit_request" ? { ...lead, contactType: type } : lead;

/** Two spellings of a quotation are about (notifications.md 2). Pure. */
function typeOf(actions: readonly string[]): string {
  const [action = "unknown"] = actions;
  return action === "quotations" ? "quotation" : action;
}
