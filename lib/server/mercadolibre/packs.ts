import "server-only";
import { z } from "zod";
import { readContext } from "./context-read";
import type { Meli } from "./http";
import { PATHS } from "./paths";
import { ids, number, part, requiredNumber, word } from "./wire";

export interface Pack {
  id: string;
  /** Only the orders of the seller whose token is used are visible. */
  orderIds: string[];
  shipmentId: string | null;
  buyerId: string | null;
  status: string | null;
}

const pack = z
  .object({
    id: requiredNumber,
    status: word,
    orders: ids,
    shipment: part(z.object({ id: number })),
    buyer: part(z.object({ id: number })),
  })
  .transform(
    (wire): Pack => ({
      id: wire.id,
      orderIds: wire.orders,
      shipmentId: wire.shipment.id,
      buyerId: wire.buyer.id,
      status: wire.status,
    }),
  );

/** The purchase behind a conversation; null when it is no pack (then the id is an order's) or not ours (questions-and-contacts.md 5.2). @throws MeliError */
export async function readPack(meli: Meli, packId: string): Promise<Pack | null> {
  return await readContext(meli, PATHS[meli.profile].pack(packId), pack);
}
