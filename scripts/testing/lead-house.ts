import { z } from "zod";
import { workLeads } from "@/lib/server/leads/lead-pump";
import { beat } from "@/lib/server/store/workers";
import { type ContactsView, ContactsViewSchema } from "@/lib/shared/api/leads";
import type { AccountId } from "@/lib/shared/ids";
import type { House, SignedIn } from "./house";

const Listing = z.object({ id: z.string() });
const Counts = z.object({
  items: z.array(
    z.object({
      itemId: z.string(),
      questions: z.number(),
      phone_views: z.number(),
      whatsapp: z.number(),
    }),
  ),
});
export type SandboxCounts = z.infer<typeof Counts>["items"];

export interface LeadShop {
  sellerId: string;
  itemIds: string[];
  as: SignedIn;
}

/** A seller of so many classified listings, signed in. Contacts are drawn, unless `series` says otherwise. */
export async function createLeadShop(
  house: House,
  o: { items: number; siteId?: string; series?: object | null; title?: string },
): Promise<LeadShop> {
  const sellerId = await house.newSeller({ siteId: o.siteId ?? "MLC", nickname: "AUTOMOTORA DE PRUEBA" });
  const itemIds: string[] = [];
  for (let made = 0; made < o.items; made += 1) {
    const listing = { title: `${o.title ?? "Auto"} ${made + 1}`, buyingMode: "classified", price: 9_000_000 };
    itemIds.push(Listing.parse(await house.control("/items", { sellerId, listing })).id);
  }
  if (o.series !== null && o.items > 0) {
    // Nothing is drawn in the last hours: what is counted twice is the same twice.
    await house.control("/leads/series", { sellerId, perDay: 3, untilDaysAgo: 0.1, ...o.series });
  }
  return { sellerId, itemIds, as: await house.signIn(sellerId) };
}

/** What a worker would read of an account, in this process. */
export async function readWaiting(house: House, accountId: AccountId): Promise<void> {
  await beat(house.rt.db, house.rt.worker);
  await workLeads(house.rt, accountId, new AbortController().signal);
}

/** `GET /api/leads/contacts`, with everything read that it waits for. */
export async function contactsOf(
  house: House,
  as: SignedIn,
  query: Record<string, string>,
): Promise<ContactsView> {
  const address = `/api/leads/contacts?${new URLSearchParams({ zone: "America/Santiago", ...query })}`;
  const first = await house.read(ContactsViewSchema, address, { as });
  if (first.progress === null) return first;
  await readWaiting(house, as.accountId);
  return house.read(ContactsViewSchema, address, { as });
}

/** What the simulator counted itself, listing by listing. */
export async function countedBySandbox(
  house: House,
  sellerId: string,
  period: { from: Date; to: Date },
): Promise<SandboxCounts> {
  const query = new URLSearchParams({
    sellerId,
    from: period.from.toISOString(),
    to: period.to.toISOString(),
  });
  return Counts.parse(await house.control(`/leads/contacts?${query}`)).items;
}
