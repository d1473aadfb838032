import type { Profile } from "@/sandbox/messages/refuse";
import { byIdDate, searchDate } from "@/sandbox/questions/dates";
import { cbtIdOf } from "@/sandbox/questions/item-ids";
import type { Question } from "@/sandbox/questions/model";
import type { World } from "@/sandbox/world/world";

/** Which of the resource's shapes: the search's, the one by id, or the older one that comes without `api_version`
 *  (questions-and-contacts.md 1.1, 1.2). */
export type QuestionShape = "search" | "by_id" | "old";

/** A question (questions-and-contacts.md 1.2); GLOBAL has more fields (3). */
export function wireQuestion(
  world: World,
  question: Question,
  o: { profile: Profile; shape: QuestionShape },
): object {
  const date = (at: Date) => (o.shape === "by_id" ? byIdDate(at, question.id) : searchDate(at));
  const common = {
    id: Number(question.id),
    seller_id: Number(sellerIdOf(world, question, o.profile)),
    item_id: o.profile === "GLOBAL" ? cbtIdOf(question.item) : question.item.id,
    status: statusWord(world, question.status),
    // questions-and-contacts.md 1.2: never read empty as "no question"
    text: question.status === "BANNED" ? "" : question.text,
    date_created: date(question.createdAt),
    answer: answerOf(world, question, o.profile, date),
    ...(o.profile === "GLOBAL"
      ? {
          text_translated: question.status === "BANNED" ? "" : question.textTranslated,
          marketplace_item_id: question.item.id,
          site_id: question.siteId,
        }
      : {}),
  };
  // the older structure is printed nowhere: ours has the same words and fewer fields
  if (o.shape === "old") return { ...common, from: { ...asker(question), answered_questions: 0 } };
  const { questionSpamField } = world.settings;
  const hasSpam = questionSpamField === "present" && question.isSuspectedSpam !== null;
  const flags = {
    deleted_from_listing: question.isDeletedFromListing,
    hold: question.isOnHold,
    ...(hasSpam ? { suspected_spam: question.isSuspectedSpam } : {}),
  };
  if (o.shape === "search") return { ...common, ...flags, from: asker(question) };
  return { ...common, ...flags, last_updated: date(question.updatedAt), ...buyerById(world, question) };
}

/** What `POST /answers` gives back: the buyer with the number of their questions that were answered
 *  (questions-and-contacts.md 1.4). */
export function wireAnswered(world: World, question: Question, profile: Profile): object {
  const answered = (world.questionsOf.get(question.sellerId) ?? []).filter(
    (one) => one.buyer.id === question.buyer.id && one.answer !== null,
  );
  return {
    ...wireQuestion(world, question, { profile, shape: "search" }),
    from: { ...asker(question), answered_questions: answered.length },
  };
}

function answerOf(
  world: World,
  question: Question,
  profile: Profile,
  date: (at: Date) => string,
): object | null {
  const { answer } = question;
  if (!answer) return null;
  const isBanned = answer.status === "BANNED";
  return {
    text: isBanned ? "" : answer.text,
    ...(profile === "GLOBAL" ? { text_translated: isBanned ? "" : answer.textTranslated } : {}),
    status: statusWord(world, answer.status),
    date_created: date(answer.createdAt),
  };
}

/** questions-and-contacts.md 1.2: `from` is absent in the v4 sample by id, but tells how to reach a buyer who left that. */
function buyerById(world: World, { buyer, contact, appId }: Question): object {
  const { questionByIdBuyer: named } = world.settings;
  const id = Number(buyer.id);
  const reach = contact
    ? {
        first_name: buyer.firstName,
        last_name: buyer.lastName,
        email: contact.email,
        phone: contact.phone && { area_code: contact.phone.areaCode, number: contact.phone.number },
      }
    : null;
  const hasFrom = named === "from" || named === "both" || (reach !== null && named !== "none");
  return {
    ...(hasFrom ? { from: { id, ...reach } } : {}),
    ...(named === "buyer_id" || named === "both" ? { buyer_id: id } : {}),
    app_id: appId === null ? null : Number(appId),
  };
}

function asker({ buyer }: Question): { id: number } {
  return { id: Number(buyer.id) };
}

function sellerIdOf(world: World, question: Question, profile: Profile): string {
  const isAccount = profile === "GLOBAL" && world.settings.questionGlobalSeller === "account";
  return isAccount ? question.sellerId : question.localSellerId;
}

function statusWord(world: World, status: string): string {
  return world.settings.questionStatusCase === "lower" ? status.toLowerCase() : status;
}
