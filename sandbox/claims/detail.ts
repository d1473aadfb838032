import { isReviewable } from "@/sandbox/claims/actions";
import type { DetailKind } from "@/sandbox/claims/claim-words";
import { DETAIL_WORDS } from "@/sandbox/claims/claim-words";
import { reviewDue } from "@/sandbox/claims/create-return";
import { claimDate } from "@/sandbox/claims/dates";
import type { Claim } from "@/sandbox/claims/model";
import { reasonOf } from "@/sandbox/claims/reasons";
import type { Language } from "@/sandbox/world/sites";
import { SITES } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

interface Turn {
  kind: DetailKind;
  responsible: "seller" | "buyer" | "mediator";
  dueAt: Date | null;
}

/** Summary for people and whose turn it is (claims.md 4.2); in the seller's language. */
export function wireDetail(world: World, claim: Claim): object {
  const { kind, responsible, dueAt } = turnOf(claim);
  const language = languageOf(world, claim);
  const reason = reasonOf(claim.reasonId);
  return {
    due_date: claimDate(world, dueAt),
    action_responsible: responsible,
    ...DETAIL_WORDS[language][kind],
    problem: reason?.detail[language] ?? "",
  };
}

/** The language of this claim's seller: his site's; English in Global Selling (claims.md 1). */
export function languageOf(world: World, claim: Claim): Language {
  const account = world.sellers.get(claim.thread.sellerId);
  return SITES[account?.siteId ?? claim.thread.siteId].language;
}

function turnOf(claim: Claim): Turn {
  if (claim.status === "closed") return { kind: endOf(claim), responsible: "mediator", dueAt: null };
  const { returnCase } = claim;
  if (isReviewable(claim) && returnCase?.deliveredAt) {
    return { kind: "return_review", responsible: "seller", dueAt: reviewDue(returnCase.deliveredAt) };
  }
  // claims.md 8: a mediator's date
  if (claim.stage === "dispute") {
    return { kind: "dispute", responsible: "mediator", dueAt: claim.decisionDueAt };
  }
  if (claim.stage !== "claim" || claim.type === "ml_case" || claim.type === "fulfillment") {
    return { kind: "no_part", responsible: "mediator", dueAt: null };
  }
  if (claim.change) return { kind: "change", responsible: "mediator", dueAt: null };
  if (returnCase) {
    const kind = claim.type === "returns" ? "return_claim" : "return_way";
    return { kind, responsible: "buyer", dueAt: null };
  }
  if (claim.replyDueAt) return { kind: "answer", responsible: "seller", dueAt: claim.replyDueAt };
  const offer = claim.resolutions.find(({ role, status }) => role === "respondent" && status === "pending");
  const offered = offer?.wish === "change_product" ? "replacement" : "offer";
  return { kind: offer === undefined ? "buyer_turn" : offered, responsible: "buyer", dueAt: null };
}

function endOf({ type, resolution }: Claim): DetailKind {
  if (type === "cancel_sale" || type === "cancel_purchase") return "cancelled";
  if (resolution?.reason === "respondent_timeout") return "unanswered";
  if (resolution?.reason === "payment_refunded" || resolution?.reason === "partial_refunded")
    return "refunded";
  return resolution?.benefited.includes("respondent") ? "closed_for_seller" : "closed_for_buyer";
}
