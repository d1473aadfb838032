/** Messaging agents by site (messages.md 4.3). Configuration may replace entries; an id outside it is never refused for that. */
export const AGENTS: Readonly<Record<string, string>> = {
  MLA: "3037674934",
  MLB: "3037675074",
  MLC: "3020819166",
  MCO: "3037204123",
  MLM: "3037204279",
  MLU: "3037204685",
};

/** The table labels this row "others": its id stands for every site that has no row. Whether it is theirs is not known
 *  (messages.md 10.5); a wrong one is refused aloud, the buyer's id on an agent thread reaches nobody in silence. */
const OTHERS = "MLU";

export interface RecipientInput {
  siteId: string;
  /** User ids that are "the seller" on this thread. */
  sellerIds: readonly string[];
  /** Every message we hold. `at` is created, else received. */
  messages: readonly { fromUserId: string; at: Date }[];
  /** Was the whole thread read? With a part of it the agent path wins over "newest message". */
  isComplete: boolean;
  /** `conversation_status.path` contains `/conversations/`. */
  isAgentPath: boolean;
  /** `buyer.id` of the order. */
  buyerId: string | null;
  agents?: Readonly<Record<string, string>>;
}

/** Who must receive the next message, and whom to try once if Mercado Libre says that id is not of this pack. */
export interface Recipient {
  toUserId: string | null;
  fallbackUserId: string | null;
  basis: "last_message" | "agent_path" | "order_buyer" | "unknown";
}

/** Resolves `to.user_id` per thread, from the whole thread (messages.md 4.3). Pure; never refuses an id for being unknown. */
export function resolveRecipient(input: RecipientInput): Recipient {
  const agents = input.agents ?? AGENTS;
  const agentId = agents[input.siteId] ?? agents[OTHERS] ?? null;
  const theirs = input.messages.filter((message) => !input.sellerIds.includes(message.fromUserId));
  const newest = theirs.reduce<(typeof theirs)[number] | null>(
    (best, message) => (best === null || message.at >= best.at ? message : best),
    null,
  );
  if (newest !== null && (input.isComplete || !input.isAgentPath)) {
    return { toUserId: newest.fromUserId, fallbackUserId: null, basis: "last_message" };
  }
  if (input.isAgentPath && agentId !== null) {
    return { toUserId: agentId, fallbackUserId: null, basis: "agent_path" };
  }
  if (newest !== null) return { toUserId: newest.fromUserId, fallbackUserId: null, basis: "last_message" };
  if (input.buyerId !== null) {
    return { toUserId: input.buyerId, fallbackUserId: agentId, basis: "order_buyer" };
  }
  return { toUserId: null, fallbackUserId: agentId, basis: "unknown" };
}
