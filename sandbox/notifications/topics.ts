import type { World, WorldEvent } from "@/sandbox/world/world";

/** The topics of a seller's inbox in both profiles (notifications.md 2); others may be ticked by name. */
export const TOPICS = [
  "messages",
  "orders_v2",
  "shipments",
  "questions",
  "post_purchase",
  "claims",
  "orders_feedback",
  "vis_leads",
  "items",
  "leads-credits",
  "marketplace_messages",
  "marketplace_orders",
  "marketplace_shipments",
  "marketplace_questions",
  "marketplace_claims",
  "marketplace_items",
];

/** What a notice says: a pointer, never data (notifications.md, principle). */
export interface Pointer {
  topic: string;
  resource: string;
  userId: string;
  /** Typed topics only (notifications.md 1). */
  actions: string[] | null;
  /** `user_id` is a text, as in samples of some topics (claims.md 9). */
  isTextUserId?: boolean;
}

/** The notice this event makes for the selling user, or null when there is none (notifications.md 2). */
export function pointerOf(world: World, event: WorldEvent): Pointer | null {
  const isGlobal = event.sellerId !== event.localSellerId;
  const userId = isGlobal && world.settings.globalUserId === "local" ? event.localSellerId : event.sellerId;
  const { resourceId: id } = event;
  const general = (topic: string, path: string): Pointer =>
    isGlobal
      ? { topic: `marketplace_${path}`, resource: `/marketplace/${path}/${id}`, userId, actions: null }
      : { topic, resource: `/${path}/${id}`, userId, actions: null };
  if (event.kind === "order_changed") return general("orders_v2", "orders");
  if (event.kind === "shipment_changed") return general("shipments", "shipments");
  // notifications.md 2: a question asked or answered, whoever answered it
  if (event.kind === "question_changed") return general("questions", "questions");
  if (event.kind === "item_changed") return general("items", "items");
  if (event.kind === "claim_changed" || event.kind === "claim_acted") {
    return claimPointer(world, event, isGlobal, userId);
  }
  const action = event.kind === "message_created" ? "created" : "read";
  if (!isForSeller(world, event)) return null;
  // notifications.md 2: Global Selling has a path and no actions; a read makes no notice there
  if (isGlobal) return action === "created" ? general("messages", "messages") : null;
  // messages.md 7: the bare id, also seen as a path
  const resource = world.settings.noticeResource === "path" ? `/messages/${id}` : id;
  return { topic: "messages", resource, userId, actions: [action] };
}

/** Claims: `["claims"]` for news, `["claims_actions"]` for what somebody did, the same claim in both; GLOBAL has the v1 path
 *  and no actions (claims.md 9). */
function claimPointer(world: World, event: WorldEvent, isGlobal: boolean, userId: string): Pointer {
  const { claimTopic, claimNoticeSlash, claimGlobalNotice, claimGlobalUserIdText } = world.settings;
  const { resourceId: id } = event;
  if (isGlobal) {
    const path = claimGlobalNotice === "v1" ? "/marketplace/claims" : "/marketplace/v2/claims";
    const isTextUserId = claimGlobalUserIdText;
    return { topic: "marketplace_claims", resource: `${path}/${id}`, userId, actions: null, isTextUserId };
  }
  if (claimTopic !== "post_purchase") {
    const path = claimTopic === "claims" ? "/claims" : "/v1/claims";
    return { topic: "claims", resource: `${path}/${id}`, userId, actions: null };
  }
  return {
    topic: "post_purchase",
    resource: `${claimNoticeSlash ? "/" : ""}post-purchase/v1/claims/${id}`,
    userId,
    actions: [event.kind === "claim_acted" ? "claims_actions" : "claims"],
  };
}

/** notifications.md 2: `created` is for the receiver; own acts notify too while `notifySender` (7.5). A buyer's message
 *  that moderation holds back reached nobody: its `notified` stays empty (messages.md 2.1). */
function isForSeller(world: World, event: WorldEvent): boolean {
  const message = world.messages.get(event.resourceId)?.message;
  if (!message) return false;
  const isOwnAct = (message.author === "seller") === (event.kind === "message_created");
  if (isOwnAct) return world.settings.notifySender;
  return event.kind === "message_read" || message.notifiedAt !== null;
}
