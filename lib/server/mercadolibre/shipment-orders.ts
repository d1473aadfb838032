import "server-only";
import { z } from "zod";
import { readContext } from "./context-read";
import type { Meli } from "./http";
import { digits, get } from "./paths";
import { list, number } from "./wire";

const lines = list(z.object({ order_id: number }));

/** The orders in a parcel; none when it is not there, not ours, or tells nothing (questions-and-contacts.md 5.4). Both
 *  protocols have the one address. @throws MeliError */
export async function readShipmentOrders(meli: Meli, shipmentId: string): Promise<string[]> {
  const route = get("shipments", `/shipments/${digits(shipmentId)}/orders`, {}, { "x-new-domain": "true" });
  const found = await readContext(meli, [route], lines);
  return [...new Set((found ?? []).flatMap(({ order_id: id }) => (id === null ? [] : [id])))];
}
