import type { Hono } from "hono";
import { z } from "zod";
import { missing, read } from "@/sandbox/control/control-body";
import { createListing } from "@/sandbox/control/create-listing";
import { ListingSeed } from "@/sandbox/control/listing-seeds";
import { QuestionSeed } from "@/sandbox/control/question-seeds";
import { itemView, questionView } from "@/sandbox/control/question-views";
import { subgroupOf, writeAnswer } from "@/sandbox/questions/answer";
import { changeItem } from "@/sandbox/questions/change-item";
import { createQuestion } from "@/sandbox/questions/create-question";
import { itemAt } from "@/sandbox/questions/item-ids";
import type { Question } from "@/sandbox/questions/model";
import { QUESTION_STATUSES } from "@/sandbox/questions/model";
import { tellQuestion } from "@/sandbox/questions/tell-change";
import { ban, later, settleQuestion } from "@/sandbox/questions/time";
import type { Item, Seller } from "@/sandbox/world/model";
import { Refusal } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

const Ask = QuestionSeed.extend({
  sellerId: z.string(),
  /** Moderation looks at the words, as it does at a seller's. */
  judged: z.boolean().default(false),
  /** Whoever asks now is told of; the past is not. */
  notify: z.boolean().default(true),
});

const Change = z.strictObject({
  status: z.enum(QUESTION_STATUSES).optional(),
  answerStatus: z.enum(["ACTIVE", "DISABLED", "BANNED"]).optional(),
  hold: z.boolean().optional(),
  suspectedSpam: z.boolean().nullable().optional(),
  deletedFromListing: z.boolean().optional(),
  hidden: z.boolean().optional(),
  /** Of a ban (questions-and-contacts.md 1.6). */
  subgroup: z.string().default("LINKS"),
  /** A ban, a release from review or from hold happens so much later. */
  afterMs: z.number().int().min(0).default(0),
  notify: z.boolean().default(true),
});

const ItemChange = z.strictObject({
  status: z.enum(["active", "paused", "closed", "under_review", "payment_required", "inactive"]).optional(),
  subStatus: z.array(z.string()).optional(),
  stock: z.number().int().min(0).optional(),
  price: z.number().positive().optional(),
  title: z.string().min(1).optional(),
});

/** Questions and the listings they are about: asking, answering elsewhere, moderation, closing. */
export function questionControl(world: World, app: Hono): void {
  app.get("/questions", (c) => c.json({ questions: found(world, c.req.query()) }));
  app.post("/questions/ask", async (c) => {
    const { sellerId, judged, notify, ...seed } = await read(c, Ask);
    const question = ask(world, sellerAt(world, sellerId), seed);
    const subgroup = judged ? subgroupOf(world, question.text) : null;
    const { answerModerationMs } = world.settings;
    if (subgroup && answerModerationMs !== null) {
      const at = new Date(world.now().getTime() + answerModerationMs);
      later(world, question, { kind: "ban_question", subgroup, at });
    }
    if (notify) tellQuestion(world, question);
    return c.json(questionView(world, question), 201);
  });
  app.get("/questions/blocked-buyers", (c) => {
    const wanted = c.req.query("sellerId");
    const blocked = [...world.blockedBuyers].flatMap(([localSellerId, buyers]) =>
      [...buyers].map(([buyerId, blockedAt]) => ({
        sellerId: world.ownerOf.get(localSellerId)?.seller.id ?? localSellerId,
        localSellerId,
        buyerId,
        blockedAt,
      })),
    );
    return c.json({ blocked: blocked.filter(({ sellerId }) => !wanted || sellerId === wanted) });
  });
  app.get("/questions/:id", (c) => c.json(questionView(world, questionAt(world, c.req.param("id")))));
  app.post("/questions/:id/answer-elsewhere", async (c) => {
    const question = questionAt(world, c.req.param("id"));
    const Answer = z.strictObject({ text: z.string().min(1), translated: z.string().optional() });
    const { text, translated } = await read(c, Answer);
    if (question.status !== "UNANSWERED") {
      throw new Refusal(409, { error: `question ${question.id} is ${question.status}` });
    }
    writeAnswer(world, question, text, translated ?? null);
    return c.json(questionView(world, question));
  });
  app.post("/questions/:id/set", async (c) => {
    const question = questionAt(world, c.req.param("id"));
    setQuestion(world, question, await read(c, Change));
    return c.json(questionView(world, question));
  });

  app.get("/items", (c) => {
    const { sellerId, q = "" } = c.req.query();
    const wanted = q.trim().toLowerCase();
    const items = [...world.items.values()]
      .filter((item) => !sellerId || item.sellerId === sellerId)
      .filter((item) => `${item.id} ${item.title}`.toLowerCase().includes(wanted));
    return c.json({ items: items.map(itemView) });
  });
  app.post("/items", async (c) => {
    const Listing = z.strictObject({ sellerId: z.string(), listing: ListingSeed });
    const { sellerId, listing } = await read(c, Listing);
    return c.json(itemView(createListing(world, sellerAt(world, sellerId), listing)), 201);
  });
  app.post("/items/:id", async (c) => {
    const item = itemOrMissing(world, c.req.param("id"));
    const change = Object.entries(await read(c, ItemChange)).filter(([, value]) => value !== undefined);
    changeItem(world, item, Object.fromEntries(change));
    return c.json(itemView(item));
  });
}

/** Somebody asks. @throws Refusal 404, and 409 where Mercado Libre would not let them. */
function ask(world: World, seller: Seller, seed: QuestionSeed): Question {
  const { itemId, buyerId } = seed;
  const item = itemId === undefined ? null : itemAt(world, itemId);
  if (itemId !== undefined && item?.sellerId !== seller.id) throw missing("item of this seller", itemId);
  if (buyerId !== undefined && !world.buyers.has(buyerId)) throw missing("buyer", buyerId);
  const isNew = seed.status === undefined && !seed.answer && !seed.askedMinutesAgo;
  if (item && isNew && item.status !== "active") {
    throw new Refusal(409, { error: `item ${item.id} is ${item.status}: nobody can ask on it` });
  }
  const blocked = item && buyerId ? world.blockedBuyers.get(item.localSellerId)?.has(buyerId) : false;
  if (isNew && blocked) throw new Refusal(409, { error: `buyer ${buyerId} is blocked by the seller` });
  return createQuestion(world, seller, seed);
}

/** Moderation, hold, spam and the rest, by hand. */
function setQuestion(world: World, question: Question, change: z.output<typeof Change>): void {
  const { status, answerStatus, hold, subgroup, afterMs, notify } = change;
  if (answerStatus && !question.answer) {
    throw new Refusal(409, { error: `question ${question.id} has no answer` });
  }
  const at = new Date(world.now().getTime() + afterMs);
  if (afterMs > 0) {
    if (status === "BANNED") later(world, question, { kind: "ban_question", subgroup, at });
    if (answerStatus === "BANNED") later(world, question, { kind: "ban_answer", subgroup, at });
    if (status === "UNANSWERED") later(world, question, { kind: "release", subgroup: null, at });
    if (hold === false) later(world, question, { kind: "unhold", subgroup: null, at });
    return;
  }
  if (status === "BANNED") ban(world, question, { part: "question", subgroup, at });
  else if (status) question.status = status;
  if (answerStatus === "BANNED") ban(world, question, { part: "answer", subgroup, at });
  else if (answerStatus && question.answer) question.answer.status = answerStatus;
  if (hold !== undefined) question.isOnHold = hold;
  if (change.suspectedSpam !== undefined) question.isSuspectedSpam = change.suspectedSpam;
  if (change.deletedFromListing !== undefined) question.isDeletedFromListing = change.deletedFromListing;
  if (change.hidden !== undefined) question.isHidden = change.hidden;
  question.updatedAt = at;
  if (notify) tellQuestion(world, question);
}

/** Newest first; `q` looks into words, buyer, listing and ids. */
function found(world: World, query: Record<string, string>): object[] {
  const { sellerId, itemId, buyerId, status, q = "" } = query;
  const all = sellerId ? (world.questionsOf.get(sellerId) ?? []) : [...world.questions.values()];
  const item = itemId === undefined ? null : itemAt(world, itemId);
  const wanted = q.trim().toLowerCase();
  return [...all]
    .filter((question) => settleQuestion(world, question))
    .filter(
      (question) =>
        (itemId === undefined || question.item === item) &&
        (buyerId === undefined || question.buyer.id === buyerId) &&
        (status === undefined || question.status === status.toUpperCase()),
    )
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
    .map((question) => questionView(world, question))
    .filter((view) => !wanted || JSON.stringify(Object.values(view)).toLowerCase().includes(wanted));
}

function questionAt(world: World, id: string): Question {
  const question = world.questions.get(id);
  if (!question || !settleQuestion(world, question)) throw missing("question", id);
  return question;
}

function itemOrMissing(world: World, id: string): Item {
  const item = itemAt(world, id);
  if (!item) throw missing("item", id);
  return item;
}

function sellerAt(world: World, id: string): Seller {
  const seller = world.sellers.get(id);
  if (!seller) throw missing("seller", id);
  return seller;
}
