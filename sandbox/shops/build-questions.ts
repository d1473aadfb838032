import { createListing } from "@/sandbox/control/create-listing";
import { createQuestion } from "@/sandbox/questions/create-question";
import type { Listings, QuestionScript } from "@/sandbox/shops/question-script";
import { stageQuestions } from "@/sandbox/shops/question-script";
import type { Item, Seller } from "@/sandbox/world/model";
import type { World } from "@/sandbox/world/world";

/** Lists what people ask about, and has them ask. @throws Error when a script asks about a listing that is not there */
export function playQuestions(
  world: World,
  seller: Seller,
  listings: Listings,
  scripts: QuestionScript[],
): void {
  const items = new Map<string, Item>();
  for (const [key, listing] of Object.entries(listings))
    items.set(key, createListing(world, seller, listing));
  for (const script of scripts) {
    const item = items.get(script.about);
    if (!item) throw new Error(`${seller.nickname} lists no ${script.about}`);
    let buyerId: string | undefined;
    for (const seed of stageQuestions(script)) {
      const question = createQuestion(world, seller, {
        ...seed,
        itemId: item.id,
        ...(buyerId ? { buyerId } : { buyerName: script.who }),
        ...(script.city ? { buyerCity: script.city } : {}),
      });
      buyerId = question.buyer.id;
    }
  }
}
