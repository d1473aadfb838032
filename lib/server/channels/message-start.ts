import "server-only";
import { readGuideReasons } from "@/lib/server/mercadolibre/action-guide";
import { guideRefusalOf } from "@/lib/server/mercadolibre/action-guide-refusal";
import type { GuideReason } from "@/lib/server/mercadolibre/action-guide-wire";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import type { GuideOption } from "@/lib/shared/api/thread";
import { AppError } from "@/lib/shared/errors";
import { limitOf } from "@/lib/shared/message-length";
import { blockRuleOf } from "@/lib/shared/substatus";
import type { Ability, Thread, ThreadSnapshot } from "@/lib/shared/thread";
import type { AccountCtx, Start } from "./channel";

/** Characters of the text that a conversation is begun with, when Mercado Libre does not say (messages.md 3.1). */
const FIRST_LENGTH = 350;
/** How long another request holds the lock on a sale: unknown, so long enough for one (messages.md 3.3). */
const LOCK_MS = 4_000;

/** The block of a conversation that is begun with a reason (messages.md 6). */
export const REASON_NEEDED = "blocked_by_conversation_initiated_by_seller_limited";

/** Can the conversation only be begun with a reason? (messages.md 4.1, 6) Pure. */
export function needsReason({ status, substatus }: Pick<Thread, "status" | "substatus">): boolean {
  return status === "blocked" && blockRuleOf(substatus).step === "use_guide";
}

/** What the house knows of a conversation beside what was read of it. */
type Known = Thread & { refusedAt: Date | null; orderId: string | null; meliUnread: number };

/** Is this a sale of ours that nobody has written on, which some answer with 403 or 404 instead of an empty conversation
 *  (messages.md 2.1)? One that was never shown, of which nothing is unread. Only the guide can tell for certain. Pure. */
export function isUnbegun(thread: Known): boolean {
  const isOurs = thread.channel === "messages" && thread.profile === "LOCAL" && thread.orderId !== null;
  return isOurs && thread.pulledAt === null && thread.refusedAt !== null && thread.meliUnread === 0;
}

/** The conversation with the state it is begun from: what nobody has begun and nobody is shown asks for a reason. Pure. */
export function startable<T extends Known>(thread: T): T {
  return isUnbegun(thread) ? { ...thread, ...UNBEGUN } : thread;
}

const UNBEGUN = { status: "blocked", substatus: REASON_NEEDED } as const;

/** What a read of such a conversation would have shown. Pure. */
export function unbegunSnapshot({ externalId, siteId, sellerId }: Thread): ThreadSnapshot {
  return {
    ...UNBEGUN,
    externalId,
    siteId,
    sellerId,
    isAgentPath: false,
    sellerMaxLength: null,
    claimIds: [],
    buyerName: null,
    messages: [],
    total: 0,
    isComplete: true,
  };
}

/** What the seller may do on a conversation (messages.md 4.1, 5). Pure. */
export function messageAbilities(thread: Thread): Ability[] {
  if (thread.isStartSpent && (thread.status === "open" || needsReason(thread))) {
    // Locally a reason is asked for, also where the conversation does not tell.
    return thread.profile === "GLOBAL"
      ? [{ kind: "reply", allowed: false, because: "start_spent" }]
      : limitedAbilities({ ...thread, substatus: needsReason(thread) ? thread.substatus : REASON_NEEDED });
  }
  if (needsReason(thread)) return limitedAbilities(thread);
  // Not a block but a direction: the guide is over, write (messages.md 4.1, 6).
  if (thread.status === "blocked" && blockRuleOf(thread.substatus).meaning === "use_message_api") {
    return [{ kind: "reply", allowed: true, maxLength: firstLength(thread), isOnlyOne: false }];
  }
  if (thread.status === "blocked") {
    return [{ kind: "reply", allowed: false, because: "blocked", substatus: thread.substatus }];
  }
  // A state that was not told is never "open" (messages.md 2.1).
  if (thread.status === "unknown") return [{ kind: "reply", allowed: false, because: "unread_state" }];
  const maxLength = limitOf(thread.sellerMaxLength, thread.profile);
  if (maxLength === 0) return [{ kind: "reply", allowed: false, because: "no_length" }];
  return [{ kind: "reply", allowed: true, maxLength, isOnlyOne: false }];
}

/** A conversation that is blocked and may be written to all the same: its 0 tells of the block. */
const firstLength = ({ sellerMaxLength }: Thread) => sellerMaxLength || FIRST_LENGTH;

function limitedAbilities(thread: Thread): Ability[] {
  const maxLength = firstLength(thread);
  // Mercado Libre runs the first message of Global Selling through the reason OTHER by itself (messages.md 5).
  if (thread.profile === "GLOBAL") return [{ kind: "reply", allowed: true, maxLength, isOnlyOne: true }];
  if (thread.isExcepted) return [{ kind: "reply", allowed: true, maxLength, isOnlyOne: false }];
  return [
    { kind: "reply", allowed: false, because: "blocked", substatus: thread.substatus },
    { kind: "guide" },
  ];
}

/** Asks the action guide how the conversation may be begun now.
 *  @throws MeliError; AppError slow_down while another request holds the sale */
export async function askGuide(ctx: AccountCtx, thread: Thread): Promise<Start> {
  if (ctx.profile === "GLOBAL") return { kind: "ask_thread" };
  try {
    const reasons = await readGuideReasons(ctx.meli, { packId: thread.externalId });
    return { kind: "options", options: reasons.map(optionOf) };
  } catch (error) {
    if (!(error instanceof MeliError) || error.code === "not_available") throw error;
    return refused(error);
  }
}

function optionOf({ charLimit, ...reason }: GuideReason): GuideOption {
  return { ...reason, maxLength: charLimit ?? FIRST_LENGTH };
}

function refused(error: MeliError): Start {
  switch (guideRefusalOf(error.failure)) {
    case "excepted":
      return { kind: "use_messages" };
    case "has_begun":
      return { kind: "has_begun" };
    case "deactivated":
      return { kind: "closed", reason: "account_deactivated" };
    case "gone":
      return { kind: "closed", reason: "guide_gone" };
    case "locked":
      throw new AppError(
        "slow_down",
        "another request holds this sale",
        { reason: "guide_locked", retryAt: new Date(Date.now() + LOCK_MS) },
        { cause: error },
      );
    case "delivery_past":
      return { kind: "closed", reason: "delivery_past" };
    case "undecided":
    case "used":
    case "text":
    case "template":
      return { kind: "ask_thread" };
    case null:
      throw error;
  }
}
