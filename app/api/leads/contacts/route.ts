import { route } from "@/lib/server/http/route";
import { readContactsView } from "@/lib/server/leads/contacts-view";
import { ContactsQuery, ContactsViewSchema } from "@/lib/shared/api/leads";

export const GET = route({ query: ContactsQuery, reply: ContactsViewSchema }, ({ ctx, query }) =>
  readContactsView(ctx.session, query),
);
