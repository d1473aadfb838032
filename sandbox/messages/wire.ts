import type { Profile } from "@/sandbox/messages/refuse";
import { stateOf } from "@/sandbox/messages/state";
import type { Message, Thread } from "@/sandbox/world/model";
import { agentOf } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

/** A date in the style that the settings choose (messages.md 1). */
export function wireDate(world: World, date: Date | null): string | null {
  if (!date) return null;
  const text = date.toISOString();
  return world.settings.dateStyle === "millis" ? text : text.replace(/\.\d{3}Z$/, "Z");
}

/** An id as number or as text (messages.md 1). */
export function wireId(world: World, id: string): number | string {
  return world.settings.idsAs === "number" ? Number(id) : id;
}

/** The user id that stands for the buyer in this thread: the agent's, on an agent thread (messages.md 0.4). */
export function counterpartOf(thread: Thread): string {
  return thread.isAgent ? agentOf(thread.siteId) : thread.buyer.id;
}

/** One `messages[]` element (messages.md 2.1; GLOBAL differences messages.md 5). */
export function wireMessage(world: World, profile: Profile, thread: Thread, message: Message): object {
  const buyer = { id: counterpartOf(thread), name: `${thread.buyer.firstName} ${thread.buyer.lastName}` };
  const seller = { id: thread.localSellerId, name: world.sellers.get(thread.sellerId)?.nickname ?? "" };
  const [from, to] = message.author === "buyer" ? [buyer, seller] : [seller, buyer];
  const party = (one: { id: string; name: string }) => ({
    user_id: wireId(world, one.id),
    ...(profile === "GLOBAL" ? { name: one.name } : {}),
  });
  return {
    id: message.id,
    site_id: thread.siteId,
    client_id: message.clientId ? Number(message.clientId) : null,
    from: party(from),
    to: party(to),
    status: message.status,
    subject: null,
    text: message.text,
    ...(profile === "GLOBAL" ? { text_translated: message.textTranslated ?? "" } : {}),
    message_date: {
      created: wireDate(world, message.createdAt),
      received: wireDate(world, message.createdAt),
      available: wireDate(world, message.availableAt),
      notified: wireDate(world, message.notifiedAt),
      read: wireDate(world, message.readAt),
    },
    message_moderation: wireModeration(world, message),
    message_attachments: wireAttachments(world, message),
    message_resources: [
      { id: thread.packId, name: "packs" },
      { id: thread.localSellerId, name: world.settings.sellerWord },
    ],
    conversation_first_message: thread.messages[0] === message,
    data: {
      last_message_session_id: null,
      option_id: message.optionId,
      order_creation_date: wireDate(world, thread.soldAt),
      order_id: null,
      original_conversation: null,
    },
  };
}

/** The old flat by-id shape (messages.md 2.2). */
export function wireFlatMessage(world: World, thread: Thread, message: Message): object {
  return {
    message_id: message.id,
    date: wireDate(world, message.createdAt),
    date_received: wireDate(world, message.createdAt),
    date_available: wireDate(world, message.availableAt),
    date_notified: wireDate(world, message.notifiedAt),
    date_read: wireDate(world, message.readAt),
    from: { user_id: message.author === "buyer" ? counterpartOf(thread) : thread.localSellerId },
    to: { user_id: message.author === "buyer" ? thread.localSellerId : counterpartOf(thread) },
    subject: null,
    text: { plain: message.text },
    attachments: wireAttachments(world, message),
    attachments_validations: { invalid_size: [], invalid_extension: [], forbidden: [], internal_error: [] },
    site_id: thread.siteId,
    resource: "packs",
    resource_id: thread.packId,
    status: message.status,
    moderation: {
      status: message.moderation.status,
      date_moderated: wireDate(world, message.moderation.at),
      source: "online",
    },
  };
}

/** `conversation_status` (messages.md 2.1); GLOBAL leaves the path out (messages.md 5). */
export function wireState(world: World, profile: Profile, thread: Thread): object {
  const state = stateOf(world, thread);
  const { claimField, sellerWord } = world.settings;
  const base = `/packs/${thread.packId}/${sellerWord}/${thread.localSellerId}`;
  const claims = {
    claim_ids: { claim_ids: thread.claimIds.map(Number) },
    claim_ids_null: { claim_ids: thread.claimIds.length > 0 ? thread.claimIds.map(Number) : null },
    claim_id: { claim_id: thread.claimIds[0] ?? null },
  };
  return {
    // messages.md 2.1: with an agent the path ends in /conversations/{type}; {type} is unknown, "seller" is ours
    ...(profile === "LOCAL" ? { path: thread.isAgent ? `${base}/conversations/seller` : base } : {}),
    status: state.status,
    substatus: state.substatus,
    status_date: wireDate(world, state.at),
    status_update_allowed: false,
    ...claims[claimField],
    shipping_id: null,
    data: null,
  };
}

function wireModeration(world: World, message: Message): object {
  const { status, reason, at, isAutomatic } = message.moderation;
  // messages.md 2.1, 9: old examples say `by`, upper case and "none"
  if (world.settings.oldModeration) {
    return {
      status: status === "clean" ? "NON_MODERATED" : status.toUpperCase(),
      reason: reason ?? "none",
      by: "online",
      moderation_date: wireDate(world, at),
    };
  }
  return {
    is_automatic: isAutomatic,
    status,
    reason,
    source: "online",
    moderation_date: wireDate(world, at),
  };
}

function wireAttachments(world: World, message: Message): object[] | null {
  if (message.attachments.length === 0) return null;
  return message.attachments.flatMap((filename) => {
    const file = world.attachments.get(filename);
    if (!file) return [];
    return [
      {
        filename,
        original_filename: file.originalFilename,
        type: file.type,
        size: file.bytes.byteLength,
        potential_security_threat: file.isThreat,
        creation_date: wireDate(world, file.uploadedAt),
      },
    ];
  });
}
