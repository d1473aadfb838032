import type { Profile } from "@/sandbox/messages/refuse";
import { stateOf } from "@/sandbox/messages/state";
import type { Attachment, Message, Thread } from "@/sandbox/world/model";
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

/** The same for one message: on a migrated thread older ones came from the buyer's own id (messages.md 4.3). */
function otherSideOf(thread: Thread, message: Message): string {
  return message.isViaAgent ? agentOf(thread.siteId) : thread.buyer.id;
}

/** One `messages[]` element (messages.md 2.1; GLOBAL differences messages.md 5). */
export function wireMessage(world: World, profile: Profile, thread: Thread, message: Message): object {
  const { settings } = world;
  const [from, to] = partiesOf(world, profile, thread, message);
  return {
    id: message.id,
    site_id: thread.siteId,
    client_id: message.clientId ? Number(message.clientId) : null,
    from,
    ...(settings.parties === "no_to" ? {} : { to }),
    status: wireStatus(world, profile, message),
    subject: null,
    text: textOf(world, message.text),
    ...(profile === "GLOBAL" ? { text_translated: textOf(world, message.textTranslated ?? "") } : {}),
    message_date: {
      created: wireDate(world, message.createdAt),
      received: wireDate(world, message.createdAt),
      available: wireDate(world, message.availableAt),
      notified: wireDate(world, message.notifiedAt),
      read: wireDate(world, message.readAt),
    },
    message_moderation: wireModeration(world, profile, message),
    message_attachments: wireAttachments(world, message),
    message_resources: [
      // messages.md 2.1: normally absent
      ...(settings.orderInResources ? [{ id: thread.orders[0]?.id ?? thread.packId, name: "orders" }] : []),
      { id: thread.packId, name: "packs" },
      { id: thread.localSellerId, name: settings.sellerWord },
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
    from: { user_id: message.author === "buyer" ? otherSideOf(thread, message) : thread.localSellerId },
    to: { user_id: message.author === "buyer" ? thread.localSellerId : otherSideOf(thread, message) },
    subject: null,
    text: { plain: textOf(world, message.text) },
    attachments: wireAttachments(world, message),
    attachments_validations: { invalid_size: [], invalid_extension: [], forbidden: [], internal_error: [] },
    site_id: thread.siteId,
    resource: "packs",
    resource_id: thread.packId,
    status: wireStatus(world, "LOCAL", message),
    moderation: {
      status: message.moderation.status,
      date_moderated: wireDate(world, message.moderation.at),
      source: world.settings.moderationSource,
    },
  };
}

/** `conversation_status` (messages.md 2.1); GLOBAL leaves the path out (messages.md 5). */
export function wireState(world: World, profile: Profile, thread: Thread): object {
  const state = stateOf(world, thread);
  const { claimField, sellerWord, agentPath, conversationType, statusDate } = world.settings;
  const base = `/packs/${thread.packId}/${sellerWord}/${thread.localSellerId}`;
  const claims = {
    claim_ids: { claim_ids: thread.claimIds.map(Number) },
    claim_ids_null: { claim_ids: thread.claimIds.length > 0 ? thread.claimIds.map(Number) : null },
    claim_id: { claim_id: thread.claimIds[0] ?? null },
  };
  return {
    // messages.md 2.1: with an agent the path ends in /conversations/{type}
    ...(profile === "LOCAL"
      ? { path: thread.isAgent && agentPath ? `${base}/conversations/${conversationType}` : base }
      : {}),
    status: state.status,
    substatus: state.substatus,
    status_date: wireDate(world, statusDate === "now" ? world.now() : state.at),
    status_update_allowed: false,
    ...claims[claimField],
    shipping_id: null,
    data: null,
  };
}

/** Who wrote to whom: ids alone, names on GLOBAL, e-mail and name in old examples (messages.md 2.1, 5). */
function partiesOf(world: World, profile: Profile, thread: Thread, message: Message): [object, object] {
  const { parties, globalNames } = world.settings;
  const account = world.sellers.get(thread.sellerId);
  const { buyer } = thread;
  const party = (id: string, name: string, email: string) => ({
    user_id: wireId(world, id),
    ...(parties === "old" ? { email, name } : {}),
    ...(profile === "GLOBAL" ? { name: globalNames === "empty" ? "" : name } : {}),
  });
  const other = party(
    otherSideOf(thread, message),
    `${buyer.firstName} ${buyer.lastName}`,
    `${buyer.nickname.toLowerCase()}@mail.mercadolibre.com`,
  );
  const seller = party(thread.localSellerId, account?.nickname ?? "", account?.email ?? "");
  return message.author === "buyer" ? [other, seller] : [seller, other];
}

/** messages.md 2.1, 9: an open set, in any casing; G1 knows two words (messages.md 5). */
function wireStatus(world: World, profile: Profile, message: Message): string {
  const { globalStatusWords, moderatedWord, statusCase } = world.settings;
  const isRefused = message.status === "moderated";
  if (profile === "GLOBAL" && globalStatusWords === "page") return isRefused ? "blocked" : "available";
  const word = isRefused ? moderatedWord : message.status;
  return statusCase === "upper" ? word.toUpperCase() : word;
}

/** messages.md 2.1: a text may come back with `<br>`, links and entities. */
function textOf(world: World, text: string): string {
  if (!world.settings.textMarkup) return text;
  return text
    .replace(/&(?!#?\w+;)/g, "&amp;")
    .replace(/<(?!\/?(a|br)\b)/gi, "&lt;")
    .replace(/\r?\n/g, "<br>")
    .replace(/(?<!["'>])\bhttps?:\/\/[^\s<"]+/g, (url) => `<a href="${url}">${url}</a>`);
}

function wireModeration(world: World, profile: Profile, message: Message): object {
  const { globalStatusWords, moderationSource, reasonCase } = world.settings;
  const { at, isAutomatic } = message.moderation;
  const given = message.moderation.reason;
  const reason = reasonCase === "lower" && given ? given.toLowerCase() : given;
  const isOnPage = profile === "GLOBAL" && globalStatusWords === "page";
  // messages.md 5: `clean`, `blocked`, `pending`
  const onPage = { clean: "clean", non_moderated: "clean", rejected: "blocked", pending: "pending" };
  const status = isOnPage ? onPage[message.moderation.status] : message.moderation.status;
  // messages.md 2.1, 9: old examples say `by`, upper case and "none"
  if (world.settings.oldModeration) {
    return {
      status: status === "clean" ? "NON_MODERATED" : status.toUpperCase(),
      reason: reason ?? "none",
      by: moderationSource,
      moderation_date: wireDate(world, at),
    };
  }
  return {
    is_automatic: isAutomatic,
    status,
    reason,
    source: moderationSource,
    moderation_date: wireDate(world, at),
  };
}

/** What is said of a file's type: it is not to be trusted (messages.md 2.5). */
export function typeOf(world: World, file: Attachment): string {
  const { fileTypes } = world.settings;
  if (fileTypes === "octet_stream") return "application/octet-stream";
  if (fileTypes === "own") return file.type;
  return file.type.startsWith("image/") ? "text/html" : "image/png";
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
        type: typeOf(world, file),
        size: file.bytes.byteLength,
        potential_security_threat: file.isThreat,
        creation_date: wireDate(world, file.uploadedAt),
      },
    ];
  });
}
