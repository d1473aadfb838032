import "server-only";
import { beginConversation } from "@/lib/server/mercadolibre/action-guide";
import { MeliError } from "@/lib/server/mercadolibre/failure";
import { markRead } from "@/lib/server/mercadolibre/mark-read";
import {
  downloadAttachment,
  isNotYetStored,
  listUnread,
  readMessage,
  sendMessage,
  uploadAttachment,
} from "@/lib/server/mercadolibre/messages";
import { AppError } from "@/lib/shared/errors";
import { sameMessageText } from "@/lib/shared/message-text";
import { resolveRecipient } from "@/lib/shared/recipient";
import type { Message, Thread, ThreadSnapshot } from "@/lib/shared/thread";
import type { Accepted, AccountCtx, Act, Baseline, Changed, Channel, Delivery, Notice, Ref } from "./channel";
import { olderMessages, pullMessages, reasonOf, sellerOf, visibilityOf } from "./message-pull";
import { askGuide, messageAbilities } from "./message-start";

/** What a send answers. */
type Sent = Awaited<ReturnType<typeof sendMessage>>;

function find(before: Baseline, after: ThreadSnapshot, act: Act, accepted: string | null): Delivery {
  const known = new Set(before.messageIds);
  const mine = after.messages.filter((message) => message.direction === "out" && !known.has(message.id));
  const found =
    mine.find((message) => message.id === accepted) ??
    mine.find((message) => act.text !== "" && sameMessageText(message.text, act.text)) ??
    (accepted === null ? ofTemplate(mine, act) : undefined);
  if (found === undefined) return { kind: "absent" };
  switch (found.visibility) {
    case "visible":
      return { kind: "visible", messageId: found.id };
    case "moderation":
      return { kind: "pending", messageId: found.id };
    case "rejected":
      return { kind: "rejected", messageId: found.id, reason: found.reason };
  }
}

/** A template's text is not ours to know. Where its answer was lost, it is the one message that is new, and of two neither;
 *  one whose id was answered is no other message. */
function ofTemplate(mine: readonly Message[], act: Act): Message | undefined {
  const isTextUnknown = act.kind === "guideOption" && act.choice.templateId !== null && act.text === "";
  return isTextUnknown && mine.length === 1 ? mine[0] : undefined;
}

/** The conversation of a message: one read by its id, which never marks it read (messages.md 7). */
async function refsOf(ctx: AccountCtx, notice: Notice): Promise<Ref[]> {
  const message = await readMessage(ctx.meli, notice.subject, { tries: 1 });
  if (message.packId === null) return [];
  const parties = [message.toUserId, message.fromUserId, notice.userId];
  const named = ctx.sellers.find(({ userId }) => parties.includes(userId));
  const seller =
    named ?? sellerOf(ctx, { externalId: message.packId, sellerId: null, siteId: message.siteId });
  return [{ externalId: message.packId, sellerId: seller.userId, siteId: seller.siteId }];
}

async function* changed(ctx: AccountCtx): AsyncGenerator<Changed, { isComplete: boolean }> {
  let isComplete = true;
  for (const seller of ctx.sellers) {
    const unread = await listUnread(ctx.meli, { userId: seller.userId });
    isComplete &&= unread.isComplete;
    for (const pack of unread.packs) {
      yield {
        externalId: pack.packId,
        sellerId: pack.sellerId ?? seller.userId,
        siteId: seller.siteId,
        unread: pack.count,
        ...(pack.isOrder ? { isOrder: true } : {}),
      };
    }
  }
  return { isComplete };
}

/** A message that says the recipient is not of this pack: the one case in which another id may be tried, once (messages.md 4.3). */
function isWrongRecipient(error: unknown): boolean {
  return (
    error instanceof MeliError &&
    error.failure.status === 400 &&
    [error.failure.message, ...error.failure.causes].some((text) =>
      /to_user_id .*does not belong/i.test(text),
    )
  );
}

/** Begins a conversation under a reason: a path that LOCAL alone has (messages.md 3, 5). */
async function begin(
  ctx: AccountCtx,
  thread: Thread,
  { choice, text }: Extract<Act, { kind: "guideOption" }>,
): Promise<Accepted> {
  if (ctx.profile === "GLOBAL") {
    throw new AppError("refused_by_meli", "no action guide here", { reason: "guide_not_needed" });
  }
  const sent = await beginConversation(ctx.meli, { packId: thread.externalId, choice, text });
  const isTheirs = choice.templateId !== null && sent.text !== null;
  return { ...acceptedOf(sent), ...(isTheirs ? { text: sent.text ?? "" } : {}) };
}

/** A 2xx can say in the same breath that nobody will see the message (messages.md 0.8, 3.3). */
function acceptedOf(sent: Sent): Accepted {
  const { messageId, moderation } = sent;
  const visibility = visibilityOf({
    status: sent.status ?? "unknown",
    moderation: { status: moderation?.status ?? "unknown", reason: null, at: null },
  });
  if (visibility !== "rejected") return { messageId };
  return { messageId, rejectedFor: reasonOf(moderation?.reason ?? null) ?? "rejected" };
}

async function act(
  ctx: AccountCtx,
  thread: Thread,
  current: ThreadSnapshot,
  reply: Act,
  files: readonly { id: string }[],
): Promise<Accepted> {
  if (reply.kind === "guideOption") return begin(ctx, thread, reply);
  const recipient = resolveRecipient({
    siteId: thread.siteId,
    sellerIds: [ctx.accountId, ...ctx.sellers.map(({ userId }) => userId)],
    messages: current.messages.map((message) => ({ fromUserId: message.fromUserId, at: message.createdAt })),
    isComplete: current.isComplete,
    isAgentPath: current.isAgentPath,
    buyerId: thread.buyerId,
    agents: ctx.agents,
  });
  const send = (toUserId: string | null) =>
    sendMessage(ctx.meli, {
      packId: thread.externalId,
      sellerId: thread.sellerId,
      toUserId,
      text: reply.text,
      attachments: files.map(({ id }) => id),
    });
  // Global Selling names no recipient (messages.md 5).
  if (ctx.profile === "GLOBAL") return acceptedOf(await send(null));
  if (recipient.toUserId === null) {
    throw new AppError("refused_by_meli", "nobody is known to receive this reply", {
      reason: "no_recipient",
    });
  }
  try {
    return acceptedOf(await send(recipient.toUserId));
  } catch (error) {
    if (recipient.fallbackUserId === null || !isWrongRecipient(error)) throw error;
    return acceptedOf(await send(recipient.fallbackUserId));
  }
}

/** Post-sale messages: one thread is one pack, or one order without a pack (messages.md 0.2). */
export const messagesChannel: Channel = {
  family: "messages",
  refsOf,
  isTooFresh: (error) =>
    error instanceof MeliError && isNotYetStored(error.failure.message, error.failure.status),
  pull: pullMessages,
  older: olderMessages,
  changed,
  abilities: messageAbilities,
  prepare: askGuide,
  find,
  act,
  upload: (ctx, thread, file) =>
    uploadAttachment(ctx.meli, {
      // On Global Selling the site is the remote seller's, never CBT (messages.md 5).
      siteId: thread.siteId,
      filename: file.name,
      type: file.type,
      bytes: file.bytes,
    }),
  download: (ctx, thread, filename) => downloadAttachment(ctx.meli, { siteId: thread.siteId, filename }),
  markRead: (ctx, ref) => markRead(ctx.meli, { packId: ref.externalId, sellerId: sellerOf(ctx, ref).userId }),
};
