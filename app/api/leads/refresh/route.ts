import { route } from "@/lib/server/http/route";
import { refreshLeads } from "@/lib/server/leads/list-leads";
import { Done } from "@/lib/shared/api/common";
import { LeadsRefreshBody } from "@/lib/shared/api/leads";

export const POST = route({ body: LeadsRefreshBody, reply: Done }, async ({ ctx, body }) => {
  await refreshLeads(ctx.session, body.account);
  return { ok: true as const };
});
