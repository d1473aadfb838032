import { cbtIdOf } from "@/sandbox/questions/item-ids";
import type { Question } from "@/sandbox/questions/model";
import { purgeAt } from "@/sandbox/questions/time";
import type { Buyer, Item } from "@/sandbox/world/model";
import type { World } from "@/sandbox/world/world";

/** Everything the sandbox holds of a question, banned words included. */
export function questionView(world: World, question: Question): object {
  const { item, buyer, ...rest } = question;
  const isGlobal = question.sellerId !== question.localSellerId;
  return {
    ...rest,
    itemId: item.id,
    cbtItemId: isGlobal ? cbtIdOf(item) : null,
    itemTitle: item.title,
    itemStatus: item.status,
    buyerId: buyer.id,
    buyerName: nameOf(buyer),
    isBuyerBlocked: world.blockedBuyers.get(question.localSellerId)?.has(buyer.id) ?? false,
    purgeAt: question.status === "UNANSWERED" ? purgeAt(world, question) : null,
  };
}

/** A listing as the control API shows it. */
export function itemView(item: Item): object {
  return { ...item, cbtId: item.sellerId === item.localSellerId ? null : cbtIdOf(item) };
}

function nameOf({ firstName, lastName }: Buyer): string {
  return `${firstName} ${lastName}`.trim();
}
