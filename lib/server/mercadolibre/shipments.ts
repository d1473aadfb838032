import "server-only";
import { z } from "zod";
import { readContext } from "./context-read";
import type { Meli } from "./http";
import { isRecord } from "./json";
import { PATHS } from "./paths";
import { date, dateOf, field, id, part, requiredNumber, text, textOf, word } from "./wire";

export interface Shipment {
  id: string;
  /** Lower case, an open set: `ready_to_ship`, `shipped`, `delivered`, ... */
  status: string;
  substatus: string | null;
  trackingNumber: string | null;
  trackingMethod: string | null;
  /** `fulfillment`, `cross_docking`, `self_service`, ... */
  logisticType: string | null;
  /** `me2`, ... */
  mode: string | null;
  estimatedAt: Date | null;
  /** The last day promised. */
  limitAt: Date | null;
  receiverName: string | null;
  updatedAt: Date | null;
  /** Oldest first; absent when the answer has none. */
  history?: { status: string; at: Date }[];
}

const day = part(z.object({ date }));

/** Moments of the old layout: `{"date_shipped": "...", ...}`. */
const history = field((value) =>
  Object.entries(isRecord(value) ? value : {})
    .flatMap(([key, when]) => {
      const at = dateOf(when);
      return at !== null && key.startsWith("date_") ? [{ status: key.slice("date_".length), at }] : [];
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime()),
);

const shipment = z
  .object({
    id: requiredNumber,
    status: word,
    substatus: word,
    tracking_number: id,
    tracking_method: text,
    logistic: part(z.object({ mode: word, type: word })),
    logistic_type: word,
    mode: word,
    lead_time: part(
      z.object({
        estimated_delivery_time: day,
        estimated_delivery_final: day,
        estimated_delivery_limit: day,
      }),
    ),
    destination: part(z.object({ receiver_name: text })),
    receiver_name: field(textOf),
    last_updated: date,
    status_history: history,
  })
  .transform(
    (wire): Shipment => ({
      id: wire.id,
      status: wire.status ?? "unknown",
      substatus: wire.substatus,
      trackingNumber: wire.tracking_number,
      trackingMethod: wire.tracking_method,
      logisticType: wire.logistic.type ?? wire.logistic_type,
      mode: wire.logistic.mode ?? wire.mode,
      estimatedAt:
        wire.lead_time.estimated_delivery_time.date ?? wire.lead_time.estimated_delivery_final.date,
      limitAt: wire.lead_time.estimated_delivery_limit.date,
      receiverName: wire.destination.receiver_name ?? wire.receiver_name,
      updatedAt: wire.last_updated,
      ...(wire.status_history.length === 0 ? {} : { history: wire.status_history }),
    }),
  );

/** A parcel, with the header that is mandatory since 12/10/2025; null when it is not there or not ours (questions-and-contacts.md 5.4). @throws MeliError */
export async function readShipment(meli: Meli, shipmentId: string): Promise<Shipment | null> {
  return await readContext(meli, [PATHS[meli.profile].shipment(shipmentId)], shipment);
}
