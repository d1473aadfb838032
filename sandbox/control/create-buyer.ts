import type { Buyer } from "@/sandbox/world/model";
import { between } from "@/sandbox/world/random";
import type { SiteId } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

/** A new buyer, who is not in the world yet. */
export function createBuyer(world: World, siteId: SiteId, name: string, city?: string): Buyer {
  const [firstName = name, ...rest] = name.split(" ");
  const plain = name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toUpperCase()
    .replace(/[^A-Z]/g, "");
  return {
    id: world.nextBuyerId(),
    nickname: `${plain.slice(0, 10)}${between(world.random, 10, 99)}`,
    firstName,
    lastName: rest.join(" "),
    city: city ?? "Centro",
    state: "",
    siteId,
  };
}
