import "server-only";
import { z } from "zod";
import { words } from "./claim-values";
import { isRecord } from "./json";
import { field, id, list, sift, text, word } from "./wire";

/** One review of what came back. Its shape is not in the contract: all of it may be missing. */
export interface ReturnReview {
  /** order, ...: what was reviewed. */
  resource: string | null;
  resourceId: string | null;
  /** Who looks at it: `triage` is a warehouse. */
  method: string | null;
  status: string | null;
  condition: string | null;
  destination: string | null;
  reasonId: string | null;
  benefited: string[];
  sellerStatus: string | null;
  sellerReasonId: string | null;
}

const verdict = z.object({
  status: word,
  product_condition: word,
  product_destination: word,
  reason_id: id,
  benefited: words,
  seller_status: word,
  seller_reason: id,
  seller_reason_id: id,
});
const reviewed = verdict.extend({
  resource: word,
  resource_id: id,
  method: word,
  resource_reviews: list(verdict),
});

/** The reviews of a return: `reviews`, each with the verdicts on its parts, or a bare list. */
export const returnReviews = field((value): ReturnReview[] => {
  const found = isRecord(value) ? (value.reviews ?? value.data ?? value) : value;
  return sift(found, reviewed).kept.flatMap(({ resource, resource_id, method, resource_reviews, ...own }) =>
    (resource_reviews.length > 0 ? resource_reviews : [own]).map((one) => ({
      resource,
      resourceId: resource_id,
      method,
      status: one.status,
      condition: one.product_condition,
      destination: one.product_destination,
      reasonId: one.reason_id,
      benefited: one.benefited,
      sellerStatus: one.seller_status,
      sellerReasonId: one.seller_reason ?? one.seller_reason_id,
    })),
  );
}).transform((all) =>
  all.filter(({ status, sellerStatus, condition, reasonId }) =>
    [status, sellerStatus, condition, reasonId].some((one) => one !== null),
  ),
);

export interface ReturnFailReason {
  id: string;
  name: string | null;
  detail: string | null;
  /** order, package: for what it may be said. */
  apply: string[];
}

const failReason = z
  .object({ id, reason_id: id, name: text, detail: text, description: text, apply: words })
  .transform((wire, context): ReturnFailReason => {
    const reasonId = wire.id ?? wire.reason_id;
    if (reasonId === null) {
      context.issues.push({ code: "custom", message: "a reason without an id", input: null });
      return z.NEVER;
    }
    return { id: reasonId, name: wire.name, detail: wire.detail ?? wire.description, apply: wire.apply };
  });

/** The reasons that a review may fail with (claims.md 6.2). */
export const failReasons = field(
  (value) => sift(isRecord(value) ? (value.reasons ?? value.data ?? []) : value, failReason).kept,
);
