export const PACK = "2000011112222333";
export const SELLER = "900100200";
export const ref = { packId: PACK, sellerId: SELLER };

/** The example of messages.md 2.1. */
export const wireMessage = {
  id: "0199aa00bb11cc22dd33ee44ff556677",
  site_id: "MLB",
  client_id: null,
  from: { user_id: 900500600 },
  to: { user_id: 900100200 },
  status: "available",
  subject: null,
  text: "Hola, cuando llega?",
  message_date: {
    created: "2026-09-01T10:00:00Z",
    received: "2026-09-01T10:00:00.000Z",
    available: "2026-09-01T10:00:00Z",
    notified: "2026-09-01T10:00:00Z",
    read: null,
  },
  message_moderation: {
    is_automatic: false,
    status: "clean",
    reason: null,
    source: "online",
    moderation_date: "2026-09-01T10:00:00Z",
  },
  message_attachments: null,
  message_resources: [
    { id: PACK, name: "packs" },
    { id: SELLER, name: "sellers" },
  ],
  conversation_first_message: false,
  data: { option_id: null },
};
export const state = {
  path: `/packs/${PACK}/sellers/${SELLER}`,
  status: "active",
  substatus: null,
  claim_ids: [],
};
export const page = (messages: unknown[], more: object = {}) => ({
  paging: { limit: 10, offset: 0, total: messages.length },
  conversation_status: state,
  messages,
  seller_max_message_length: 350,
  buyer_max_message_length: 3500,
  ...more,
});
