import "server-only";
import type { Download, Family, Meli } from "@/lib/server/mercadolibre/http";
import type { ActOptions, Claim, ClaimAct, ClaimActKind, ClaimRole } from "@/lib/shared/api/claim";
import type { Chain, Listing } from "@/lib/shared/api/question";
import type { GuideChoice, GuideOption } from "@/lib/shared/api/thread";
import type { AccountId } from "@/lib/shared/ids";
import type { Profile } from "@/lib/shared/sites";
import type { Ability, Message, Thread, ThreadSnapshot } from "@/lib/shared/thread";

/** What a channel needs to speak for an account. `meli` carries the lane, the budget and the tokens. */
export interface AccountCtx {
  accountId: AccountId;
  profile: Profile;
  siteId: string;
  /** The seller's own user ids, each with its site: one for LOCAL, one per marketplace for GLOBAL. */
  sellers: readonly { userId: string; siteId: string }[];
  /** Messaging agents by site (messages.md 4.3). */
  agents: Readonly<Record<string, string>>;
  meli: Meli;
}

/** A thread as Mercado Libre names it. */
export interface Ref {
  externalId: string;
  /** The seller's user id on it, when the source told. */
  sellerId: string | null;
  siteId: string | null;
  /** Questions: the one of the chain that must be read by itself, whatever a search shows of it. */
  asked?: string | null;
}

/** What a notification says, of a topic that is this channel's. */
export interface Notice {
  /** The user it was sent for: the account, or one of its marketplace users. */
  userId: string;
  /** The id of its resource. */
  subject: string;
}

/** Something of a thread changed: `unread` is Mercado Libre's own count where the source is the unread list. */
export interface Changed extends Ref {
  unread: number;
  /** `externalId` is that of an order, which may belong to a thread of another name. */
  isOrder?: boolean;
  /** When it changed last, where the source tells: what is held of the same instant need not be read. */
  updatedAt?: Date;
  /** Claims: what the source tells of it, and who the buyer is. */
  claim?: Claim;
  buyerId?: string | null;
  /** Questions: the question itself, with its words. */
  question?: ToldQuestion;
}

/** One question as any source tells it: what it adds to its chain. */
export interface ToldQuestion {
  chain: Chain;
  messages: readonly Message[];
  /** The listing that the buyer saw. */
  listingId: string;
}

/** Mercado Libre does not show this thread to this account. */
export interface Gone {
  kind: "gone";
  status: number | null;
  reason: string;
}

export interface Pulled {
  kind: "pulled";
  /** The whole conversation as it is now known: what was read, and what of the held part was not read again. */
  snapshot: ThreadSnapshot;
  /** Its messages that were read just now. */
  read: readonly Message[];
  /** Could each of them be understood? Only then is one that is missing really gone. */
  isExact: boolean;
  /** Questions: what of the chain was read just now. */
  chain?: Chain;
  /** Is there more of it that could not be had just now, and may be soon? */
  isShort?: boolean;
}

/** What is held of a conversation. */
export interface Held {
  /** Oldest first. */
  messages: readonly Message[];
  /** Claims: the claim as it was read last. Null: never, or it must be read whole. */
  claim?: Claim | null;
  /** Questions: the chain as it was read last, what is asked about, and the thread's own name. */
  chain?: Chain | null;
  listing?: Listing | null;
  externalId?: string;
  /** How many there were said to be when it was read last. Null: read on as if that were not known. */
  total: number | null;
  isComplete: boolean;
}

/** Messages before those that are held. */
export interface Older {
  /** Oldest first. */
  messages: readonly Message[];
  /** Are there none before these? */
  isComplete: boolean;
}

/** What a person asked for. Grows with the channels: refunds, mediations, answers. */
export type Act =
  | { kind: "reply"; text: string }
  /** Begins a conversation under a reason; with a template the text is Mercado Libre's. */
  | { kind: "guideOption"; choice: GuideChoice; text: string }
  /** A message on a claim: `to` is who reads it. */
  | { kind: "message"; to: ClaimRole; text: string }
  /** The answer to a question, of which there is one for ever. */
  | { kind: "answer"; questionId: string; text: string }
  /** Something else than words on a claim. What words it has are in `act`. */
  | { kind: "claim"; act: ClaimAct; text: "" };

/** What the thread held when the act left, so that two equal texts are told apart. */
export interface Baseline {
  /** Messages and marks (ThreadSnapshot.marks). */
  messageIds: readonly string[];
}

export interface LocalFile {
  name: string;
  type: string;
  bytes: Blob;
}

export interface WireFile {
  /** Mercado Libre's name of it. */
  id: string;
  /** Ours: which of the files that an act names it is. */
  fileId: string;
}

export interface Accepted {
  /** Null when the answer named none: the thread tells. */
  messageId: string | null;
  /** What was sent, where Mercado Libre wrote it (a template). */
  text?: string;
  /** What was answered, in a few facts for the audit row: a status, a kind; never a person's text. */
  facts?: Record<string, string>;
  /** It was rejected in the very answer that took it (messages.md 3.3). */
  rejectedFor?: string;
}

/** How a conversation may be begun, as Mercado Libre says it. */
export type Start =
  | { kind: "options"; options: GuideOption[] }
  /** It needs no reason: the sale is an exception. */
  | { kind: "use_messages" }
  /** It needs none any more: both already talk. */
  | { kind: "has_begun" }
  | { kind: "closed"; reason: string }
  /** Only the conversation itself can tell. */
  | { kind: "ask_thread" };

/** Where an act is in the thread that was read after it. */
export type Delivery =
  | { kind: "visible"; messageId: string }
  | { kind: "pending"; messageId: string }
  | { kind: "rejected"; messageId: string; reason: string | null }
  /** Something else stands where it would be, and it can never be there. */
  | { kind: "overtaken"; reason: string }
  | { kind: "absent" };

/** What differs between messages, claims and questions; everything else of the house serves all of them. */
export interface Channel {
  /** The threads that a notification speaks of, with at most one call. None: nothing to follow.
   *  @throws MeliError: `isTooFresh` says whether the same succeeds in seconds. */
  refsOf(ctx: AccountCtx, notice: Notice): Promise<Ref[]>;
  /** Is this refusal of `refsOf` only about what is too fresh to be readable? Pure. */
  isTooFresh(error: unknown): boolean;
  /** Which part of the rate budget its acts draw from. */
  readonly family: Family;
  /** Reads a thread: all of it, or what is not held of it. Never marks it read.
   *  @throws MeliError slow_down, meli_down: may be retried. */
  pull(ctx: AccountCtx, ref: Ref, held?: Held | null): Promise<Pulled | Gone>;
  /** Reads what is older than all that is held. Never marks anything read. @throws MeliError, may be retried */
  older?(ctx: AccountCtx, ref: Ref, held: Held): Promise<Older>;
  /** Threads that wait at Mercado Libre: reconciliation. The generator's return value says whether the list was whole.
   *  `since`: those that changed from then on, where the channel can tell; null: all that are open. */
  changed(ctx: AccountCtx, since: Date | null): AsyncGenerator<Changed, { isComplete: boolean }>;
  /** What the seller may do now, and why not. Pure. */
  abilities(thread: Thread): Ability[];
  /** How a conversation may be begun now: what only a call can tell. Sends nothing.
   *  @throws MeliError, AppError slow_down: may be retried */
  prepare?(ctx: AccountCtx, thread: Thread): Promise<Start>;
  /** What only Mercado Libre can say before an act: offers, reasons, costs. A read. @throws MeliError, may be retried */
  options?(ctx: AccountCtx, thread: Thread, act: ClaimActKind): Promise<ActOptions>;
  /** Uploads one file for `act`. May be repeated: an unused upload expires by itself. */
  upload(ctx: AccountCtx, thread: Thread, file: LocalFile, act: Act): Promise<{ id: string }>;
  /** The bytes of a file that a message or an act of this thread carries, by Mercado Libre's name. @throws MeliError */
  download(ctx: AccountCtx, thread: Thread, filename: string): Promise<Download>;
  /** Does it, once. NOT idempotent: only the outbox may call it. @throws MeliError whose `failure.mayHaveApplied` says
   *  whether it may have happened all the same. */
  act(
    ctx: AccountCtx,
    thread: Thread,
    current: ThreadSnapshot,
    act: Act,
    files: readonly WireFile[],
  ): Promise<Accepted>;
  /** Looks for the act in what was read after it. Pure. `accepted` is the id that Mercado Libre answered, if any. */
  find(before: Baseline, after: ThreadSnapshot, act: Act, accepted: string | null): Delivery;
  /** Tells Mercado Libre that the seller read it. Only an explicit act or a chosen setting reaches this. */
  markRead?(ctx: AccountCtx, ref: Ref): Promise<void>;
}
