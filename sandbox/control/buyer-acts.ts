import type { AttachmentSeed } from "@/sandbox/control/attachment-seed";
import { createFile } from "@/sandbox/control/create-file";
import { settle } from "@/sandbox/messages/moderation";
import { buyerWrote } from "@/sandbox/messages/state";
import { awaitTranslation, translated } from "@/sandbox/messages/translation";
import type { Message, Thread } from "@/sandbox/world/model";
import { messageId } from "@/sandbox/world/random";
import type { World } from "@/sandbox/world/world";

/** The buyer writes: unread for the seller, caps given back, and whatever a buyer reopens is open again (messages.md 6). */
export function buyerWrites(
  world: World,
  thread: Thread,
  o: {
    text: string;
    translated?: string | undefined;
    attachments?: AttachmentSeed[] | undefined;
    moderatedFor?: string | undefined;
  },
): Message {
  const now = world.now();
  buyerWrote(world, thread);
  const isClean = o.moderatedFor === undefined;
  const message: Message = {
    id: messageId(world.random, now),
    author: "buyer",
    text: o.text,
    ...translated(world, thread, o.translated ?? o.text),
    status: isClean ? "available" : "moderated",
    moderation: {
      status: isClean ? "clean" : "rejected",
      reason: o.moderatedFor ?? null,
      at: now,
      isAutomatic: !isClean,
    },
    verdict: null,
    isViaAgent: thread.isAgent,
    createdAt: now,
    availableAt: isClean ? now : null,
    notifiedAt: isClean ? now : null,
    readAt: null,
    attachments: (o.attachments ?? []).map((file) => createFile(world, thread, "buyer", file, now)),
    clientId: null,
    optionId: null,
  };
  awaitTranslation(message);
  world.addMessage(thread, message);
  return message;
}

/** The buyer opens the conversation: what the seller wrote and moderation let through is read now. */
export function buyerReads(world: World, thread: Thread): void {
  for (const message of thread.messages) {
    settle(world, message);
    if (message.author !== "seller" || !message.availableAt || message.readAt) continue;
    message.readAt = world.now();
    world.emit("message_read", thread, message.id);
  }
}

/** The buyer pays: the order is paid and a payment block clears (messages.md 6, `blocked_by_payment`). */
export function buyerPays(world: World, thread: Thread): void {
  for (const order of thread.orders) {
    order.status = "paid";
    order.updatedAt = world.now();
    order.tags = ["paid", ...order.tags.filter((tag) => tag !== "not_paid" && tag !== "paid")];
    world.emit("order_changed", thread, order.id);
  }
  if (thread.substatus !== "blocked_by_payment") return;
  // messages.md 4.2: the block outlives the payment for a while
  thread.clearsAt = new Date(world.now().getTime() + world.settings.paymentClearMs);
}
