import { route } from "@/lib/server/http/route";
import { readItemContacts } from "@/lib/server/leads/item-contacts-view";
import { ItemContactsQuery, ItemContactsViewSchema } from "@/lib/shared/api/leads";

export const GET = route({ query: ItemContactsQuery, reply: ItemContactsViewSchema }, ({ ctx, query }) =>
  readItemContacts(ctx.session, query),
);
