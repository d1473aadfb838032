import "server-only";
import { z } from "zod";
import { claimFiles, type WireClaimFile } from "./claim-message-wire";
import { day } from "./claim-values";
import { id, text, word } from "./wire";

/** A proof of a shipment, or the promise of one; what it does not use is null. Days as `2026-03-06` (claims.md 6.1). */
export interface WireEvidence {
  /** shipping_evidence or handling_shipping_evidence; an open set. */
  kind: string | null;
  /** mail, entrusted, personal_delivery, email; an open set. */
  method: string | null;
  attachments: WireClaimFile[];
  shippedOn: string | null;
  deliveredOn: string | null;
  handlingOn: string | null;
  agency: string | null;
  company: string | null;
  receiverEmail: string | null;
  receiverId: string | null;
  receiverName: string | null;
  trackingNumber: string | null;
}

/** One evidence; one without a type and a method is none. */
export const evidence = z
  .object({
    type: word,
    shipping_method: word,
    attachments: claimFiles,
    date_shipped: day,
    date_delivered: day,
    handling_date: day,
    destination_agency: text,
    shipping_company_name: text,
    receiver_email: text,
    receiver_id: id,
    receiver_name: text,
    tracking_number: id,
  })
  .refine(({ type, shipping_method }) => type !== null || shipping_method !== null)
  .transform(
    (wire): WireEvidence => ({
      kind: wire.type,
      method: wire.shipping_method,
      attachments: wire.attachments,
      shippedOn: wire.date_shipped,
      deliveredOn: wire.date_delivered,
      handlingOn: wire.handling_date,
      agency: wire.destination_agency,
      company: wire.shipping_company_name,
      receiverEmail: wire.receiver_email,
      receiverId: wire.receiver_id,
      receiverName: wire.receiver_name,
      trackingNumber: wire.tracking_number,
    }),
  );
