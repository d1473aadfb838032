import { unreadOf } from "@/sandbox/messages/conversation";
import { settle } from "@/sandbox/messages/moderation";
import { stateOf } from "@/sandbox/messages/state";
import { counterpartOf } from "@/sandbox/messages/wire";
import type { Message, Seller, Thread } from "@/sandbox/world/model";
import type { World } from "@/sandbox/world/world";

/** A seller as the control API shows it. */
export function sellerView(seller: Seller): object {
  const { id, nickname, siteId, marketplaces } = seller;
  return { id, nickname, siteId, marketplaces };
}

/** One row of the buyer page's list. */
export function threadRow(world: World, thread: Thread): object {
  const last = thread.messages.at(-1);
  const { status, substatus } = stateOf(world, thread);
  return {
    packId: thread.packId,
    sellerId: thread.sellerId,
    siteId: thread.siteId,
    buyerName: nameOf(thread),
    product: thread.orders[0]?.lines[0]?.item.title ?? "",
    status,
    substatus,
    isAgent: thread.isAgent,
    unread: unreadOf(thread),
    last: last ? { author: last.author, text: last.text, createdAt: last.createdAt } : null,
    soldAt: thread.soldAt,
  };
}

/** Everything the sandbox holds of a thread: read marks, moderated and lost messages included. */
export function threadView(world: World, thread: Thread): object {
  const { status, substatus, at, isWithheld } = stateOf(world, thread);
  return {
    ...threadRow(world, thread),
    localSellerId: thread.localSellerId,
    buyerId: thread.buyer.id,
    counterpartId: counterpartOf(thread),
    state: { status, substatus, at, isWithheld },
    sellerMaxLength: thread.sellerMaxLength,
    orders: thread.orders,
    shipment: thread.shipment,
    claimIds: thread.claimIds,
    isExcepted: thread.isExcepted,
    caps: Object.fromEntries(thread.caps),
    messages: thread.messages.map((message) => messageView(world, message)),
    lost: thread.lost.map((message) => messageView(world, message)),
  };
}

/** What seeding and the buyer's acts answer. */
export function seededView(thread: Thread): object {
  return {
    packId: thread.packId,
    orderIds: thread.orders.map((order) => order.id),
    buyerId: thread.buyer.id,
    localSellerId: thread.localSellerId,
    siteId: thread.siteId,
    shipmentId: thread.shipment?.id ?? null,
    claimIds: thread.claimIds,
    itemIds: thread.orders.flatMap((order) => order.lines.map((line) => line.item.id)),
    messages: thread.messages.map(({ id, text }) => ({ id, text })),
  };
}

function messageView(world: World, message: Message): object {
  settle(world, message);
  return {
    ...message,
    attachments: message.attachments.flatMap((filename) => {
      const file = world.attachments.get(filename);
      if (!file) return [];
      const { originalFilename, type, bytes, isGone, isThreat } = file;
      return [
        {
          filename,
          originalFilename,
          type,
          size: bytes.byteLength,
          isGone,
          isThreat,
          url: `/__sandbox/files/${encodeURIComponent(filename)}`,
        },
      ];
    }),
  };
}

function nameOf({ buyer }: Thread): string {
  return `${buyer.firstName} ${buyer.lastName}`.trim();
}
