import type { Question } from "@/sandbox/questions/model";
import { noQuestion, notYours } from "@/sandbox/questions/refuse";
import { settleQuestion } from "@/sandbox/questions/time";
import type { ApiContext } from "@/sandbox/world/guard";
import type { World } from "@/sandbox/world/world";

/** The caller's question as it is now. @throws Refusal 404 for none, 403 for another's */
export function ownQuestion(world: World, c: ApiContext, id: string): Question {
  const question = world.questions.get(id);
  if (!question || !settleQuestion(world, question)) throw noQuestion(id);
  if (question.sellerId !== c.var.seller.id) throw notYours(world);
  return question;
}

/** The selling users of a caller that an address may name: the account stands for all of them.
 *  @throws Refusal 403 for another's */
export function ownUsers(world: World, c: ApiContext, userId: string): (localSellerId: string) => boolean {
  const { seller } = c.var;
  if (world.ownerOf.get(userId)?.seller.id !== seller.id) throw notYours(world);
  return (localSellerId) => userId === seller.id || userId === localSellerId;
}
