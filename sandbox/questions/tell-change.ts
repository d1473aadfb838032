import type { Question } from "@/sandbox/questions/model";
import type { World } from "@/sandbox/world/world";

/** A question was asked or answered: whoever listens hears of it, from whichever client it came (notifications.md 2). */
export function tellQuestion(world: World, question: Question): void {
  world.emit("question_changed", question, question.id);
}

/** Any other change notifies unless the settings say otherwise (notifications.md 2). */
export function tellChange(world: World, question: Question): void {
  if (world.settings.questionNotices === "all") tellQuestion(world, question);
}
