import { z } from "zod";
import { withAccount } from "@/lib/server/account-context";
import type { AccountCtx } from "@/lib/server/channels/channel";
import type { Lane } from "@/lib/server/mercadolibre/http";
import { findUnanswered } from "@/lib/server/sync/reconcile/find-questions";
import { questionsChores } from "@/lib/server/sync/reconcile/question-chores";
import { ThreadViewSchema } from "@/lib/shared/api/thread";
import { createHouse, type House, type SignedIn } from "./house";

/** What tests of questions do: have buyers ask, open a chain, answer, look at what reached Mercado Libre. */

export const QUESTION_PROFILES = [
  { profile: "LOCAL", seller: {}, root: "/questions", answers: "/answers" },
  {
    profile: "GLOBAL",
    seller: { siteId: "CBT", marketplaces: ["MLM", "MLB"] },
    root: "/marketplace/questions",
    answers: "/marketplace/answers",
  },
] as const;
export type QuestionProfile = (typeof QUESTION_PROFILES)[number];

/** A question as the simulator holds it, as far as tests look. */
const HeldQuestion = z.object({
  id: z.string(),
  status: z.string(),
  text: z.string(),
  answer: z.nullable(z.object({ text: z.string(), status: z.string() })),
  buyerId: z.string(),
  itemId: z.string(),
  cbtItemId: z.nullable(z.string()),
  isHidden: z.boolean(),
  isBuyerBlocked: z.boolean(),
});
export type AskedQuestion = z.infer<typeof HeldQuestion>;

const Row = z.object({
  id: z.string(),
  external_id: z.string(),
  chain_key: z.string(),
  status: z.string(),
  substatus: z.string().nullable(),
  is_waiting: z.boolean(),
  is_todo: z.boolean(),
  is_complete: z.boolean(),
  product: z.string().nullable(),
  buyer_name: z.string().nullable(),
  rank: z.coerce.number(),
  brief: z.object({ address: z.string(), unanswered: z.number(), status: z.string() }),
});

export interface Shop {
  owner: SignedIn;
  sellerId: string;
  /** A buyer asks; nobody is told unless `notify`. */
  ask(seed: object): Promise<AskedQuestion>;
  /** The chain that a question opens, as its screen gets it. */
  view(questionId: string, as?: SignedIn): Promise<z.infer<typeof ThreadViewSchema>>;
  /** What the simulator holds of a question. */
  held(questionId: string): Promise<AskedQuestion>;
  set(questionId: string, change: object): Promise<unknown>;
  answerElsewhere(questionId: string, text: string): Promise<unknown>;
  changeItem(itemId: string, change: object): Promise<unknown>;
  /** Our rows of the account's chains, as the list orders them. */
  rows(): Promise<z.infer<typeof Row>[]>;
  /** Does something in the name of the account. */
  as<T>(lane: Lane, use: (ctx: AccountCtx) => Promise<T>): Promise<T>;
  /** Lists what waits for an answer, as the chores do. */
  find(): Promise<{ found: number }>;
  /** Everything that the chores have to do for questions, with what they ask for beside it. */
  chores(): Promise<void>;
  /** What the simulator was asked since it was asked last: `METHOD path?query`, without who we are and which items there are. */
  asked(): Promise<string[]>;
}

export interface QuestionHouse {
  house: House;
  /** A new shop, signed in and past its first sync unless said otherwise. */
  open(o?: { in?: QuestionProfile; settings?: object; isSynced?: boolean }): Promise<Shop>;
}

/** A house whose answers leave at once. */
export async function createQuestionHouse(): Promise<QuestionHouse> {
  const house = await createHouse();
  return {
    house,
    async open({ in: where = QUESTION_PROFILES[0], settings = {}, isSynced = true } = {}) {
      await house.control("/settings", settings);
      const sellerId = await house.newSeller(where.seller);
      const owner = await house.signIn(sellerId);
      const { pool } = house.rt.database;
      await pool.query("update users set undo_seconds = 0 where id = $1", [owner.userId]);
      if (isSynced) {
        await pool.query(
          "update syncs set unread_at = now(), sales_at = now(), backfill_at = now() where account_id = $1",
          [owner.accountId],
        );
      }
      return shopOf(house, owner, sellerId);
    },
  };
}

function shopOf(house: House, owner: SignedIn, sellerId: string): Shop {
  const { pool } = house.rt.database;
  const as: Shop["as"] = (lane, use) => withAccount(house.rt, owner.accountId, lane, use);
  let seen = 0;
  return {
    owner,
    sellerId,
    async ask(seed) {
      const made = await house.control("/questions/ask", { sellerId, notify: false, ...seed });
      return HeldQuestion.parse(made);
    },
    view: (questionId, who = owner) =>
      house.read(ThreadViewSchema, `/api/threads/questions/${questionId}`, { as: who }),
    held: async (questionId) => HeldQuestion.parse(await house.control(`/questions/${questionId}`)),
    set: (questionId, change) => house.control(`/questions/${questionId}/set`, { notify: false, ...change }),
    answerElsewhere: (questionId, text) =>
      house.control(`/questions/${questionId}/answer-elsewhere`, { text }),
    changeItem: (itemId, change) => house.control(`/items/${itemId}`, change),
    async rows() {
      const { rows } = await pool.query(
        "select * from threads where account_id = $1 and channel = 'questions' order by rank, id",
        [owner.accountId],
      );
      return rows.map((row) => Row.parse(row));
    },
    as,
    find: () => as("reconcile", (ctx) => findUnanswered(house.rt, ctx)),
    async chores() {
      await pool.query("delete from chores where key like '%' || $1", [owner.accountId]);
      await questionsChores(house.rt, false);
    },
    async asked() {
      const calls = (await house.calls({ sellerId })).slice(seen);
      seen += calls.length;
      return calls.map(({ method, path, query }) => `${method} ${path}${query === "" ? "" : `?${query}`}`);
    },
  };
}
