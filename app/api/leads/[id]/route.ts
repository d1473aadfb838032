import { route } from "@/lib/server/http/route";
import { readLeadView } from "@/lib/server/leads/read-lead-view";
import { LeadParams, LeadQuery, LeadViewSchema } from "@/lib/shared/api/leads";

export const GET = route(
  { params: LeadParams, query: LeadQuery, reply: LeadViewSchema },
  ({ ctx, params, query }) => readLeadView(ctx.session, query.account, params.id),
);
