import "server-only";
import { claimActOf } from "@/lib/server/store/audits";
import type { OutboxRow, OutboxStep } from "@/lib/server/store/outbox";
import type { ClaimActKind } from "@/lib/shared/api/claim";
import { AppError } from "@/lib/shared/errors";
import type { ThreadSnapshot } from "@/lib/shared/thread";

interface Proof {
  /** The parts of a claim, read apart from it, that show the act (channels/claim-marks.ts). */
  parts: readonly string[];
  /** Does the claim show it besides? */
  isInClaim: boolean;
}

const PROOFS: Readonly<Record<ClaimActKind, Proof>> = {
  refund: { parts: ["history", "expected"], isInClaim: true },
  partialRefund: { parts: ["expected", "history"], isInClaim: false },
  allowReturn: { parts: ["history", "expected", "return"], isInClaim: false },
  allowReplace: { parts: ["history", "expected"], isInClaim: false },
  openDispute: { parts: ["history"], isInClaim: true },
  evidence: { parts: ["evidences"], isInClaim: false },
  reviewOk: { parts: ["return", "history"], isInClaim: false },
  reviewFail: { parts: ["return", "history"], isInClaim: false },
};

/** An act leaves only where it could be found afterwards; and one that may have left before only once all was read in which it
 *  would have been found: what could not be read is no proof that it is not there (claims.md 10, 12.15).
 *  @throws AppError meli_down, which passes */
export function assertTold(row: Pick<OutboxRow, "act" | "baseline">, { claim }: ThreadSnapshot): void {
  const act = claimActOf(row);
  if (act === null || claim === undefined) return;
  const { parts, isInClaim } = PROOFS[act.kind];
  const isUnread = (part: string) => claim.unread.includes(part);
  const isBlind =
    row.baseline === null
      ? !isInClaim && parts.every(isUnread)
      : parts.some((part) => isUnread(part) && row.baseline?.includes(`read:${part}`));
  if (isBlind) throw new AppError("meli_down", "parts of the claim that tell of the act cannot be read");
}

/** What becomes of an act that cannot be asked about: one that may have left before has not failed, nobody knows of it. Pure. */
export function untold(row: Pick<OutboxRow, "act" | "baseline">, step: OutboxStep): OutboxStep {
  const mayHaveLeft = claimActOf(row) !== null && row.baseline !== null;
  return mayHaveLeft && step.state === "failed" ? { ...step, state: "uncertain" } : step;
}
