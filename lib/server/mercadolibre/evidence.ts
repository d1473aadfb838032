import "server-only";
import { AppError } from "@/lib/shared/errors";
import { evidencePaths, type OutgoingFile, uploadTo } from "./claim-files";
import { dayOf, rows, rowsOf } from "./claim-values";
import { evidence, type WireEvidence } from "./evidence-wire";
import { MeliError } from "./failure";
import type { Meli } from "./http";
import { isRecord } from "./json";
import { sift } from "./wire";

export type { WireEvidence } from "./evidence-wire";

/** A day as `2026-03-06`. */
type Day = string;

/** Proof that a parcel was handed over; days as `2026-03-06`, attachments are keys of uploadEvidenceFile (claims.md 6.1). */
export type ShippingEvidence = { attachments?: string[] } & (
  | { method: "mail"; company: string; shippedOn: Day; trackingNumber?: string }
  | {
      method: "entrusted";
      company: string;
      agency: string;
      shippedOn: Day;
      receiverName: string;
      receiverId?: string;
      trackingNumber?: string;
      deliveredOn?: Day;
      receiverEmail?: string;
    }
  | { method: "personal_delivery"; deliveredOn?: Day }
  | { method: "email"; receiverEmail: string; shippedOn: Day }
);

/** The proofs that were sent (claims.md 6.1). @throws MeliError; AppError not_available in GLOBAL */
export async function readEvidences(meli: Meli, claimId: string): Promise<WireEvidence[]> {
  const route = evidencePaths(meli).list(claimId);
  const { kept, dropped } = sift(await meli.wire.read(route, rows), evidence);
  if (dropped > 0) meli.wire.odd(route, { droppedEvidences: dropped });
  return kept;
}

/**
 * Sends proof of a shipment, which cannot be changed afterwards; not in a mediation, and only for parcels that Mercado Envíos
 * does not carry (claims.md 6.1). Never retried: after `failure.mayHaveApplied` read the evidences first.
 * @returns the evidences as they are now; null when the answer, a success, did not tell
 * @throws MeliError: `claimRefusalOf` says what a refusal means; AppError not_available in GLOBAL, invalid_input for a bad day
 */
export async function sendEvidence(
  meli: Meli,
  claimId: string,
  proof: ShippingEvidence,
): Promise<WireEvidence[] | null> {
  const json = JSON.stringify({ type: "shipping_evidence", ...fieldsOf(proof) });
  return evidencesIn(await meli.wire.act(evidencePaths(meli).send(claimId), () => json));
}

/**
 * Promises to hand the parcel over on a day (claims.md 6.1). Of its two documented addresses the second is tried only after the
 * first is not there, so it is never sent twice; never retried otherwise.
 * @returns as `sendEvidence`
 * @throws as `sendEvidence`
 */
export async function promiseHandling(
  meli: Meli,
  claimId: string,
  handlingOn: Day,
): Promise<WireEvidence[] | null> {
  const json = JSON.stringify({ type: "handling_shipping_evidence", handling_date: day(handlingOn) });
  const [first, second] = evidencePaths(meli).promise(claimId);
  if (first === undefined || second === undefined) throw new AppError("bug", "the promise has two addresses");
  try {
    return evidencesIn(await meli.wire.act(first, () => json));
  } catch (error) {
    const status = error instanceof MeliError ? error.failure.status : null;
    if (status !== 404 && status !== 405) throw error;
    return evidencesIn(await meli.wire.act(second, () => json));
  }
}

/** Uploads a file for a proof; limits as uploadClaimFile (claims.md 6.1). @throws as uploadClaimFile; AppError not_available in GLOBAL */
export async function uploadEvidenceFile(
  meli: Meli,
  claimId: string,
  file: OutgoingFile,
): Promise<{ id: string }> {
  return await uploadTo(meli, evidencePaths(meli).upload(claimId), file);
}

function evidencesIn(value: unknown): WireEvidence[] | null {
  const found = rowsOf(value) ?? (isRecord(value) ? [value] : null);
  return found === null ? null : sift(found, evidence).kept;
}

function day(written: Day): Day {
  if (/^\d{4}-\d{2}-\d{2}$/.test(written) && dayOf(written) === written) return written;
  throw new AppError("invalid_input", "not a day", { reason: "day" });
}

/** The fields of each way to send, by their names on the wire; what is not given is left out. */
function fieldsOf(proof: ShippingEvidence): object {
  const common = {
    shipping_method: proof.method,
    ...(proof.attachments === undefined || proof.attachments.length === 0
      ? {}
      : { attachments: proof.attachments }),
  };
  switch (proof.method) {
    case "mail":
      return {
        ...common,
        shipping_company_name: proof.company,
        date_shipped: day(proof.shippedOn),
        tracking_number: proof.trackingNumber,
      };
    case "entrusted":
      return {
        ...common,
        shipping_company_name: proof.company,
        destination_agency: proof.agency,
        date_shipped: day(proof.shippedOn),
        receiver_name: proof.receiverName,
        receiver_id: proof.receiverId,
        tracking_number: proof.trackingNumber,
        date_delivered: proof.deliveredOn === undefined ? undefined : day(proof.deliveredOn),
        receiver_email: proof.receiverEmail,
      };
    case "personal_delivery":
      return {
        ...common,
        date_delivered: proof.deliveredOn === undefined ? undefined : day(proof.deliveredOn),
      };
    case "email":
      return { ...common, receiver_email: proof.receiverEmail, date_shipped: day(proof.shippedOn) };
  }
}
