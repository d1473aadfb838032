import type { Claim, ClaimRole, ExpectedResolution } from "@/lib/shared/api/claim";
import type { MessageView } from "@/lib/shared/api/thread";
import { type ClaimClock, clockOf, isOpenClaim, type Turn, turnOf } from "@/lib/shared/claim/turn";
import { turnKeyOf } from "./claim-row";
import { toneOfDue } from "./due";

/** What the top of a claim says of time: whose turn it is, what ends when, and how loud that is. */
export interface ClaimTime {
  turn: Turn | "meli" | null;
  clock: ClaimClock | null;
  isOver: boolean;
  tone: "due" | "soon" | "mute";
}

/** A duty of the seller's is loud from the start, and louder near its end; what somebody else must do never is. Pure. */
export function claimTime(claim: Claim, now: Date): ClaimTime {
  const turn = turnOf(claim);
  const clock = clockOf(claim, now);
  const isOver = clock !== null && clock.dueAt <= now;
  return { turn: turnKeyOf({ stage: claim.stage, turn }), clock, isOver, tone: toneOf(turn, clock, now) };
}

function toneOf(turn: Turn | null, clock: ClaimClock | null, now: Date): ClaimTime["tone"] {
  const isOurs = turn === "seller" || clock?.kind === "mandatory" || clock?.kind === "incentive";
  if (!isOurs) return "mute";
  if (clock === null) return "soon";
  return toneOfDue(clock.dueAt, now) === "due" ? "due" : "soon";
}

/** What the buyer wants now: the newest wish that stands. Pure. */
export function wishOf({ expected, role }: Pick<Claim, "expected" | "role">): ExpectedResolution | null {
  return (
    expected.findLast((one) => one.role !== role && one.role !== "mediator" && one.status !== "rejected") ??
    null
  );
}

/** What the seller offered and the buyer has not answered. Pure. */
export function openOffer({ expected, role, status }: Pick<Claim, "expected" | "role" | "status">) {
  if (!isOpenClaim({ status })) return null;
  return expected.findLast((one) => one.role === role && one.status === "pending") ?? null;
}

/** Who a message is for, where its side alone does not tell: everything that concerns the mediator. Pure. */
export function addresseeOf(
  { author, direction, to }: Pick<MessageView, "author" | "direction" | "to">,
  own: ClaimRole,
): "mediator" | "buyer" | "you" | null {
  if (to === null) return null;
  if (author === "mediator") return to === own ? "you" : "buyer";
  if (to === "mediator") return "mediator";
  return direction === "out" || to === own ? null : "buyer";
}

/** Who reads what is written to this role. Pure. */
export const readerOf = (to: ClaimRole): "mediator" | "buyer" => (to === "mediator" ? "mediator" : "buyer");
