import "server-only";
import { readOlderMessages, readWholeConversation } from "@/lib/server/mercadolibre/conversations";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import type { WireMessage } from "@/lib/server/mercadolibre/message-wire";
import { type Message, oldestDated, type ThreadSnapshot, type Visibility } from "@/lib/shared/thread";
import type { AccountCtx, Gone, Held, Older, Pulled, Ref } from "./channel";

/** How much of a conversation is read at first: more than anybody reads at once. Older messages are read when somebody
 *  scrolls up to them (docs/decisions/042). */
const MAX_MESSAGES = 500;

const REJECTED = new Set(["moderated", "rejected", "blocked"]);
const PENDING = new Set(["pending", "pending_translation", "in_moderation"]);

/** What became of a message, from both of its states (messages.md 2.1, 5, 9). Unknown words mean visible: the
 *  conversation shows it. Pure. */
export function visibilityOf(message: Pick<WireMessage, "status" | "moderation">): Visibility {
  const states = [message.status.toLowerCase(), message.moderation.status.toLowerCase()];
  if (states.some((state) => REJECTED.has(state))) return "rejected";
  if (states.some((state) => PENDING.has(state))) return "moderation";
  return "visible";
}

/** The seller of a thread: told by the source, else the one whose site it is, else the account's first. */
export function sellerOf(ctx: AccountCtx, ref: Ref): { userId: string; siteId: string } {
  const seller =
    ctx.sellers.find((candidate) => candidate.userId === ref.sellerId) ??
    ctx.sellers.find((candidate) => candidate.siteId === ref.siteId) ??
    ctx.sellers[0];
  return seller ?? { userId: ctx.accountId, siteId: ctx.siteId };
}

function messageOf(ctx: AccountCtx, wire: WireMessage): Message {
  const isOurs =
    wire.fromUserId === ctx.accountId || ctx.sellers.some(({ userId }) => userId === wire.fromUserId);
  const isAgent = Object.values(ctx.agents).includes(wire.fromUserId);
  return {
    id: wire.id,
    direction: isOurs ? "out" : "in",
    author: isOurs ? "seller" : isAgent ? "agent" : "buyer",
    fromUserId: wire.fromUserId,
    text: wire.text,
    textTranslated: wire.textTranslated,
    visibility: visibilityOf(wire),
    reason: reasonOf(wire.moderation.reason),
    createdAt: wire.createdAt,
    readAt: wire.readAt,
    attachments: wire.attachments.map((file) => ({
      filename: file.filename,
      name: file.originalFilename,
      type: file.type,
      size: file.size,
    })),
  };
}

/** Casing varies, and old answers say "none" (messages.md 2.1, 7). */
export function reasonOf(reason: string | null): string | null {
  return reason === null || reason.toLowerCase() === "none" ? null : reason.toUpperCase();
}

/** The seller whom the messages name: of several marketplace users under one sign-in, the one whose conversation it is
 *  (messages.md 5). Pure. */
function partyOf(
  ctx: AccountCtx,
  wires: readonly WireMessage[],
): { userId: string; siteId: string } | undefined {
  const named = new Set(wires.flatMap(({ fromUserId, toUserId }) => [fromUserId, toUserId]));
  return (
    ctx.sellers.find(({ userId }) => named.has(userId)) ??
    ctx.sellers.find(({ siteId }) => wires.at(-1)?.siteId === siteId)
  );
}

/** The buyer's name, where messages carry one (messages.md 5): the newest that is one. An agent's name is nobody's: the
 *  customer is known by the order (messages.md 4.3). Pure. */
function buyerNameOf(
  wires: readonly WireMessage[],
  all: readonly Message[],
  isAgentPath: boolean,
): string | null {
  if (isAgentPath) return null;
  const buyers = new Set(all.filter(({ author }) => author === "buyer").map(({ id }) => id));
  const named = wires.findLast(
    ({ id, fromName }) => buyers.has(id) && fromName !== null && fromName.trim() !== "",
  );
  return named?.fromName?.trim() ?? null;
}

/** Reads a conversation. With what is held of it, only what that lacks: its newest page as a rule, so that a notification
 *  costs one read however long the conversation has become; the snapshot is the whole of it all the same, for only the
 *  whole tells who receives an answer (messages.md 4.3).
 *  @throws MeliError that may be retried */
export async function pullMessages(
  ctx: AccountCtx,
  ref: Ref,
  held: Held | null = null,
): Promise<Pulled | Gone> {
  const seller = sellerOf(ctx, ref);
  try {
    const conversation = await readWholeConversation(ctx.meli, {
      packId: ref.externalId,
      sellerId: seller.userId,
      max: MAX_MESSAGES,
      ...(held === null
        ? {}
        : { held: { ids: new Set(held.messages.map(({ id }) => id)), total: held.total } }),
    });
    const { state, isExact } = conversation;
    const party = partyOf(ctx, conversation.messages) ?? seller;
    const read = conversation.messages.map((wire) => messageOf(ctx, wire));
    const kept = conversation.isComplete ? [] : beside(read, held?.messages ?? []);
    const snapshot: ThreadSnapshot = {
      externalId: conversation.packId,
      siteId: party.siteId,
      sellerId: party.userId,
      status: state.status === "active" ? "open" : state.status,
      substatus: state.substatus,
      isAgentPath: state.isAgentPath,
      sellerMaxLength: conversation.sellerMaxLength,
      claimIds: state.claimIds,
      buyerName: buyerNameOf(conversation.messages, read, state.isAgentPath),
      messages: kept.length === 0 ? read : inOrder([...kept, ...read]),
      total: conversation.total,
      isComplete: conversation.isComplete || (held?.isComplete ?? false),
    };
    return { kind: "pulled", snapshot, read, isExact };
  } catch (error) {
    // Integrators see both for packs that Mercado Libre itself listed (messages.md 2.1, 8).
    if (error instanceof MeliError && (error.failure.status === 403 || error.failure.status === 404)) {
      return { kind: "gone", status: error.failure.status, reason: error.failure.code ?? "refused" };
    }
    throw error;
  }
}

/** What is held and was not read: the older messages. One that should be among what was read and is not is gone. */
function beside(read: readonly Message[], held: readonly Message[]): Message[] {
  const ids = new Set(read.map(({ id }) => id));
  const newest = held.at(-1);
  const oldest = oldestDated(read);
  // Only what reaches to the newest message proves anything of those in between.
  const isNewestPart = oldest !== undefined && newest !== undefined && ids.has(newest.id);
  return held.filter(({ id, createdAt }) => !ids.has(id) && !(isNewestPart && createdAt > oldest.createdAt));
}

const inOrder = (all: readonly Message[]): Message[] =>
  all.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());

/** The messages before the oldest one held: one page of them. @throws MeliError, AppError */
export async function olderMessages(ctx: AccountCtx, ref: Ref, held: Held): Promise<Older> {
  const { messages, isComplete } = await readOlderMessages(ctx.meli, {
    packId: ref.externalId,
    sellerId: sellerOf(ctx, ref).userId,
    heldIds: new Set(held.messages.map(({ id }) => id)),
  });
  return { messages: messages.map((wire) => messageOf(ctx, wire)), isComplete };
}
