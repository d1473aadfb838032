import "server-only";
import { z } from "zod";
import type { Money } from "@/lib/shared/money";
import { isAbsent, readContext } from "./context-read";
import type { Meli } from "./http";
import { COMMON, isItemId, PATHS } from "./paths";
import { amount, count, id, moneyOf, part, requiredId, sift, text, word } from "./wire";

export interface Item {
  id: string;
  title: string;
  /** Always https. */
  thumbnail: string | null;
  permalink: string | null;
  price: Money | null;
  status: string | null;
}

/** 21 ids are refused (questions-and-contacts.md 5.3). */
const MOST_AT_ONCE = 20;

const itemFields = z.object({
  title: text,
  thumbnail: text,
  secure_thumbnail: text,
  permalink: text,
  price: amount,
  currency_id: text,
  status: word,
});

const itemOf = (itemId: string, wire: z.output<typeof itemFields>): Item => ({
  id: itemId,
  title: wire.title ?? "",
  thumbnail: (wire.secure_thumbnail ?? wire.thumbnail)?.replace(/^http:/i, "https:") ?? null,
  permalink: wire.permalink,
  price: moneyOf(wire.price, wire.currency_id),
  status: wire.status,
});

const single = itemFields.extend({ id: requiredId }).transform((wire) => itemOf(wire.id, wire));

/** `{status_code|code, id?, body?}`: an unknown id comes without a body. */
const bulkRow = z.object({ status_code: count, code: count, body: part(itemFields.extend({ id })) });

/**
 * What is being sold, by id; ids that are unknown, foreign or malformed are left out. LOCAL asks for 20 at a time, GLOBAL one by one.
 * @throws MeliError for anything but 403 and 404
 */
export async function readItems(meli: Meli, ids: string[]): Promise<Map<string, Item>> {
  const distinct = [...new Set(ids)].filter(isItemId); // a repeated id would be refused with the whole call
  const found = new Map<string, Item>();
  if (meli.profile === "GLOBAL") {
    for (const itemId of distinct) {
      const item = await readContext(meli, [PATHS.GLOBAL.item(itemId)], single);
      if (item !== null) found.set(itemId, item);
    }
    return found;
  }
  for (let from = 0; from < distinct.length; from += MOST_AT_ONCE) {
    const rows = await readBulk(meli, distinct.slice(from, from + MOST_AT_ONCE));
    for (const item of rows) found.set(item.id, item);
  }
  return found;
}

async function readBulk(meli: Meli, ids: readonly string[]): Promise<Item[]> {
  let rows: unknown[];
  try {
    rows = await meli.wire.read(COMMON.items(ids), z.array(z.unknown()));
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
  return sift(rows, bulkRow).kept.flatMap((row) => {
    const status = row.status_code ?? row.code ?? 200;
    return status < 200 || status > 299 || row.body.id === null ? [] : [itemOf(row.body.id, row.body)];
  });
}
