import type { Claim, HeldAction } from "@/lib/shared/api/claim";

export type Turn = "seller" | "buyer" | "mediator";

/** Whose time runs, and what is at stake when it ends. */
export interface ClaimClock {
  kind: "mandatory" | "incentive" | "term";
  dueAt: Date;
}

/** A satisfactory answer within this time of the opening keeps the claim out of the reputation (claims.md 8). */
const INCENTIVE_MS = 48 * 3_600_000;

export const isOpenClaim = ({ status }: Pick<Claim, "status">): boolean => status !== "closed";

/** The duty of the seller's that ends first; one without a term comes last. Null: there is none. Pure. */
export function dutyOf({ status, actions }: Pick<Claim, "status" | "actions">): HeldAction | null {
  if (!isOpenClaim({ status })) return null;
  const duties = actions.filter(({ isMandatory }) => isMandatory);
  const at = ({ dueAt }: HeldAction) => dueAt?.getTime() ?? Number.POSITIVE_INFINITY;
  return duties.reduce<HeldAction | null>(
    (first, duty) => (first === null || at(duty) < at(first) ? duty : first),
    null,
  );
}

/** Who must act next. At most one party holds a duty at a time (claims.md 7); where none does, the claim's own summary
 *  says who is responsible. Null: nobody, or it was not told. Pure. */
export function turnOf(claim: Pick<Claim, "status" | "actions" | "others" | "role" | "detail">): Turn | null {
  if (!isOpenClaim(claim)) return null;
  if (dutyOf(claim) !== null) return "seller";
  const [other] = claim.others;
  if (other !== undefined) return other.role === "mediator" ? "mediator" : "buyer";
  switch (claim.detail?.responsible) {
    case "seller":
      return "seller";
    case "buyer":
      return "buyer";
    case "mediator":
      return "mediator";
    default:
      return null;
  }
}

/** The clock that runs for the seller, else the one that runs at all. Every date is Mercado Libre's own, but for the 48
 *  hours of the incentive where it names none (claims.md 8): no clock is invented, and none moves unless the claim does.
 *  Pure. */
export function clockOf(
  claim: Pick<
    Claim,
    "status" | "actions" | "others" | "role" | "detail" | "reputation" | "createdAt" | "history"
  >,
  now: Date,
): ClaimClock | null {
  if (!isOpenClaim(claim)) return null;
  const duty = dutyOf(claim);
  if (duty?.dueAt) return { kind: "mandatory", dueAt: duty.dueAt };
  const turn = turnOf(claim);
  const incentive = incentiveOf(claim);
  if (incentive !== null && incentive > now && turn !== "buyer" && turn !== "mediator") {
    return { kind: "incentive", dueAt: incentive };
  }
  const term = claim.others[0]?.dueAt ?? claim.detail?.dueAt ?? null;
  return term === null ? null : { kind: "term", dueAt: term };
}

/** Until when a satisfactory answer keeps the claim out of the reputation. Null: no such chance, or it is decided. Pure. */
export function incentiveOf({ reputation, createdAt }: Pick<Claim, "reputation" | "createdAt">): Date | null {
  if (reputation === null || !reputation.hasIncentive || reputation.effect === "not_applies") return null;
  return reputation.dueAt ?? new Date(createdAt.getTime() + INCENTIVE_MS);
}
