export const CLAIM = "5300000001";

/** The example of claims.md 3. */
export const wireClaim = {
  id: 5300000001,
  resource_id: 2000010000000001,
  status: "opened",
  type: "mediations",
  stage: "claim",
  parent_id: null,
  resource: "order",
  reason_id: "PDD9939",
  fulfilled: true,
  quantity_type: "total",
  claimed_quantity: 1,
  claim_version: 2.0,
  players: [
    { role: "complainant", type: "buyer", user_id: 111111111, available_actions: [] },
    {
      role: "respondent",
      type: "seller",
      user_id: 222222222,
      available_actions: [
        {
          action: "send_message_to_complainant",
          mandatory: true,
          due_date: "2026-03-06T22:43:59.000-04:00",
        },
        { action: "refund", mandatory: false, due_date: null },
      ],
    },
  ],
  resolution: null,
  site_id: "MLM",
  date_created: "2026-03-02T09:59:05.000-04:00",
  last_updated: "2026-03-02T11:18:01.000-04:00",
  related_entities: [],
};

/** A search item: without what only the read by id tells. */
export const searchedClaim = (more: object = {}) => {
  const { related_entities: _, ...rest } = wireClaim;
  return { ...rest, ...more };
};

export const claimPage = (
  data: unknown[],
  paging: object = { total: data.length, offset: 0, limit: 100 },
) => ({
  paging,
  data,
});

/** The example of claims.md 4.6. */
export const wireClaimMessage = {
  sender_role: "complainant",
  receiver_role: "respondent",
  message: "No enciende",
  translated_message: "It does not turn on",
  date_created: "2026-03-02T10:02:00.000-04:00",
  last_updated: "2026-03-02T10:02:00.000-04:00",
  message_date: "2026-03-02T10:02:00.000-04:00",
  date_read: "2026-03-02T14:10:00Z",
  attachments: [
    {
      filename: "111111111_0f0f0f0f-1111-2222-3333-444444444444.jpg",
      original_filename: "foto.jpg",
      size: 20480,
      date_created: "2026-03-02T10:01:59.000-04:00",
      type: "image/jpeg",
    },
  ],
  status: "available",
  stage: "claim",
  message_moderation: {
    status: "clean",
    reason: "",
    source: "online",
    date_moderated: "2026-03-02T14:02:00Z",
  },
  repeated: false,
  hash: "5300000001_0_1a2b3c4d-0000-3aaa-bbbb-cccccccccccc",
};

/** The five envelopes of claims.md 10. */
export const refusals = {
  local: (status: number, message: string, error = "bad_request_error") => ({
    status,
    body: { message, error, status, cause: [] },
  }),
  newer: (status: number, message: string, error = "bad_request_error") => ({
    status,
    body: { code: status, error, message, cause: null },
  }),
  gateway: {
    status: 403,
    body: {
      code: "PA_UNAUTHORIZED_RESULT_FROM_POLICIES",
      blocked_by: "PolicyAgent",
      message: "At least one policy returned UNAUTHORIZED.",
      status: 403,
    },
  },
  worded: (status: number, message: string) => ({ status, body: { code: "bad_request", message } }),
  short: (status: number, message: string, error: string) => ({ status, body: { error, message } }),
};
