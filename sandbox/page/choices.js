// What the page offers to choose from.

/** What the state field suggests (messages.md 6). */
export const SUBSTATUSES = [
  "blocked_by_time",
  "blocked_by_buyer",
  "blocked_by_mediation",
  "bloqued_by_mediation",
  "blocked_by_mediation_fbm",
  "blocked_by_fulfillment",
  "blocked_by_payment",
  "blocked_by_conversation_initiated_by_seller",
  "blocked_by_conversation_initiated_by_seller_limited",
  "blocked_by_conversation_started_by_seller_limited",
  "blocked_by_conversation_use_message_api",
  "blocked_by_cancelled_order",
  "blocked_by_cancelled_order_by_fraud",
  "blocked_by_cancelled_order_hidden",
  "blocked_by_conversation_expired",
  "blocked_by_refund",
  "blocked_by_claim_change_open",
  "blocked_by_claim_change_closed",
  "blocked_by_deactivated_account",
  "blocked_by_restrictions",
  "blocked_by_message_pending_review",
  "blocked_by_return_to_buyer_fulfillment",
  "blocked_by_ai_assistant",
  "blocked_by_ai_assistant_expired",
  "blocked_by_ai_assistant_contact_closed",
  "block_by_ai_assistant_initiated_by_seller_expired",
  "blocked_by_resale",
  "blocked_by_proximity_groceries",
  "blocked_by_guest_shops",
  "blocked_by_claim",
];

/** Why moderation strikes (messages.md 7). */
export const REASONS = [
  "PERSONAL_DATA",
  "SOCIAL_NETWORK_LINK",
  "LINK_SHORT_URL",
  "LINK_MERCADOPAGO",
  "ML_LINKS_PAYPAL",
  "OUT_OF_PLACE_LANGUAGE",
  "AUTOMATIC_MESSAGE",
  "EVASION_CLAIM_SELLER",
];

/** Why a buyer opens a claim (claims.md 3): the sandbox's catalogue. */
export const CLAIM_REASONS = [
  ["PDD9939", "The product does not work"],
  ["PDD9940", "It arrived broken or damaged"],
  ["PDD9941", "It is different from the listing"],
  ["PDD9942", "Parts are missing"],
  ["PDD9943", "Wrong size or color"],
  ["PDD9944", "I changed my mind"],
  ["PDD9945", "It is expired"],
  ["PDD9946", "I think it is fake"],
  ["PNR9501", "I did not receive it"],
  ["PNR9502", "The seller did not answer me"],
  ["PNR9508", "It shows as delivered, but I do not have it"],
  ["PNR3430", "Another problem with the delivery"],
  ["CS7100", "The seller is out of stock"],
  ["CS7101", "The buyer cancelled"],
];

/** Why a question or an answer is banned (questions-and-contacts.md 1.6): the sandbox's subgroups. */
export const BAN_SUBGROUPS = ["LINKS", "CONTACT_DATA", "OFFENSIVE_LANGUAGE", "OTHER"];

/** Where a return may be (claims.md 6.2). */
export const RETURN_STATUSES = [
  "delivered",
  "shipped",
  "label_generated",
  "pending",
  "not_delivered",
  "failed",
  "cancelled",
  "expired",
];

const SEND = "^(/marketplace)?/messages/packs/";
/** Ready-made faults: what the button says, and the order it places. */
export const FAULTS = [
  [
    "The next reply is accepted, but the answer is a 500",
    { method: "POST", path: SEND, status: 500, applied: "yes" },
  ],
  ["The next reply fails with a 500 and is not applied", { method: "POST", path: SEND, status: 500 }],
  ["The next reply hangs, and arrives anyway", { method: "POST", path: SEND, hang: true, applied: "yes" }],
  ["The next reply's answer is cut in half", { method: "POST", path: SEND, cutBody: true }],
  [
    "The next reply appears 8 s after a 504",
    { method: "POST", path: SEND, status: 504, applied: "late", lateMs: 8000 },
  ],
  [
    "The next reply is refused because the application lacks a permission",
    {
      method: "POST",
      path: SEND,
      status: 403,
      body: {
        message: "At least one policy returned UNAUTHORIZED.",
        code: "PA_UNAUTHORIZED_RESULT_FROM_POLICIES",
        status: 403,
        blocked_by: "PolicyAgent",
      },
    },
  ],
  ["The next upload fails", { method: "POST", path: "/messages/attachments", status: 500 }],
  [
    "The next 5 message calls get a 429",
    { path: "/messages/", times: 5, status: 429, body: "local_rate_limited" },
  ],
  ["The next 5 reads take 3 s", { method: "GET", path: "/messages/", times: 5, delayMs: 3000 }],
  [
    "The next conversation read is not JSON",
    { method: "GET", path: SEND, status: 200, body: "<html>", contentType: "text/html" },
  ],
  [
    "The next message of a claim is accepted, but the answer is a 500",
    { method: "POST", path: "/actions/send-message$", status: 500, applied: "yes" },
  ],
  [
    "The next refund, offer or return is done, but the answer is a 504",
    { method: "POST", path: "/expected-resolutions/", status: 504, applied: "yes" },
  ],
  [
    "The next refund, offer or return fails with a 500 and is not done",
    { method: "POST", path: "/expected-resolutions/", status: 500 },
  ],
  ["The next 5 claim calls get a 429", { path: "/claims/", times: 5, status: 429 }],
  [
    "The next answer to a question is taken, but the answer is a 504",
    { method: "POST", path: "/answers$", status: 504, applied: "yes" },
  ],
  [
    "The next answer to a question fails with a 500 and is not taken",
    { method: "POST", path: "/answers$", status: 500 },
  ],
  ["The next 5 question calls get a 429", { path: "/questions", times: 5, status: 429 }],
];
