import type { Claim, ClaimActKind, ClaimRole } from "./api/claim";
import type { Chain } from "./api/question";
import type { AccountId } from "./ids";
import type { Money } from "./money";
import type { Profile } from "./sites";

/** The channels a buyer and a seller can talk in. */
export const CHANNELS = ["messages", "claims", "questions"] as const;
export type ChannelName = (typeof CHANNELS)[number];

/** Where a conversation stands. "unknown": Mercado Libre has not told; never taken for open (messages.md 2.1). "closed": it is
 *  over and stays readable, which only claims and questions are. */
export type ThreadStatus = "open" | "blocked" | "unknown" | "closed";

export type Direction = "in" | "out";

/** What became of a message after Mercado Libre took it (messages.md 2.1, 7). */
export type Visibility = "visible" | "moderation" | "rejected";

export interface Attachment {
  /** Mercado Libre's name of the file: the key of a download. */
  filename: string;
  /** The name the sender gave it. */
  name: string;
  type: string | null;
  size: number | null;
}

export interface Message {
  id: string;
  direction: Direction;
  author: "buyer" | "seller" | "agent" | "mediator";
  /** Claims: who it is written to, and at which stage. Left out elsewhere. */
  to?: ClaimRole | null;
  stage?: string | null;
  fromUserId: string;
  text: string;
  textTranslated: string | null;
  visibility: Visibility;
  /** Mercado Libre's moderation reason, upper case, null when there is none. */
  reason: string | null;
  createdAt: Date;
  readAt: Date | null;
  attachments: Attachment[];
}

/** The oldest of these messages, which are in their order, of which a date was told. One whose every date is null
 *  (messages.md 2.1) stands at the beginning of time, and says nothing of how far back a part of a conversation reaches. */
export function oldestDated<M extends Pick<Message, "createdAt">>(messages: readonly M[]): M | undefined {
  return messages.find(({ createdAt }) => createdAt.getTime() > 0);
}

/** One conversation as a channel reads it from Mercado Libre. */
export interface ThreadSnapshot {
  externalId: string;
  siteId: string;
  /** The seller's user id on this thread: on Global Selling, the local one. */
  sellerId: string;
  status: ThreadStatus;
  substatus: string | null;
  isAgentPath: boolean;
  sellerMaxLength: number | null;
  claimIds: string[];
  /** The buyer's name, where messages carry one (Global Selling). */
  buyerName: string | null;
  /** Oldest first. */
  messages: Message[];
  /** How many messages Mercado Libre says there are. */
  total: number;
  /** Does `messages` hold all of them? */
  isComplete: boolean;
  /** Claims: the claim itself, and the sale it is about as far as it tells. */
  claim?: Claim;
  orderId?: string | null;
  buyerId?: string | null;
  /** Questions: the chain itself, and the listing that is asked about: on Global Selling that of the buyer's site. */
  chain?: Chain;
  listingId?: string;
  /** What an act can be found by beside messages: entries of the history, resolutions, stages. Stable from read to read. */
  marks?: readonly string[];
}

/** The sale around a conversation: what the seller needs to answer, and nothing else. */
export interface ThreadContext {
  order: {
    id: string;
    status: string;
    createdAt: Date;
    total: Money | null;
    items: {
      id: string;
      title: string;
      quantity: number;
      unitPrice: Money | null;
      variation: string | null;
      thumbnail: string | null;
      permalink: string | null;
    }[];
  } | null;
  buyer: { id: string; nickname: string | null; name: string | null; place: string | null } | null;
  shipment: {
    id: string;
    status: string;
    substatus: string | null;
    trackingNumber: string | null;
    logisticType: string | null;
    estimatedAt: Date | null;
    updatedAt: Date | null;
    steps: { status: string; at: Date }[];
  } | null;
}

/** A stored conversation, as rules and channels see it. */
export interface Thread {
  accountId: AccountId;
  profile: Profile;
  channel: ChannelName;
  externalId: string;
  siteId: string;
  sellerId: string;
  buyerId: string | null;
  status: ThreadStatus;
  substatus: string | null;
  sellerMaxLength: number | null;
  /** The sale is written to directly, although its conversation asks for a reason. */
  isExcepted: boolean;
  /** No plain message may begin the conversation (any more), and the buyer has not written since: the one of Global Selling
   *  was used up, or locally one was refused for want of a reason. */
  isStartSpent: boolean;
  /** The claim as it was read last. Null on other channels, and until the first read. */
  claim: Claim | null;
  /** The chain of questions as it was read last. Null on other channels, and until the first read. */
  chain: Chain | null;
  /** Questions: which one is meant, that of the address or of the act. Null: the oldest that waits. */
  asked: string | null;
  /** Questions: the status of the listing as it was read last (`active`, `paused`...). Null: not known, or no question. */
  listingStatus: string | null;
  /** Null until the conversation was read for the first time. */
  pulledAt: Date | null;
}

/** What the seller may do now on a thread, and why not. */
export type Ability =
  /** `to`: who may be written to on a claim; nobody is named elsewhere. */
  | { kind: "reply"; allowed: true; maxLength: number; isOnlyOne: boolean; to?: readonly ClaimRole[] }
  | { kind: "reply"; allowed: false; because: "blocked"; substatus: string | null }
  | {
      kind: "reply";
      allowed: false;
      /** `no_action`: the claim is open, and Mercado Libre gives the seller nothing to write with (claims.md 5.3). */
      because:
        | "no_length"
        | "unread_state"
        | "disconnected"
        | "start_spent"
        | "no_action"
        | "closed"
        /** The question has its answer: there is one, and no second (questions-and-contacts.md 1.3). */
        | "answered";
    }
  /** It can be begun with a reason (messages.md 3). */
  | { kind: "guide" }
  /** Something else than words: held now (claims.md 7). */
  | { kind: "act"; act: ClaimActKind; isMandatory: boolean; dueAt: Date | null };
