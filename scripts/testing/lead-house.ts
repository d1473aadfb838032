import { z } from "zod";
import { workLeads } from "@/lib/server/leads/lead-pump";
import { beat } from "@/lib/server/store/workers";
import {
  CONTACT_KINDS,
  type ContactKind,
  type ContactsView,
  ContactsViewSchema,
} from "@/lib/shared/api/leads";
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

/** What a page of contacts shows and what the simulator counted of the same, in one shape. */
export async function bothCounts(house: House, { sellerId }: LeadShop, shown: ContactsView) {
  const counted = await countedBySandbox(house, sellerId, shown.period);
  const sums = (kind: ContactKind) => counted.reduce((sum, one) => sum + one[kind], 0);
  const itemIds = new Set(shown.items.map(({ itemId }) => itemId));
  return {
    shown: {
      kinds: CONTACT_KINDS.map((kind) => [shown.kinds[kind].total, shown.kinds[kind].sum]),
      items: Object.fromEntries(
        shown.items.map(({ itemId, kinds }) => [itemId, CONTACT_KINDS.map((kind) => kinds[kind].sum)]),
      ),
    },
    counted: {
      kinds: CONTACT_KINDS.map((kind) => [sums(kind), sums(kind)]),
      items: Object.fromEntries(
        counted
          .filter(({ itemId }) => itemIds.has(itemId))
          .map((one) => [one.itemId, CONTACT_KINDS.map((kind) => one[kind])]),
      ),
    },
  };
}

/** The paths that the simulator is asked for a seller while `work` runs. */
export async function costOf<T>(
  house: House,
  sellerId: string,
  work: () => Promise<T>,
): Promise<{ result: T; calls: string[] }> {
  const before = (await house.calls({ sellerId })).length;
  const result = await work();
  const calls = (await house.calls({ sellerId })).slice(before);
  return { result, calls: calls.map(({ path }) => path) };
}

/** Those about contacts. */
export const ofContacts = (calls: readonly string[]): string[] =>
  calls.filter((path) => path.includes("/contacts/"));

/** Makes what is held of contacts look as if it had been read so long ago. */
export async function ageContacts(house: House, sellerId: string, minutes: number): Promise<void> {
  const { pool } = house.rt.database;
  await pool.query(
    `update contact_series set is_settled = false, read_at = (
       select array_agg(at - $2::int order by i) from unnest(read_at) with ordinality v (at, i))
     where account_id = $1`,
    [sellerId, minutes],
  );
  for (const [table, column] of [
    ["contact_totals", "read_at"],
    ["contact_wishes", "done_at"],
  ]) {
    await pool.query(
      `update ${table} set ${column} = ${column} - $2 * interval '1 minute' where account_id = $1`,
      [sellerId, minutes],
    );
  }
}

/** `GET /api/leads/contacts` as it is now. */
export const viewContacts = (house: House, as: SignedIn, more: Record<string, string> = {}) =>
  house.read(ContactsViewSchema, contactsAddress(more), { as });

export const contactsAddress = (more: Record<string, string> = {}): string =>
  `/api/leads/contacts?${new URLSearchParams({ zone: "America/Santiago", period: "7d", ...more })}`;

/** Somebody is interested in one of a shop's listings. Answers the lead's id. */
export async function makeLead(house: House, shop: LeadShop, item: number, seed: object): Promise<string> {
  return Listing.parse(await house.control("/leads", { itemId: shop.itemIds[item], ...seed })).id;
}
