import { describe, expect, it } from "vitest";
import { BLOCK_RULES, blockRuleOf, type Reopens, UNKNOWN_BLOCK } from "./substatus";

/** messages.md 6, its column "reopen": auto, buyer, no, unknown; the guide where 3.3 is named. */
const REOPENS: [code: string, reopens: Reopens][] = [
  ["blocked_by_time", "buyer"],
  ["blocked_by_buyer", "buyer"],
  ["blocked_by_mediation", "itself"],
  ["bloqued_by_mediation", "itself"],
  ["blocked_by_mediation_fbm", "itself"],
  ["blocked_by_fulfillment", "itself"],
  ["blocked_by_payment", "itself"],
  ["blocked_by_conversation_initiated_by_seller", "buyer"],
  ["blocked_by_conversation_started_by_seller", "buyer"],
  ["blocked_by_conversation_initiated_by_seller_limited", "guide"],
  ["blocked_by_conversation_started_by_seller_limited", "guide"],
  ["blocked_by_conversation_use_message_api", "itself"],
  ["blocked_by_cancelled_order", "nobody"],
  ["blocked_by_cancelled_order_by_fraud", "nobody"],
  ["blocked_by_cancelled_order_hidden", "nobody"],
  ["blocked_by_conversation_expired", "nobody"],
  ["blocked_by_refund", "buyer"],
  ["blocked_by_claim_change_open", "unknown"],
  ["blocked_by_claim_change_closed", "unknown"],
  ["blocked_by_deactivated_account", "nobody"],
  ["blocked_by_restrictions", "unknown"],
  ["blocked_by_message_pending_review", "itself"],
  ["blocked_by_return_to_buyer_fulfillment", "unknown"],
  ["blocked_by_ai_assistant", "unknown"],
  ["blocked_by_ai_assistant_expired", "unknown"],
  ["blocked_by_ai_assistant_contact_closed", "unknown"],
  ["block_by_ai_assistant_initiated_by_seller_expired", "unknown"],
  ["blocked_by_resale", "nobody"],
  ["blocked_by_proximity_groceries", "nobody"],
  ["blocked_by_guest_shops", "nobody"],
  ["blocked_by_claim", "unknown"],
];

describe("the catalogue of blocks", () => {
  it.each(REOPENS)("knows of %s who reopens it: %s", (code, reopens) => {
    expect(blockRuleOf(code)).toMatchObject({ reopens });
    expect(blockRuleOf(code.toUpperCase())).toBe(blockRuleOf(code));
    expect(blockRuleOf(code)).not.toBe(UNKNOWN_BLOCK);
  });

  it("holds these codes and no others", () => {
    expect(Object.keys(BLOCK_RULES).toSorted()).toEqual(REOPENS.map(([code]) => code).toSorted());
  });

  it.each([null, "", "blocked_by_something_new", "constructor", "toString"])(
    "takes %j for a block that nobody knows, and promises nothing",
    (code) => {
      expect(blockRuleOf(code)).toBe(UNKNOWN_BLOCK);
      expect(UNKNOWN_BLOCK).toMatchObject({ meaning: "unknown", reopens: "unknown" });
    },
  );
});
