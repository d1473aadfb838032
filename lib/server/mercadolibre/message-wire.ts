import "server-only";
import { z } from "zod";
import { isRecord } from "./json";
import {
  count,
  date,
  field,
  flag,
  id,
  idOf,
  ids,
  list,
  number,
  part,
  requiredId,
  site,
  text,
  textOf,
  word,
} from "./wire";

export interface WireAttachment {
  /** The system name: the key to download it and to send it. */
  filename: string;
  originalFilename: string;
  type: string | null;
  size: number | null;
  createdAt: Date | null;
  potentialSecurityThreat: boolean;
}

export interface WireMessage {
  id: string;
  fromUserId: string;
  toUserId: string | null;
  fromName: string | null;
  /** May hold markup: sanitise before showing (messages.md 2.1). */
  text: string;
  textTranslated: string | null;
  /** Lower case, an open set. */
  status: string;
  /** `status` in lower case, `unknown` when absent; `reason` in upper case (messages.md 7). */
  moderation: { status: string; reason: string | null; at: Date | null };
  createdAt: Date;
  receivedAt: Date | null;
  availableAt: Date | null;
  notifiedAt: Date | null;
  readAt: Date | null;
  attachments: WireAttachment[];
  clientId: string | null;
  siteId: string | null;
  packId: string | null;
}

/** `{user_id}`; old shapes wrap it in a list. */
const party = field((value) => (Array.isArray(value) ? value[0] : value)).pipe(
  part(z.object({ user_id: number, id: number, name: text })),
);

/** A plain string, or the old `{plain}`. */
const body = field((value) => {
  const inner = isRecord(value) ? (value.plain ?? value.text) : value;
  return typeof inner === "string" ? inner : "";
});

const attachment = z
  .object({
    filename: requiredId,
    original_filename: text,
    type: text,
    size: count,
    creation_date: date,
    date_created: date,
    potential_security_threat: flag,
  })
  .transform(
    (file): WireAttachment => ({
      filename: file.filename,
      originalFilename: file.original_filename ?? file.filename,
      type: file.type,
      size: file.size,
      createdAt: file.creation_date ?? file.date_created,
      potentialSecurityThreat: file.potential_security_threat,
    }),
  );

/** `clean`/`NON_MODERATED`, `source`/`by`, null/`"none"` (messages.md 9). */
const moderation = part(
  z.object({ status: word, reason: text, moderation_date: date, date_moderated: date }),
);

/** The pack named by a path such as `/packs/2000011112222333/sellers/900100200`. */
export function packOfPath(value: unknown): string | null {
  return /(?:^|\/)packs?\/(\d{1,20})(?:\/|$)/.exec(textOf(value) ?? "")?.[1] ?? null;
}

/** The seller named by such a path; `sellers` is also printed as `seller`. */
export function sellerOfPath(value: unknown): string | null {
  return /\/sellers?\/(\d{1,20})(?:\/|$)/.exec(textOf(value) ?? "")?.[1] ?? null;
}

const fields = z.object({
  id,
  message_id: id,
  site_id: site,
  client_id: id,
  from: party,
  to: party,
  status: word,
  text: body,
  text_translated: body,
  message_date: part(
    z.object({ created: date, received: date, available: date, notified: date, read: date }),
  ),
  message_moderation: moderation,
  message_attachments: list(attachment),
  message_resources: list(z.object({ id, name: word })),
  // The old flat shape of a read by id (messages.md 2.2).
  date,
  date_created: date,
  date_received: date,
  date_available: date,
  date_notified: date,
  date_read: date,
  moderation,
  attachments: list(attachment),
  resource: text,
  resource_id: id,
});

/** One message, whichever of its shapes it comes in (messages.md 2.1, 2.2, 5). Without an id or a sender it is none. */
export const message = fields.transform((wire, context): WireMessage => {
  const messageId = wire.id ?? wire.message_id;
  const fromUserId = wire.from.user_id ?? wire.from.id;
  if (messageId === null || fromUserId === null) {
    context.issues.push({ code: "custom", message: "neither id nor sender", input: null });
    return z.NEVER;
  }
  const when = wire.message_date;
  const receivedAt = when.received ?? wire.date_received;
  const availableAt = when.available ?? wire.date_available;
  const notifiedAt = when.notified ?? wire.date_notified;
  const createdAt = when.created ?? wire.date ?? wire.date_created;
  return {
    id: messageId,
    fromUserId,
    toUserId: wire.to.user_id ?? wire.to.id,
    fromName: wire.from.name,
    text: wire.text,
    textTranslated: wire.text_translated === "" ? null : wire.text_translated,
    status: wire.status ?? "unknown",
    moderation: moderationOf(wire),
    // A message whose every date is null would still be one: it sorts as the oldest.
    createdAt: createdAt ?? receivedAt ?? availableAt ?? notifiedAt ?? new Date(0),
    receivedAt,
    availableAt,
    notifiedAt,
    readAt: when.read ?? wire.date_read,
    attachments: wire.message_attachments.length > 0 ? wire.message_attachments : wire.attachments,
    clientId: wire.client_id,
    siteId: wire.site_id,
    packId: packOf(wire),
  };
});

function moderationOf(wire: z.output<typeof fields>): WireMessage["moderation"] {
  const said = wire.message_moderation.status === null ? wire.moderation : wire.message_moderation;
  const reason = said.reason?.trim().toUpperCase() ?? null;
  return {
    status: said.status ?? "unknown",
    reason: reason === "NONE" ? null : reason,
    at: said.moderation_date ?? said.date_moderated,
  };
}

function packOf(wire: z.output<typeof fields>): string | null {
  const named = wire.message_resources.find((resource) => /^packs?$/.test(resource.name ?? ""));
  const orders = wire.message_resources.find((resource) => /^orders?$/.test(resource.name ?? ""));
  const flat = /^(?:packs?|orders?)$/.test(wire.resource ?? "") ? wire.resource_id : null;
  return named?.id ?? packOfPath(wire.resource) ?? flat ?? orders?.id ?? null;
}

/** The state of a conversation. A null status is "unknown", never "open" (messages.md 2.1). */
export interface ConversationState {
  status: "active" | "blocked" | "unknown";
  /** As received; null when active. */
  substatus: string | null;
  /** The path has `/conversations/`: a messaging agent stands between the parties. */
  isAgentPath: boolean;
  path: string | null;
  claimIds: string[];
}

export const conversationState = part(
  z.object({ path: text, status: word, substatus: text, claim_ids: ids, claim_id: ids }),
).transform((state): ConversationState => {
  const substatus = state.substatus?.trim() ?? null;
  const isBlocked = state.status === "blocked" || (state.status !== "active" && substatus !== null);
  return {
    status: state.status === "active" ? "active" : isBlocked ? "blocked" : "unknown",
    substatus: state.status === "active" ? null : substatus,
    isAgentPath: state.path?.includes("/conversations/") ?? false,
    path: state.path,
    claimIds: [...new Set([...state.claim_ids, ...state.claim_id])],
  };
});

/** A page of a conversation, or the envelope of a read by id. `messages` must be there; its elements are sifted later. */
export const conversation = z.object({
  paging: part(z.object({ total: count, limit: count, offset: count })),
  conversation_status: conversationState,
  messages: z.array(z.unknown()).nullable(),
  seller_max_message_length: count,
  buyer_max_message_length: count,
});

/** A read by id: the envelope with one element, or the old flat message (messages.md 2.2). */
export const oneMessage = field((value) =>
  isRecord(value) && Array.isArray(value.messages) ? value.messages[0] : value,
).pipe(message);

/** What a send answers: a flat message, its id under either name, maybe wrapped, maybe nothing (messages.md 2.3). */
export const accepted = field((value) => {
  const inner = isRecord(value) && Array.isArray(value.messages) ? value.messages[0] : value;
  const wire = fields.safeParse(isRecord(inner) ? inner : {});
  if (!wire.success) return { messageId: null, status: null, moderation: null };
  const { status, reason } = moderationOf(wire.data);
  return {
    messageId: wire.data.id ?? wire.data.message_id,
    status: wire.data.status,
    moderation: status === "unknown" ? null : { status, reason },
  };
});

const unreadRow = z.object({ resource: text, pack_id: number, order_id: number, count });

/** The unread list, in both envelopes (messages.md 2.6, 5, 9). Rows that name no pack are left out. */
export const unread = z.object({ results: z.array(z.unknown()).nullable() }).transform(({ results }) => {
  const rows = (results ?? []).flatMap((element) => {
    const row = unreadRow.safeParse(element);
    if (!row.success) return [];
    const { resource, pack_id, order_id, count: unreadCount } = row.data;
    const named = packOfPath(resource) ?? pack_id;
    const packId = named ?? order_id;
    if (packId === null) return [];
    // An order stands for its pack only where it has none (messages.md 0.2): which, the row does not tell.
    return [{ packId, isOrder: named === null, count: unreadCount ?? 1, sellerId: sellerOfPath(resource) }];
  });
  return { rows, listed: results?.length ?? 0 };
});

/** An uploaded file's key. */
export const uploaded = z.object({ id: requiredId }).or(
  z
    .array(z.object({ id: requiredId }))
    .min(1)
    .transform(([first]) => ({ id: idOf(first?.id) ?? "" })),
);
