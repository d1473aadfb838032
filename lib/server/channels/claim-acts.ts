import "server-only";
import { sendClaimMessage } from "@/lib/server/mercadolibre/claims";
import { promiseHandling, type ShippingEvidence, sendEvidence } from "@/lib/server/mercadolibre/evidence";
import type { Meli } from "@/lib/server/mercadolibre/http";
import {
  allowReplace,
  allowReturn,
  type ExpectedResolution,
  offerPartialRefund,
  openDispute,
  refund,
} from "@/lib/server/mercadolibre/resolutions";
import { type ReturnFailure, reviewReturn } from "@/lib/server/mercadolibre/returns";
import type { Claim, ClaimAct, ShippingEvidence as Evidence } from "@/lib/shared/api/claim";
import { AppError } from "@/lib/shared/errors";
import type { Thread, ThreadSnapshot } from "@/lib/shared/thread";
import type { Accepted, AccountCtx, Act, WireFile } from "./channel";

/** Does an act on a claim, once, and tells what was answered in a few facts. NOT idempotent.
 *  @throws MeliError; AppError refused_by_meli for what no call could be made of, before anything has left */
export async function actOnClaim(
  ctx: AccountCtx,
  thread: Thread,
  current: ThreadSnapshot,
  act: Act,
  files: readonly WireFile[],
): Promise<Accepted> {
  const { meli } = ctx;
  const claimId = thread.externalId;
  if (act.kind === "message") {
    await sendClaimMessage(meli, claimId, {
      to: act.to,
      text: act.text,
      attachments: files.map(({ id }) => id),
    });
    return { messageId: null };
  }
  if (act.kind !== "claim")
    throw new AppError("invalid_input", "no act of a claim", { reason: "not_available" });
  const facts = await settle(meli, claimId, current.claim ?? thread.claim, act.act, files);
  return { messageId: null, facts };
}

type Facts = Record<string, string>;

async function settle(
  meli: Meli,
  claimId: string,
  claim: Claim | null,
  act: ClaimAct,
  files: readonly WireFile[],
): Promise<Facts> {
  switch (act.kind) {
    case "refund":
      return resolved("refund", claim, await refund(meli, claimId));
    case "partialRefund": {
      const answer = await offerPartialRefund(meli, claimId, act.percentage);
      return { ...resolved("partial_refund", claim, answer), percentage: String(act.percentage) };
    }
    case "allowReturn":
      return resolved("return_product", claim, await allowReturn(meli, claimId));
    case "allowReplace":
      return resolved("change_product", claim, await allowReplace(meli, claimId));
    case "openDispute": {
      const answer = await openDispute(meli, claimId);
      return answer === null ? {} : { stage: answer.stage, status: answer.status };
    }
    case "evidence":
      return sendProof(meli, claimId, act, files);
    case "reviewOk":
    case "reviewFail": {
      const returnId = claim?.return?.id ?? null;
      if (returnId === null) {
        // Global Selling prints no id of a return (claims.md 6.2), and no review can be addressed without one.
        throw new AppError("refused_by_meli", "the return has no id", { reason: "no_return" });
      }
      const verdict = act.kind === "reviewOk" ? "ok" : act.failures.map((one) => failureOf(one, files));
      const answer = await reviewReturn(meli, { claimId, returnId }, verdict);
      return { return: returnId, ...(answer === null ? {} : { stage: answer.stage, status: answer.status }) };
    }
  }
}

/** What became of the seller's own resolution, as it was answered. */
function resolved(kind: string, claim: Claim | null, answer: ExpectedResolution[] | null): Facts {
  const role = claim?.role ?? "respondent";
  const own = answer?.findLast((one) => one.role === role && one.kind === kind);
  const found = own ?? answer?.findLast((one) => one.kind === kind);
  return found === undefined ? {} : { resolution: found.kind, status: found.status };
}

async function sendProof(
  meli: Meli,
  claimId: string,
  { evidence }: Extract<ClaimAct, { kind: "evidence" }>,
  files: readonly WireFile[],
): Promise<Facts> {
  const answer =
    evidence.method === "promise"
      ? await promiseHandling(meli, claimId, evidence.handlingOn)
      : await sendEvidence(meli, claimId, { ...proofOf(evidence), attachments: files.map(({ id }) => id) });
  return { evidence: evidence.method, ...(answer === null ? {} : { evidences: String(answer.length) }) };
}

function proofOf(evidence: Exclude<Evidence, { method: "promise" }>): ShippingEvidence {
  switch (evidence.method) {
    case "mail":
      return {
        method: "mail",
        company: evidence.company,
        shippedOn: evidence.shippedOn,
        ...(evidence.tracking === null ? {} : { trackingNumber: evidence.tracking }),
      };
    case "entrusted":
      return {
        method: "entrusted",
        company: evidence.company,
        agency: evidence.agency,
        shippedOn: evidence.shippedOn,
        receiverName: evidence.receiver,
        ...(evidence.receiverId === null ? {} : { receiverId: evidence.receiverId }),
        ...(evidence.tracking === null ? {} : { trackingNumber: evidence.tracking }),
        ...(evidence.deliveredOn === null ? {} : { deliveredOn: evidence.deliveredOn }),
        ...(evidence.email === null ? {} : { receiverEmail: evidence.email }),
      };
    case "personal_delivery":
      return { method: "personal_delivery", deliveredOn: evidence.deliveredOn };
    case "email":
      return { method: "email", receiverEmail: evidence.email, shippedOn: evidence.shippedOn };
  }
}

type Failure = Extract<ClaimAct, { kind: "reviewFail" }>["failures"][number];

/** Each failure with its own photos, under the names that their uploads were given. */
function failureOf(
  { reason, message, orderId, files: named }: Failure,
  files: readonly WireFile[],
): ReturnFailure {
  const attachments = named.map((fileId) => {
    const file = files.find((one) => one.fileId === fileId);
    if (file === undefined) throw new AppError("bug", "a photo of the review was not uploaded");
    return file.id;
  });
  return { reasonId: reason, message, attachments, orderId };
}
