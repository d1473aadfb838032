import fc from "fast-check";

/** One message as it was really written. */
export interface Turn {
  isSellers: boolean;
  /** So many of it, one after the other: how a long talk is told in few words. */
  times: number;
  /** Seconds since the message before it. */
  gap: number;
  /** A buyer's message that moderation holds back: no read returns it (messages.md 2.1). */
  isHidden: boolean;
  /** How the wire spells it: consumed by `Dice`. */
  spelling: number;
}

/** A conversation as it really is, and the spelling in which Mercado Libre tells of it. */
export interface Truth {
  profile: "LOCAL" | "GLOBAL";
  siteId: string;
  packId: string;
  /** The seller's user id on this thread. */
  sellerId: string;
  buyerId: string;
  /** Have we read the order, and so know who the buyer is? */
  isBuyerKnown: boolean;
  /** `none`: the parties talk directly. `start`: an agent stood between them from the first word. `midlife`: since some
   *  message. `silent`: an agent stands there, and the conversation's path says so, but nobody has written through it. */
  agent: "none" | "start" | "midlife" | "silent";
  /** The id that the agent writes under; not always the one of the table. */
  agentId: string;
  /** Without messages and path: is the thread an agent's all the same? Then Mercado Libre refuses the buyer's id. */
  isSecretlyAgents: boolean;
  /** `MELI_AGENTS`: replaces the table's row of this site. */
  configuredAgent: string | null;
  turns: Turn[];
  /** Where the agent stepped in, as a share of the turns. */
  migratedAt: number;
  status: string | null | undefined;
  substatus: string | null;
  isStateNull: boolean;
  length: unknown;
  isExcepted: boolean;
  isStartSpent: boolean;
  /** Most messages of a page, whatever the caller asks. */
  pageSize: number;
  order: "newest_first" | "oldest_first_in_page" | "from_the_oldest";
  /** Which share of it we had read before, so that only the rest is asked for; null: we read it for the first time. */
  heldShare: number | null;
  /** The seller's own app writes between two pages: the pages repeat a message. */
  shifts: boolean;
  total: "number" | "text" | "absent" | "counts_hidden";
  spelling: number;
}

/** messages.md 6, every spelling that has been seen, and some that nobody has. */
export const SUBSTATUSES = [
  "blocked_by_time",
  "blocked_by_buyer",
  "blocked_by_mediation",
  "bloqued_by_mediation",
  "blocked_by_mediation_fbm",
  "blocked_by_fulfillment",
  "blocked_by_payment",
  "blocked_by_conversation_initiated_by_seller",
  "blocked_by_conversation_started_by_seller",
  "blocked_by_conversation_initiated_by_seller_limited",
  "blocked_by_conversation_started_by_seller_limited",
  "blocked_by_conversation_use_message_api",
  "blocked_by_cancelled_order",
  "blocked_by_cancelled_order_by_fraud",
  "blocked_by_cancelled_order_hidden",
  "blocked_by_conversation_expired",
  "blocked_by_refund",
  "blocked_by_claim_change_open",
  "blocked_by_claim_change_closed",
  "blocked_by_deactivated_account",
  "blocked_by_restrictions",
  "blocked_by_message_pending_review",
  "blocked_by_return_to_buyer_fulfillment",
  "blocked_by_ai_assistant",
  "blocked_by_ai_assistant_expired",
  "blocked_by_ai_assistant_contact_closed",
  "block_by_ai_assistant_initiated_by_seller_expired",
  "blocked_by_resale",
  "blocked_by_proximity_groceries",
  "blocked_by_guest_shops",
  "blocked_by_claim",
  "blocked_by_something_new",
  "BLOCKED_BY_CONVERSATION_INITIATED_BY_SELLER_LIMITED",
  "Something Else",
] as const;

const LOCAL_SITES = ["MLA", "MLB", "MLM", "MLC", "MCO", "MLU", "MPE", "MEC", "MLV", "MCR", "MPA", "MRD"];
const GLOBAL_SITES = ["MLM", "MLB", "MCO", "MLC"];

const userId = (first: number) =>
  fc.integer({ min: 100_000_000, max: 999_999_999 }).map((n) => `${first}${n}`);

const turn = (minGap: number): fc.Arbitrary<Turn> =>
  fc.record({
    isSellers: fc.boolean(),
    times: fc.constant(1),
    gap: fc.oneof(
      { weight: 1, arbitrary: fc.constant(minGap) },
      { weight: 4, arbitrary: fc.integer({ min: 1, max: 90_000 }) },
    ),
    isHidden: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    spelling: fc.nat(),
  });

/** Mostly short talks; some longer than what is read at once. */
function talk(order: Truth["order"], isLong: boolean): fc.Arbitrary<Turn[]> {
  // Two messages of one second are told apart by their place in the list alone: where that is turned round, nobody can.
  const one = turn(order === "newest_first" ? 0 : 1);
  if (!isLong) return fc.array(one, { maxLength: 9 });
  const filler = fc.integer({ min: 480, max: 530 });
  return fc
    .tuple(fc.array(one, { maxLength: 6 }), filler, fc.array(one, { maxLength: 3 }))
    .map(([before, times, after]): Turn[] => [
      ...before,
      { isSellers: true, times, gap: 60, isHidden: false, spelling: 0 },
      ...after,
    ]);
}

const agentKinds = fc.constantFrom<Truth["agent"][]>("none", "none", "start", "midlife", "silent");

/** Conversations of every kind that messages.md describes. A long one costs as much as fifty short ones. */
export const anyConversation: fc.Arbitrary<Truth> = fc
  .record({
    profile: fc.constantFrom("LOCAL" as const, "LOCAL" as const, "LOCAL" as const, "GLOBAL" as const),
    order: fc.constantFrom<Truth["order"][]>("newest_first", "oldest_first_in_page", "from_the_oldest"),
    isLong: fc.integer({ min: 0, max: 199 }).map((n) => n === 0),
  })
  .chain(({ profile, order, isLong }) =>
    fc.record<Truth>({
      profile: fc.constant(profile),
      siteId: fc.constantFrom(...(profile === "LOCAL" ? LOCAL_SITES : GLOBAL_SITES)),
      packId: fc.bigInt({ min: 1_000_000n, max: 9_999_999_999_999_999n }).map(String),
      sellerId: userId(1),
      buyerId: userId(2),
      isBuyerKnown: fc.boolean(),
      agent: profile === "LOCAL" ? agentKinds : fc.constant("none"),
      agentId: fc.oneof(fc.constant("the table's"), userId(4)),
      isSecretlyAgents: fc.boolean(),
      configuredAgent: fc.option(userId(5), { freq: 4 }),
      turns: talk(order, isLong),
      migratedAt: fc.double({ min: 0, max: 1, noNaN: true }),
      status: fc.constantFrom(
        "active",
        "active",
        "ACTIVE",
        "blocked",
        "blocked",
        "BLOCKED",
        "paused",
        "",
        null,
        undefined,
      ),
      substatus: fc.oneof(fc.constant(null), fc.constantFrom(...SUBSTATUSES)),
      isStateNull: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
      length: fc.constantFrom(350, 350, "350", 3500, 1, 0, "0", null, undefined, "many", -1),
      isExcepted: fc.boolean(),
      isStartSpent: fc.boolean(),
      pageSize: isLong
        ? fc.constantFrom(50, 70, 100)
        : fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 100 })),
      // Read from the oldest, a part of a long talk would be its beginning: nobody has seen that (messages.md 2.1).
      order: fc.constant(isLong && order === "from_the_oldest" ? "newest_first" : order),
      heldShare: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      shifts: fc.boolean(),
      total: fc.constantFrom("number", "number", "text", "absent", "counts_hidden"),
      spelling: fc.nat(),
    }),
  );
