"use client";

import type { ClaimActKind } from "@/lib/shared/api/claim";
import { EvidenceDialog } from "./evidence-dialog";
import { OfferDialog } from "./offer-dialog";
import { PlainDialog } from "./plain-dialog";
import { ReturnDialog } from "./return-dialog";
import { ReviewDialog } from "./review-dialog";

/** The question before an act of this kind. */
export function ActDialog({ kind, onClose }: { kind: ClaimActKind; onClose: () => void }) {
  switch (kind) {
    case "partialRefund":
      return <OfferDialog onClose={onClose} />;
    case "allowReturn":
      return <ReturnDialog onClose={onClose} />;
    case "evidence":
      return <EvidenceDialog onClose={onClose} />;
    case "reviewFail":
      return <ReviewDialog onClose={onClose} />;
    default:
      return <PlainDialog kind={kind} onClose={onClose} />;
  }
}
