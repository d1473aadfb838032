import type { Question } from "@/sandbox/questions/model";
import { tellChange } from "@/sandbox/questions/tell-change";
import { settleQuestion } from "@/sandbox/questions/time";
import type { Item } from "@/sandbox/world/model";
import type { World } from "@/sandbox/world/world";

export type ItemChange = Partial<Pick<Item, "status" | "subStatus" | "stock" | "price" | "title">>;

/** A listing changes, and its waiting questions with it: closed with a closed one, under review with one that is
 *  (questions-and-contacts.md 1.3). A paused one only refuses answers (1.4), unless the settings close its questions. */
export function changeItem(world: World, item: Item, change: ItemChange): void {
  Object.assign(item, change);
  world.emit("item_changed", item, item.id);
  for (const question of [...(world.questionsOf.get(item.sellerId) ?? [])]) {
    if (question.item !== item || !settleQuestion(world, question)) continue;
    const status = statusWith(world, item, question);
    if (status === question.status) continue;
    question.status = status;
    question.updatedAt = world.now();
    tellChange(world, question);
  }
}

function statusWith(world: World, item: Item, { status }: Question): Question["status"] {
  if (item.status === "under_review") return status === "UNANSWERED" ? "UNDER_REVIEW" : status;
  const isWaiting = status === "UNANSWERED" || status === "UNDER_REVIEW";
  const closes = item.status === "closed" || (item.status === "paused" && world.settings.questionPauseCloses);
  if (closes) return isWaiting ? "CLOSED_UNANSWERED" : status;
  return item.status === "active" && status === "UNDER_REVIEW" ? "UNANSWERED" : status;
}
