import type { z } from "zod";
import { createClaim } from "@/sandbox/claims/create-claim";
import { createBuyer } from "@/sandbox/control/create-buyer";
import { createFile } from "@/sandbox/control/create-file";
import { createItem, createOrder, createShipment } from "@/sandbox/control/create-sale";
import type { MessageSeed } from "@/sandbox/control/seeds";
import { ThreadSeed } from "@/sandbox/control/seeds";
import type { Message, Seller, Thread } from "@/sandbox/world/model";
import { digits, messageId, pick } from "@/sandbox/world/random";
import { SITES } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const STAND_IN = {
  es: {
    names: ["Lucía Fernández", "Martín Gómez", "Sofía Herrera", "Diego Ruiz"],
    title: "Lámpara de escritorio LED regulable",
  },
  pt: {
    names: ["Mariana Souza", "Rafael Lima", "Camila Rocha", "Thiago Alves"],
    title: "Luminária de mesa LED articulada",
  },
  en: { names: ["Laura Medina", "Carlos Ortega"], title: "LED desk lamp" },
} as const;

/** A sale and what was said about it. Times count back from the sandbox's clock. @throws ZodError on a wrong seed */
export function createThread(world: World, seller: Seller, input: ThreadSeed): Thread {
  const seed = ThreadSeed.parse(input);
  const local = seller.marketplaces.find((one) => one.siteId === seed.siteId) ?? seller.marketplaces[0];
  const siteId = local?.siteId ?? seller.siteId;
  const localSellerId = local?.userId ?? seller.id;
  const words = STAND_IN[SITES[siteId].language];
  const now = world.now().getTime();
  const times = timesOf(seed.messages);
  const soldDaysAgo = seed.soldDaysAgo ?? Math.max(0, ...times) / 1440 + 1;
  const soldAt = new Date(now - soldDaysAgo * DAY_MS);
  const buyer = createBuyer(world, siteId, seed.buyerName ?? pick(world.random, words.names), seed.buyerCity);
  const orderId = `2000${digits(world.random, 12)}`;
  const packId = seed.isPack ? `2000${digits(world.random, 12)}` : orderId;
  const products = [seed.product ?? { title: words.title }, ...seed.moreProducts];
  const claimIds =
    /mediation|claim/.test(seed.substatus ?? "") && seed.claimIds.length === 0
      ? [`5${digits(world.random, 9)}`]
      : seed.claimIds;
  const thread: Thread = {
    packId,
    isPack: seed.isPack,
    sellerId: seller.id,
    localSellerId,
    siteId,
    buyer,
    isAgent: seed.isAgent,
    status: seed.status,
    substatus: seed.status === "blocked" ? (seed.substatus ?? "blocked_by_restrictions") : null,
    statusAt: soldAt,
    clearsAt: null,
    sellerMaxLength: seed.sellerMaxLength,
    orders: products.map((product, index) =>
      createOrder({
        id: index === 0 ? orderId : `2000${digits(world.random, 12)}`,
        packId: seed.isPack ? packId : null,
        soldAt,
        item: createItem(world, { sellerId: seller.id, localSellerId, siteId, product }),
        product,
        status: seed.orderStatus ?? null,
        substatus: seed.substatus,
        shipmentStatus: seed.shipment?.status ?? null,
        mediationIds: claimIds,
      }),
    ),
    shipment: seed.shipment === null ? null : createShipment(world, { siteId, soldAt, ...seed.shipment }),
    claimIds,
    messages: [],
    lost: [],
    caps: capsOf(seed),
    isExcepted: seed.isExcepted,
    soldAt,
  };
  thread.messages.push(
    ...seed.messages.map((message, index) => {
      const isLastWord = !seed.messages.slice(index + 1).some((later) => later.from === "seller");
      return createMessage(world, thread, message, { minutesAgo: times[index] ?? 0, isLastWord });
    }),
  );
  thread.messages.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  world.addThread(thread);
  for (const claim of seed.claims) createClaim(world, thread, claim);
  return thread;
}

/** What was written through an option is spent until the buyer answers (messages.md 3.2). */
function capsOf(seed: z.output<typeof ThreadSeed>): Map<string, number> {
  const lastBuyer = seed.messages.findLastIndex((message) => message.from === "buyer");
  const spent = seed.messages.slice(lastBuyer + 1).flatMap(({ optionId }) => (optionId ? [optionId] : []));
  return new Map([...spent.map((id): [string, number] => [id, 0]), ...Object.entries(seed.caps)]);
}

/** Minutes before now of each message: as given, or every seven minutes up to three minutes ago. */
function timesOf(messages: { minutesAgo?: number | undefined }[]): number[] {
  return messages.map((message, index) => message.minutesAgo ?? 3 + 7 * (messages.length - 1 - index));
}

function createMessage(
  world: World,
  thread: Thread,
  seed: MessageSeed,
  o: { minutesAgo: number; isLastWord: boolean },
): Message {
  const createdAt = new Date(world.now().getTime() - o.minutesAgo * MINUTE_MS);
  const { status = "clean", reason = null } = seed.moderation ?? {};
  const isClean = status === "clean" || status === "non_moderated";
  const isUnread = seed.from === "buyer" && (seed.unread ?? o.isLastWord);
  const readAt = new Date(Math.min(createdAt.getTime() + 4 * MINUTE_MS, world.now().getTime()));
  return {
    // ids follow a fixed calendar while a scenario is built, so that they are the same on every start
    id: messageId(world.random, world.idDate(createdAt)),
    author: seed.from,
    text: seed.text,
    textTranslated: seed.translated ?? null,
    status: isClean ? "available" : status === "pending" ? "IN_MODERATION" : "moderated",
    moderation: {
      status,
      reason,
      at: status === "pending" ? null : createdAt,
      isAutomatic: status === "rejected",
    },
    verdict: seed.rejectedIn
      ? {
          reason: seed.rejectedIn.reason,
          from: new Date(world.now().getTime() + seed.rejectedIn.minutes * MINUTE_MS),
        }
      : null,
    translation: null,
    isViaAgent: seed.viaAgent ?? thread.isAgent,
    createdAt,
    availableAt: isClean ? createdAt : null,
    notifiedAt: isClean ? createdAt : null,
    readAt: isUnread || !isClean ? null : readAt,
    attachments: (seed.attachments ?? []).map((file) =>
      createFile(world, thread, seed.from, file, createdAt),
    ),
    clientId: null,
    optionId: seed.optionId ?? null,
  };
}
