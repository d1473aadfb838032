import { settle } from "@/sandbox/messages/moderation";
import type { Profile } from "@/sandbox/messages/refuse";
import { messageRefusal } from "@/sandbox/messages/refuse";
import { stateOf } from "@/sandbox/messages/state";
import { wireFlatMessage, wireMessage, wireState } from "@/sandbox/messages/wire";
import type { ApiContext } from "@/sandbox/world/guard";
import type { Message, Thread } from "@/sandbox/world/model";
import type { Refusal } from "@/sandbox/world/refusal";
import { notFound } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

const DEFAULT_LIMIT = 10;

/** The thread at `/packs/{pack}[/sellers/{seller}]`, if the caller is a party of it (messages.md 2.1).
 *  @throws Refusal 403 for someone else's, 404 for none. */
export function threadOf(
  world: World,
  c: ApiContext,
  profile: Profile,
  packId: string,
  sellerId?: string,
): Thread {
  const { seller } = c.var;
  const resource = sellerId ? `/packs/${packId}/sellers/${sellerId}` : `/packs/${packId}`;
  const denied = () =>
    messageRefusal(world, profile, 403, "forbidden", `User access token invalid for resource ${resource}`);
  if (sellerId && world.ownerOf.get(sellerId)?.seller.id !== seller.id) throw denied();
  const thread = world.threads.get(packId);
  // messages.md 5, row 404
  if (!thread) throw notFound(profile === "GLOBAL" ? "Order do not exists" : undefined);
  if (thread.sellerId !== seller.id) throw denied();
  if (sellerId && sellerId !== thread.localSellerId && sellerId !== thread.sellerId) throw denied();
  return thread;
}

/** What the seller may see, newest first: a moderated buyer message is not returned, the seller's own always is (messages.md 2.1). */
export function visibleTo(world: World, thread: Thread): Message[] {
  if (stateOf(world, thread).isWithheld) return [];
  for (const message of thread.messages) settle(world, message);
  return thread.messages
    .filter((message) => message.author === "seller" || isShown(message))
    .filter((message) => !world.settings.conversationLags || isReadable(world, message))
    .toReversed();
}

/** One page of a conversation; marks the page read unless `mark_as_read=false` (messages.md 2.1, 2.7). */
export function readConversation(
  world: World,
  c: ApiContext,
  o: { profile: Profile; thread: Thread; marksRead: boolean },
): object {
  const { profile, thread } = o;
  const { limit, offset } = paging(world, c, profile);
  refuseIfAsked(world, profile, thread);
  const newestFirst = visibleTo(world, thread);
  const visible = world.settings.messageOrder === "oldest" ? newestFirst.toReversed() : newestFirst;
  if (offset > visible.length && world.settings.offsetPastEnd === "refused") {
    throw wrongOffset(world, profile);
  }
  const page = visible.slice(offset, offset + limit);
  const isAll = world.settings.totalCounts === "all" && !stateOf(world, thread).isWithheld;
  const body = {
    paging: { limit, offset, total: isAll ? thread.messages.length : visible.length },
    conversation_status: world.settings.stateMissing ? null : wireState(world, profile, thread),
    messages: page.map((message) => wireMessage(world, profile, thread, message)),
    // messages.md 5: GLOBAL has no *_max_message_length
    ...lengthsOf(profile, thread),
  };
  if (o.marksRead && c.req.query("mark_as_read") !== "false") {
    markRead(world, thread, world.settings.readMarks === "thread" ? visible : page);
  }
  return body;
}

/** messages.md 2.1: some sales without a conversation answer 403 or 404; messages.md 8: and so do packs the unread list named. */
function refuseIfAsked(world: World, profile: Profile, thread: Thread): void {
  const { emptyPack, unreadRefuses } = world.settings;
  const isEmpty = thread.messages.length === 0;
  if (isEmpty && emptyPack === "404") throw notFound();
  if (unreadRefuses.includes(thread.packId) || (isEmpty && emptyPack === "403")) {
    const text = `User access token invalid for resource /packs/${thread.packId}/sellers/${thread.localSellerId}`;
    throw messageRefusal(world, profile, 403, "forbidden", text);
  }
}

/** messages.md 5: GLOBAL has no `*_max_message_length`; messages.md 0.7: elsewhere 350, 3500 and 0 were seen. */
function lengthsOf(profile: Profile, { sellerMaxLength }: Thread): object {
  if (profile === "GLOBAL" || sellerMaxLength === null) return {};
  return { seller_max_message_length: sellerMaxLength, buyer_max_message_length: 3500 };
}

/** One message by id; never marks read (messages.md 2.2). @throws Refusal 400, 403 or 404 */
export function readMessage(world: World, c: ApiContext, profile: Profile, id: string): object {
  const found = world.messages.get(id);
  // messages.md 5, row 400
  if (profile === "GLOBAL" && !/^[0-9a-f]{32}$/.test(id)) {
    throw messageRefusal(world, profile, 400, "bad_request", "Messages id empty or invalid");
  }
  if (!found) {
    // messages.md 2.2, and 5 for the wording of GLOBAL
    const text =
      profile === "GLOBAL"
        ? `The specified message id: ${id} does not exists`
        : "The specified message id does not exists";
    throw messageRefusal(world, profile, 400, "bad_request", text);
  }
  const { thread, message } = found;
  if (thread.sellerId !== c.var.seller.id) {
    const text = `Access denied for user ${c.var.seller.id} to message with id ${id}`;
    throw messageRefusal(world, profile, 403, "forbidden", text);
  }
  settle(world, message);
  // notifications.md 4, messages.md 7: right after a notice the message may not be readable yet
  const isHidden = message.author === "buyer" && !isShown(message);
  if (isHidden || !isReadable(world, message)) {
    const text = `The message with id: ${id} could not be retrieved from storage`;
    throw messageRefusal(world, profile, 404, "not_found", text);
  }
  if (profile === "LOCAL" && world.settings.byIdShape === "flat")
    return wireFlatMessage(world, thread, message);
  return {
    paging: null,
    conversation_status: null,
    messages: [wireMessage(world, profile, thread, message)],
    ...lengthsOf(profile, thread),
  };
}

/** Unread buyer messages, the hidden moderated ones included (messages.md 2.1, 7). */
export function unreadOf(thread: Thread): number {
  return unread(thread).length;
}

/** The same as the API counts it: without messages that the store has not caught up with. */
export function listedUnreadOf(world: World, thread: Thread): number {
  const { conversationLags, unreadCountsHidden } = world.settings;
  return unread(thread).filter(
    (message) =>
      (!conversationLags || isReadable(world, message)) && (unreadCountsHidden || isShown(message)),
  ).length;
}

function unread(thread: Thread): Message[] {
  return thread.messages.filter((message) => message.author === "buyer" && message.readAt === null);
}

/** Whether the store has caught up with this message (notifications.md 4, consistency). */
function isReadable(world: World, message: Message): boolean {
  return world.now().getTime() - message.createdAt.getTime() >= world.settings.readableAfterMs;
}

function isShown(message: Message): boolean {
  return message.moderation.status === "clean" || message.moderation.status === "non_moderated";
}

/** The seller has seen these. */
export function markRead(world: World, thread: Thread, messages: Message[]): void {
  for (const message of messages) {
    if (message.author !== "buyer" || message.readAt) continue;
    message.readAt = world.now();
    world.emit("message_read", thread, message.id);
  }
}

function wrongOffset(world: World, profile: Profile): Refusal {
  const text = profile === "GLOBAL" ? "Invalid offset or limit param" : "Invalid offset param";
  return messageRefusal(world, profile, 400, "bad_request", text);
}

/** messages.md 2.1: default 10, no published maximum; clamped to 100 here (messages.md 7, simulator defaults). */
function paging(world: World, c: ApiContext, profile: Profile): { limit: number; offset: number } {
  const limit = c.req.query("limit") ?? String(DEFAULT_LIMIT);
  const offset = c.req.query("offset") ?? "0";
  const bad = (text: string) => messageRefusal(world, profile, 400, "bad_request", text);
  const { maxLimit, limitAbove } = world.settings;
  const most = maxLimit ?? Number.POSITIVE_INFINITY;
  if (!/^-?\d+$/.test(limit) || (Number(limit) > most && limitAbove === "refused")) {
    throw bad(profile === "GLOBAL" ? "Invalid offset or limit param" : "Invalid limit param");
  }
  if (Number(limit) < 1) throw bad("The limit param must be greater than 0");
  if (!/^\d+$/.test(offset)) throw wrongOffset(world, profile);
  return { limit: Math.min(Number(limit), most), offset: Number(offset) };
}
