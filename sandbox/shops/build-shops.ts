import { createSeller } from "@/sandbox/control/create-seller";
import { createThread } from "@/sandbox/control/create-thread";
import type { ThreadSeed } from "@/sandbox/control/seeds";
import { ARGENTINA_ANSWERED } from "@/sandbox/shops/argentina-answered";
import { ARGENTINA_BLOCKED } from "@/sandbox/shops/argentina-blocked";
import { ARGENTINA_CLAIMS } from "@/sandbox/shops/argentina-claims";
import { ARGENTINA_LONG } from "@/sandbox/shops/argentina-long";
import { ARGENTINA_MEDIATIONS } from "@/sandbox/shops/argentina-mediations";
import { ARGENTINA_LISTINGS, ARGENTINA_QUESTIONS } from "@/sandbox/shops/argentina-questions";
import { ARGENTINA_WAITING } from "@/sandbox/shops/argentina-waiting";
import { BRAZIL_BLOCKED } from "@/sandbox/shops/brazil-blocked";
import { BRAZIL_CLAIMS } from "@/sandbox/shops/brazil-claims";
import { BRAZIL_OPEN } from "@/sandbox/shops/brazil-open";
import { BRAZIL_LISTINGS, BRAZIL_QUESTIONS } from "@/sandbox/shops/brazil-questions";
import { buildAndes } from "@/sandbox/shops/build-andes";
import { playClaims } from "@/sandbox/shops/build-claims";
import { playQuestions } from "@/sandbox/shops/build-questions";
import { ARGENTINA_ENDED, BRAZIL_ENDED } from "@/sandbox/shops/closed-claims";
import { GLOBAL_CLAIMS } from "@/sandbox/shops/global-claims";
import { GLOBAL_LISTINGS, GLOBAL_QUESTIONS } from "@/sandbox/shops/global-questions";
import { GLOBAL_THREADS } from "@/sandbox/shops/global-threads";
import { ARGENTINA_CASES, BRAZIL_CASES, GLOBAL_CASES } from "@/sandbox/shops/message-cases";
import type { QuietSale } from "@/sandbox/shops/quiet-sales";
import { QUIET_ARGENTINA, QUIET_BRAZIL, QUIET_GLOBAL } from "@/sandbox/shops/quiet-sales";
import type { Script } from "@/sandbox/shops/script";
import { parcelOf, stage } from "@/sandbox/shops/script";
import type { Seller } from "@/sandbox/world/model";
import type { World } from "@/sandbox/world/world";

const SEED = 20_260_922;

/** Four shops a seller would believe: Argentina, Brazil, a Global Selling account over four countries, and a car dealer in Chile. */
export function buildShops(world: World): void {
  world.build(SEED, () => {
    const { seller: argentina } = createSeller(world, {
      siteId: "MLA",
      nickname: "CASA NORTE",
      firstName: "Carla",
      lastName: "Giordano",
      city: "Rosario",
      state: "Santa Fe",
    });
    const { seller: brazil } = createSeller(world, {
      siteId: "MLB",
      nickname: "LOJA BOA VISTA",
      firstName: "Renato",
      lastName: "Queiroz",
      city: "Campinas",
      state: "SP",
    });
    const { seller: global } = createSeller(world, {
      siteId: "CBT",
      nickname: "PACIFIC GOODS",
      firstName: "Grace",
      lastName: "Lin",
      city: "Long Beach",
      state: "CA",
    });
    play(world, argentina, [
      ...ARGENTINA_WAITING,
      ...ARGENTINA_ANSWERED,
      ...ARGENTINA_LONG,
      ...ARGENTINA_BLOCKED,
    ]);
    play(world, brazil, [...BRAZIL_OPEN, ...BRAZIL_BLOCKED]);
    play(world, global, GLOBAL_THREADS);
    for (const sale of QUIET_ARGENTINA) quiet(world, argentina, sale, {});
    for (const sale of QUIET_BRAZIL) quiet(world, brazil, sale, {});
    for (const siteId of ["MLM", "MLB", "MLC", "MCO"] as const) {
      for (const sale of QUIET_GLOBAL[siteId]) quiet(world, global, sale, { siteId });
    }
    play(world, argentina, ARGENTINA_CASES);
    play(world, brazil, BRAZIL_CASES);
    play(world, global, GLOBAL_CASES);
    // last, so that the sales above keep their ids
    playClaims(world, argentina, [...ARGENTINA_CLAIMS, ...ARGENTINA_MEDIATIONS, ...ARGENTINA_ENDED]);
    playClaims(world, brazil, [...BRAZIL_CLAIMS, ...BRAZIL_ENDED]);
    playClaims(world, global, GLOBAL_CLAIMS);
    playQuestions(world, argentina, ARGENTINA_LISTINGS, ARGENTINA_QUESTIONS);
    playQuestions(world, brazil, BRAZIL_LISTINGS, BRAZIL_QUESTIONS);
    playQuestions(world, global, GLOBAL_LISTINGS, GLOBAL_QUESTIONS);
    buildAndes(world);
  });
}

function play(world: World, seller: Seller, scripts: Script[]): void {
  for (const script of scripts) createThread(world, seller, stage(world.random, script));
}

/** A sale without a word; on Mercado Envios the seller may only open it through the action guide (messages.md 0.5). */
function quiet(
  world: World,
  seller: Seller,
  [buyerName, buyerCity, product, soldDaysAgo]: QuietSale,
  more: Partial<ThreadSeed>,
): void {
  const parcel = parcelOf(world.random, soldDaysAgo);
  const isLimited = world.random() < 0.6;
  createThread(world, seller, {
    buyerName,
    buyerCity,
    product,
    soldDaysAgo,
    isPack: world.random() < 0.6,
    shipment: seller.siteId === "CBT" ? { ...parcel, logisticType: "remote" } : parcel,
    ...(isLimited
      ? { status: "blocked" as const, substatus: "blocked_by_conversation_initiated_by_seller_limited" }
      : {}),
    ...more,
  });
}
