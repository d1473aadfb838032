export const LEAD_ITEM = "MLC1000000001";
export const LEAD = "214e7c51-0000-4000-8000-000000000001";

/** The example of questions-and-contacts.md 4.2. */
export const wireLead = (more: object = {}) => ({
  id: LEAD,
  uuid: LEAD,
  channel: "question",
  contact_type: "question",
  created_at: "2026-06-12T20:56:45.174Z",
  external_id: "13000000001",
  item_id: LEAD_ITEM,
  status: "active",
  ...more,
});
export const wireBuyer = (more: object = {}) => ({
  id: 700000099,
  item_id: LEAD_ITEM,
  name: "Ana Prueba",
  email: "ana@example.test",
  phone: "+56 2 0000 0000",
  identification_number: "11111111-1",
  identification_type: "RUT",
  leads: [wireLead()],
  ...more,
});
export const wirePage = (more: object = {}) => ({
  results: [wireBuyer()],
  paging: { offset: 0, limit: 10, total: 1 },
  date_from: "2026-06-10",
  date_to: "2026-06-17",
  guest: [
    {
      item_id: LEAD_ITEM,
      leads: [
        { id: "g1", contact_type: "whatsapp", status: "active", created_at: "2026-06-13T10:00:00.000Z" },
      ],
    },
  ],
  summary: [{ item_id: LEAD_ITEM, total: 2, user: 1, guest: 1 }],
  ...more,
});
