import type { Question } from "@/sandbox/questions/model";
import { digits } from "@/sandbox/world/random";
import type { World } from "@/sandbox/world/world";

/** Keeps why a question, or its answer, was banned (questions-and-contacts.md 1.6). */
export function recordInfraction(world: World, question: Question, subgroup: string, at: Date): void {
  const id = `7${digits(world.random, 9)}`;
  world.infractions.set(id, {
    id,
    sellerId: question.sellerId,
    localSellerId: question.localSellerId,
    itemId: question.item.id,
    elementId: question.id,
    elementType: "QUE",
    siteId: question.siteId,
    subgroup,
    createdAt: at,
  });
}
