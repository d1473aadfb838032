import type { Item } from "@/sandbox/world/model";
import { SITES } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

/** The Global Selling id of a listing: `item_id` on the wire, while its local one is `marketplace_item_id`
 *  (questions-and-contacts.md 3). Here it has the digits of the local one. */
export function cbtIdOf(item: Item): string {
  return `CBT${item.id.slice(3)}`;
}

/** A listing by its local id, or by its Global Selling one. */
export function itemAt(world: World, id: string): Item | null {
  const found = world.items.get(id);
  if (found || !id.startsWith("CBT")) return found ?? null;
  for (const siteId of Object.keys(SITES)) {
    const item = world.items.get(`${siteId}${id.slice(3)}`);
    if (item && item.sellerId !== item.localSellerId) return item;
  }
  return null;
}
