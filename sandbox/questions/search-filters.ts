import type { Profile } from "@/sandbox/messages/refuse";
import { ownUsers } from "@/sandbox/questions/find-question";
import { itemAt } from "@/sandbox/questions/item-ids";
import type { Question } from "@/sandbox/questions/model";
import { QUESTION_STATUSES } from "@/sandbox/questions/model";
import { badRequest, notYours } from "@/sandbox/questions/refuse";
import type { ApiContext } from "@/sandbox/world/guard";
import type { World } from "@/sandbox/world/world";

interface Filters {
  matches: (question: Question) => boolean;
  /** As the answer's `filters` shows them. */
  shown: Record<string, unknown>;
}

/** What a search asks for (questions-and-contacts.md 1.1). `isReceived`: `/my/received_questions`, where the caller stands
 *  for `seller_id`. @throws Refusal 400, and 403 for what is another's */
export function readFilters(
  world: World,
  c: ApiContext,
  { profile, isReceived }: { profile: Profile; isReceived: boolean },
): Filters {
  const query = c.req.query();
  const { questionItemFilter, questionFromWithSeller, questionStatusFilter, questionGlobalSellerZero } =
    world.settings;
  const itemId =
    (questionItemFilter === "item_id" ? undefined : query.item) ??
    (questionItemFilter === "item" ? undefined : query.item_id);
  const sellerId = isReceived ? c.var.seller.id : query.seller_id;
  if (sellerId === undefined && itemId === undefined) {
    throw badRequest("At least one of the filters seller_id, item is required");
  }
  if (
    query.from !== undefined &&
    sellerId !== undefined &&
    !isReceived &&
    questionFromWithSeller === "refused"
  ) {
    throw badRequest("Invalid filters: from and seller_id");
  }
  const isOfSeller = sellerId === undefined ? () => true : ownUsers(world, c, sellerId);
  const item = itemId === undefined ? null : itemAt(world, itemId);
  // auth-and-limits.md 9: what belongs to others is closed
  if (item && item.sellerId !== c.var.seller.id) throw notYours(world);
  const { status, from } = query;
  const wanted = questionStatusFilter === "any" ? status?.toUpperCase() : status;
  if (wanted !== undefined && !QUESTION_STATUSES.some((one) => one === wanted)) {
    throw badRequest(`Invalid status: ${status}`);
  }
  const seller = profile === "GLOBAL" && questionGlobalSellerZero ? 0 : Number(sellerId ?? c.var.seller.id);
  return {
    matches: (question) =>
      isOfSeller(question.localSellerId) &&
      (itemId === undefined || question.item === item) &&
      (from === undefined || question.buyer.id === from) &&
      (wanted === undefined || question.status === wanted),
    shown: {
      // questions-and-contacts.md 3: a text in GLOBAL
      is_admin: profile === "GLOBAL" ? "false" : false,
      ...(itemId === undefined ? {} : { item: itemId }),
      ...(from === undefined ? {} : { from: Number(from) }),
      ...(status === undefined ? {} : { status }),
      caller: Number(c.var.seller.id),
      seller,
    },
  };
}
