import { describe, expect, it } from "vitest";
import { z } from "zod";
import en from "@/lib/shared/words/en/claim.json";
import es from "@/lib/shared/words/es/claim.json";
import pt from "@/lib/shared/words/pt/claim.json";
import { stageKeyOf, wishKeyOf } from "./claim-row";

/** The vocabularies of claims.md, as it prints them, and where their words stand in claim.json. */
const VOCABULARIES: [name: string, at: string, codes: string][] = [
  ["stages (3)", "row.stage", "claim dispute recontact stale none"],
  ["wishes (4.3, 6)", "row.wants", "refund product other change_product return_product partial_refund"],
  [
    "expected resolutions (6)",
    "panel.expected",
    "refund product change_product return_product partial_refund",
  ],
  ["their states (6)", "panel.expectedStatus", "pending accepted rejected"],
  [
    "how a claim ends (3)",
    "panel.resolutionReason",
    `already_shipped buyer_claim_opened buyer_dispute_opened charged_back coverage_decision found_missing_parts item_returned
     no_bpp not_delivered opened_claim_by_mistake partial_refunded payment_refunded prefered_to_keep_product product_delivered
     reimbursed rep_resolution respondent_timeout return_canceled return_expired seller_asked_to_close_claim
     seller_did_not_help seller_explained_functions seller_sent_product timeout warehouse_decision warehouse_timeout
     worked_out_with_seller low_cost item_changed change_expired change_cancelled_buyer change_cancelled_seller
     change_cancelled_meli shipment_not_stopped cancel_installation`,
  ],
  [
    "actions (4.4)",
    "event.action",
    "open_claim refund allow_return generate_return open_dispute close_claim",
  ],
  ["effects on reputation (4.5)", "panel.effect", "affected not_affected not_applies"],
  ["evidence (6.1)", "panel.evidenceMethod", "mail entrusted personal_delivery email"],
  [
    "returns (6.2)",
    "panel.returnStatus",
    `pending_cancel pending failed shipped pending_delivered return_to_buyer pending_expiration scheduled pending_failure
     label_generated cancelled not_delivered expired delivered opened closed`,
  ],
  [
    "parcels of returns (6.2)",
    "panel.shipmentStatus",
    "pending ready_to_ship shipped not_delivered delivered cancelled",
  ],
  ["money of returns (6.2)", "panel.moneyStatus", "retained refunded available"],
  ["when it goes back (6.2)", "panel.refundWhen", "shipped delivered n/a"],
  ["kinds of returns (6.2)", "panel.returnSubtype", "low_cost return_partial return_total"],
  ["where returns go (6.2)", "panel.place", "seller_address warehouse"],
  ["reviews (6.2)", "panel.reviewStatus", "pending claimed failed success"],
  ["why a review fails (6.2)", "ask.review.reason", "SRF2 SRF3 SRF4 SRF5 SRF6 SRF7"],
  [
    "exchanges (6.3)",
    "panel.changeStatus",
    `pending generated purchase_shipped purchase_delayed ready changed return_shipped change_return_delivered failed
     change_failed`,
  ],
];

const Node = z.record(z.string(), z.unknown());

/** The words under a path; none where there is no such path. */
function wordsAt(file: unknown, path: string): Record<string, unknown> {
  return path
    .split(".")
    .reduce<Record<string, unknown>>((node, key) => Node.catch({}).parse(node[key]), Node.parse(file));
}

describe.each(Object.entries({ es, pt, en }))("the words of claims in %s", (_language, file) => {
  it.each(VOCABULARIES)("name all %s", (_name, at, codes) => {
    const words = wordsAt(file, at);
    const nameless = codes.split(/\s+/).filter((code) => {
      const said = words[code];
      return typeof said !== "string" || said.trim() === "" || said === code;
    });
    expect(nameless).toEqual([]);
  });
});

it("speak of mediation by the stage alone, whatever the type says", () => {
  const standing = { type: "mediations", stage: "claim", status: "opened" };
  for (const { row } of [es, pt, en]) {
    expect(row.stage[stageKeyOf(standing)]).not.toMatch(/media/i);
    expect(row.stage[stageKeyOf({ ...standing, stage: "dispute" })]).toMatch(/media/i);
    expect(row.stage[stageKeyOf({ ...standing, stage: "dispute", status: "closed" })]).not.toMatch(/media/i);
  }
});

it("have a word for what nobody knows yet", () => {
  for (const { row } of [es, pt, en]) {
    expect(row.stage[stageKeyOf({ stage: "appeal", status: "opened" })]).toMatch(/\w/);
    expect(row.wants[wishKeyOf({ wants: "a_pony" }) ?? "none"]).toMatch(/\w/);
  }
  expect(wishKeyOf({ wants: null })).toBeNull();
});
