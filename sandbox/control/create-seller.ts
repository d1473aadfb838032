import { createThread } from "@/sandbox/control/create-thread";
import { SellerSeed } from "@/sandbox/control/seeds";
import { createQuestion } from "@/sandbox/questions/create-question";
import type { Question } from "@/sandbox/questions/model";
import type { Seller, Thread } from "@/sandbox/world/model";
import type { World } from "@/sandbox/world/world";

const CITIES: Partial<Record<string, [string, string]>> = {
  MLA: ["Buenos Aires", "Capital Federal"],
  MLB: ["São Paulo", "SP"],
  CBT: ["Miami", "FL"],
};

/** A seller with its threads and questions; nothing is shared with any other seller. @throws ZodError on a wrong seed */
export function createSeller(
  world: World,
  input: SellerSeed,
): { seller: Seller; threads: Thread[]; questions: Question[] } {
  const seed = SellerSeed.parse(input);
  const id = world.nextUserId();
  const nickname = seed.nickname ?? `TIENDA${id.slice(-6)}`;
  const [city, state] = CITIES[seed.siteId] ?? ["Centro", ""];
  const sites = seed.siteId === "CBT" ? (seed.marketplaces ?? ["MLM", "MLB", "MCO", "MLC"]) : [];
  const seller: Seller = {
    id,
    nickname,
    siteId: seed.siteId,
    firstName: seed.firstName ?? "Ana",
    lastName: seed.lastName ?? "Tienda",
    email: `${nickname.toLowerCase().replace(/[^a-z0-9]/g, "")}@testuser.com`,
    city: seed.city ?? city,
    state: seed.state ?? state,
    userType: "normal",
    tags: ["normal", "user_product_seller"],
    marketplaces: sites.map((siteId) => ({ userId: world.nextUserId(), siteId, logisticType: "remote" })),
    isOperator: seed.isOperator,
    isKycPending: seed.isKycPending,
    isModel6: seed.isModel6,
  };
  world.addSeller(seller);
  const threads = seed.threads.map((thread) => createThread(world, seller, thread));
  return { seller, threads, questions: seed.questions.map((one) => createQuestion(world, seller, one)) };
}
