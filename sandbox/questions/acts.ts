import { MAX_LENGTH } from "@/sandbox/questions/answer";
import { ownQuestion } from "@/sandbox/questions/find-question";
import { itemAt } from "@/sandbox/questions/item-ids";
import { jsonBody } from "@/sandbox/questions/json-body";
import type { Question } from "@/sandbox/questions/model";
import { badRequest, invalidBody, notUnanswered, notYours } from "@/sandbox/questions/refuse";
import { tellChange, tellQuestion } from "@/sandbox/questions/tell-change";
import type { ApiContext } from "@/sandbox/world/guard";
import type { Buyer, Seller } from "@/sandbox/world/model";
import { digits } from "@/sandbox/world/random";
import { standard } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

/** `POST /questions`: the caller asks on another's listing (questions-and-contacts.md 1.5). @throws Refusal 400, 403, 404 */
export async function askQuestion(world: World, c: ApiContext): Promise<Question> {
  const keys = ["text", "item_id"];
  const { text, item_id: itemId } = await jsonBody(c, keys);
  if (typeof text !== "string" || text.trim() === "" || [...text].length > MAX_LENGTH)
    throw invalidBody(keys);
  if (typeof itemId !== "string") throw invalidBody(keys);
  const item = itemAt(world, itemId);
  if (!item) throw standard(404, "not_found", `Item ${itemId} not found`);
  if (item.sellerId === c.var.seller.id) throw badRequest("Cannot ask on an own item");
  if (item.status !== "active") throw standard(400, "not_active_item", `The item ${item.id} must be active`);
  const buyer = asBuyer(c.var.seller);
  // questions-and-contacts.md 1.5: a blocked buyer cannot ask
  if (world.blockedBuyers.get(item.localSellerId)?.has(buyer.id)) throw notYours(world);
  const now = world.now();
  const question: Question = {
    id: `13${digits(world.random, 9)}`,
    item,
    sellerId: item.sellerId,
    localSellerId: item.localSellerId,
    siteId: item.siteId,
    buyer,
    text,
    textTranslated: null,
    status: "UNANSWERED",
    createdAt: now,
    updatedAt: now,
    answer: null,
    isDeletedFromListing: false,
    isOnHold: false,
    isSuspectedSpam: false,
    isHidden: false,
    appId: c.var.grant.clientId,
    contact: null,
    pending: [],
  };
  world.addQuestion(question);
  tellQuestion(world, question);
  return question;
}

/** `DELETE /questions/{id}`: an unanswered one of an own listing (questions-and-contacts.md 1.3, 1.5). @throws Refusal */
export function deleteQuestion(world: World, c: ApiContext, id: string): void {
  const question = ownQuestion(world, c, id);
  const { status } = question;
  const mayGo =
    status === "UNANSWERED" || (status === "UNDER_REVIEW" && world.settings.questionReviewDeletable);
  if (!mayGo) throw notUnanswered(`Question ${id} must be unanswered`);
  question.status = "DELETED";
  question.isDeletedFromListing = true;
  question.updatedAt = world.now();
  tellChange(world, question);
}

/** `POST /my/questions/hidden`; its body is undocumented (questions-and-contacts.md 1.5, 9). Hiding twice is no error.
 *  @throws Refusal 400, 403, 404 */
export async function hideQuestions(world: World, c: ApiContext): Promise<string[]> {
  const { questionHiddenBody } = world.settings;
  const keys = questionHiddenBody === "both" ? ["question_ids", "questions_ids"] : [questionHiddenBody];
  const body = await jsonBody(c, keys);
  const listed = Object.values(body)[0];
  const isList = Array.isArray(listed) && listed.length > 0;
  if (!isList || listed.some((id: unknown) => !/^\d+$/.test(String(id)))) throw invalidBody(keys);
  const ids = listed.map(String);
  const questions = ids.map((id) => ownQuestion(world, c, id));
  for (const question of questions) question.isHidden = true;
  return ids;
}

function asBuyer({ id, nickname, firstName, lastName, city, state, siteId }: Seller): Buyer {
  return { id, nickname, firstName, lastName, city, state, siteId };
}
