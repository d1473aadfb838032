import type { z } from "zod";
import { createBuyer } from "@/sandbox/control/create-buyer";
import { createListing } from "@/sandbox/control/create-listing";
import { QuestionSeed } from "@/sandbox/control/question-seeds";
import { itemAt } from "@/sandbox/questions/item-ids";
import type { Answer, Question } from "@/sandbox/questions/model";
import { recordInfraction } from "@/sandbox/questions/record-infraction";
import type { Buyer, Item, Seller } from "@/sandbox/world/model";
import { digits, pick } from "@/sandbox/world/random";
import { SITES } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

const MINUTE_MS = 60_000;
const NAMES = {
  es: ["Lucía Fernández", "Martín Gómez", "Sofía Herrera", "Diego Ruiz"],
  pt: ["Mariana Souza", "Rafael Lima", "Camila Rocha", "Thiago Alves"],
  en: ["Laura Medina", "Carlos Ortega"],
} as const;
const TITLES = {
  es: "Lámpara de escritorio LED regulable",
  pt: "Luminária de mesa LED articulada",
  en: "LED desk lamp",
} as const;

type Seed = z.output<typeof QuestionSeed>;

/** A question on one of the seller's listings, with its past as the seed tells it. It is in the world afterwards, and
 *  nobody has been told. @throws ZodError on a wrong seed, Error for a listing or buyer that is not there. */
export function createQuestion(world: World, seller: Seller, input: QuestionSeed): Question {
  const seed = QuestionSeed.parse(input);
  const item = itemOf(world, seller, seed);
  const buyer = buyerOf(world, item, seed);
  const now = world.now().getTime();
  const createdAt = new Date(now - seed.askedMinutesAgo * MINUTE_MS);
  const answer = answerOf(seed, now);
  const question: Question = {
    id: `13${digits(world.random, 9)}`,
    item,
    sellerId: item.sellerId,
    localSellerId: item.localSellerId,
    siteId: item.siteId,
    buyer,
    text: seed.text,
    textTranslated: seed.translated ?? null,
    status: seed.status ?? (answer ? "ANSWERED" : "UNANSWERED"),
    createdAt,
    updatedAt: answer?.createdAt ?? createdAt,
    answer,
    isDeletedFromListing: seed.deletedFromListing,
    isOnHold: seed.hold,
    isSuspectedSpam: seed.suspectedSpam,
    isHidden: false,
    appId: seed.appId,
    contact: contactOf(world, item, buyer, seed),
    pending: [],
  };
  world.addQuestion(question);
  if (question.status === "BANNED" || answer?.status === "BANNED") {
    recordInfraction(world, question, seed.bannedFor, question.updatedAt);
  }
  return question;
}

function itemOf(world: World, seller: Seller, seed: Seed): Item {
  if (seed.itemId !== undefined) {
    const item = itemAt(world, seed.itemId);
    if (item?.sellerId !== seller.id) throw new Error(`${seller.nickname} has no listing ${seed.itemId}`);
    return item;
  }
  const own = seed.listing
    ? undefined
    : [...world.items.values()].find((item) => item.sellerId === seller.id && item.status === "active");
  if (own) return own;
  const siteId = seller.marketplaces[0]?.siteId ?? seller.siteId;
  return createListing(world, seller, seed.listing ?? { title: TITLES[SITES[siteId].language] });
}

function buyerOf(world: World, item: Item, seed: Seed): Buyer {
  if (seed.buyerId === undefined) {
    const name = seed.buyerName ?? pick(world.random, NAMES[SITES[item.siteId].language]);
    return createBuyer(world, item.siteId, name, seed.buyerCity);
  }
  const buyer = world.buyers.get(seed.buyerId);
  if (!buyer) throw new Error(`no buyer ${seed.buyerId}`);
  return buyer;
}

function answerOf(seed: Seed, now: number): Answer | null {
  if (!seed.answer) return null;
  const { text, translated, status, minutesAgo = seed.askedMinutesAgo / 2 } = seed.answer;
  return {
    text,
    textTranslated: translated ?? null,
    status,
    createdAt: new Date(now - minutesAgo * MINUTE_MS),
  };
}

/** questions-and-contacts.md 1.2: contact data in practice only at classifieds. */
function contactOf(world: World, item: Item, buyer: Buyer, seed: Seed): Question["contact"] {
  if (seed.contact !== undefined) return seed.contact;
  if (item.buyingMode !== "classified") return null;
  return {
    email: `${buyer.nickname.toLowerCase()}@example.test`,
    phone: { areaCode: "11", number: `5550${digits(world.random, 4)}` },
  };
}
