import { createItem } from "@/sandbox/control/create-sale";
import { ListingSeed } from "@/sandbox/control/listing-seeds";
import type { Item, Seller } from "@/sandbox/world/model";
import type { World } from "@/sandbox/world/world";

/** A listing of this seller, in the world afterwards. @throws ZodError on a wrong seed */
export function createListing(world: World, seller: Seller, input: ListingSeed): Item {
  const { siteId: wanted, title, price, categoryId, thumbnail, stock, ...seed } = ListingSeed.parse(input);
  const local = seller.marketplaces.find((one) => one.siteId === wanted) ?? seller.marketplaces[0];
  const made = createItem(world, {
    sellerId: seller.id,
    localSellerId: local?.userId ?? seller.id,
    siteId: local?.siteId ?? seller.siteId,
    product: { title, price },
  });
  const item: Item = {
    ...made,
    ...seed,
    ...(categoryId === undefined ? {} : { categoryId }),
    ...(thumbnail === undefined ? {} : { thumbnail }),
    ...(stock === undefined ? {} : { stock }),
  };
  world.items.set(item.id, item);
  return item;
}
