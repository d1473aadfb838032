import { route } from "@/lib/server/http/route";
import { listLeadsPage } from "@/lib/server/leads/list-leads";
import { LeadsPageSchema, LeadsQuery } from "@/lib/shared/api/leads";

export const GET = route({ query: LeadsQuery, reply: LeadsPageSchema }, ({ ctx, query }) =>
  listLeadsPage(ctx.session, query),
);
