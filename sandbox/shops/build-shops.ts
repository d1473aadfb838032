import { createSeller } from "@/sandbox/control/create-seller";
import type { World } from "@/sandbox/world/world";

const SEED = 20260922;

/** Three shops a seller would believe: Argentina, Brazil and a Global Selling account. */
export function buildShops(world: World): void {
  world.build(SEED, () => {
    createSeller(world, {
      siteId: "MLA",
      nickname: "CASA NORTE",
      threads: [{ messages: [{ from: "buyer", text: "Hola, ¿cuándo llega?" }] }],
    });
  });
}
