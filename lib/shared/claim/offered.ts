import type { Claim, ClaimActKind, ClaimRole, HeldAction } from "@/lib/shared/api/claim";
import type { Profile } from "@/lib/shared/sites";
import { familyOf } from "./family";
import { isOpenClaim } from "./turn";

/** What the seller may do, when, and whether they must. */
export interface OfferedAct {
  act: ClaimActKind;
  isMandatory: boolean;
  dueAt: Date | null;
}

interface Rule {
  act: ClaimActKind;
  /** Any of these, held now, permits it (claims.md 3). */
  by: readonly string[];
  /** Global Selling has no such call (claims.md 2). */
  isLocalOnly?: boolean;
}

/** In the order in which they are offered. */
const RULES: readonly Rule[] = [
  { act: "reviewOk", by: ["return_review_ok", "return_review"] },
  { act: "reviewFail", by: ["return_review_fail", "return_review"] },
  { act: "partialRefund", by: ["allow_partial_refund"] },
  { act: "refund", by: ["refund"] },
  { act: "allowReturn", by: ["allow_return", "allow_return_label"] },
  { act: "allowReplace", by: ["allow_replace"], isLocalOnly: true },
  {
    act: "evidence",
    by: ["add_shipping_evidence", "send_potential_shipping", "send_tracking_number"],
    isLocalOnly: true,
  },
  { act: "openDispute", by: ["open_dispute"] },
];

type Standing = Pick<Claim, "status" | "stage" | "actions" | "reasonId">;

/** What the screen offers and our server lets through: exactly what an action held now permits. Shipping evidence cannot
 *  be sent in mediation (claims.md 6.1), and a part of the money is offered for defective products alone (6). Pure. */
export function offeredActs(claim: Standing, profile: Profile): OfferedAct[] {
  if (!isOpenClaim(claim)) return [];
  return RULES.flatMap(({ act, by, isLocalOnly }) => {
    const held = claim.actions.filter(({ action }) => by.includes(action));
    if (held.length === 0 || (isLocalOnly && profile === "GLOBAL")) return [];
    if (act === "evidence" && claim.stage === "dispute") return [];
    if (act === "partialRefund" && familyOf(claim.reasonId) !== "PDD") return [];
    return [{ act, isMandatory: held.some(({ isMandatory }) => isMandatory), dueAt: earliest(held) }];
  });
}

/** Who the seller may write to: what the held actions say, whatever the stage (claims.md 5.3). Pure. */
export function receiversOf({ status, actions }: Pick<Claim, "status" | "actions">): ClaimRole[] {
  if (!isOpenClaim({ status })) return [];
  const roles: ClaimRole[] = ["complainant", "respondent", "mediator"];
  return roles.filter((role) => actions.some(({ action }) => action === `send_message_to_${role}`));
}

function earliest(held: readonly HeldAction[]): Date | null {
  const terms = held.flatMap(({ dueAt }) => (dueAt === null ? [] : [dueAt.getTime()]));
  return terms.length === 0 ? null : new Date(Math.min(...terms));
}
