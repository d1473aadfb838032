import "server-only";
import { z } from "zod";
import type { Money } from "@/lib/shared/money";
import { isAbsent, readContext } from "./context-read";
import type { Meli } from "./http";
import { COMMON, isItemId, PATHS } from "./paths";
import { amount, count, id, moneyOf, part, sift, text, word } from "./wire";

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

/** What every reader of items asks for. */
export const itemFields = z.object({
  id,
  title: text,
  thumbnail: text,
  secure_thumbnail: text,
  permalink: text,
  price: amount,
  currency_id: text,
  status: word,
});

/** An item as its fields tell it. */
export const itemOf = (itemId: string, wire: z.output<typeof itemFields>): Item => ({
  id: itemId,
  title: wire.title ?? "",
  thumbnail: (wire.secure_thumbnail ?? wire.thumbnail)?.replace(/^http:/i, "https:") ?? null,
  permalink: wire.permalink,
  price: moneyOf(wire.price, wire.currency_id),
  status: wire.status,
});

/**
 * What is being sold, by id; ids that are unknown, foreign or malformed are left out. LOCAL asks for 20 at a time, GLOBAL one by one.
 * @throws MeliError for anything but 403 and 404
 */
export async function readItems(meli: Meli, ids: string[]): Promise<Map<string, Item>> {
  return await readEach(meli, ids, itemFields, itemOf);
}

/**
 * Items as `fields` reads them, under the rules of readItems. `more` names what a bulk read must give beside the fields of an
 * Item: it drops what is not named (questions-and-contacts.md 5.3).
 * @throws MeliError for anything but 403 and 404
 */
export async function readEach<W extends { id: string | null }, T>(
  meli: Meli,
  ids: readonly string[],
  fields: z.ZodType<W>,
  of: (itemId: string, wire: W) => T,
  more: readonly string[] = [],
): Promise<Map<string, T>> {
  const distinct = [...new Set(ids)].filter(isItemId); // a repeated id would be refused with the whole call
  const found = new Map<string, T>();
  if (meli.profile === "GLOBAL") {
    const single = fields.refine((wire) => wire.id !== null);
    for (const itemId of distinct) {
      const wire = await readContext(meli, [PATHS.GLOBAL.item(itemId)], single);
      if (wire !== null) found.set(itemId, of(itemId, wire));
    }
    return found;
  }
  for (let from = 0; from < distinct.length; from += MOST_AT_ONCE) {
    for (const wire of await readBulk(meli, distinct.slice(from, from + MOST_AT_ONCE), fields, more)) {
      if (wire.id !== null) found.set(wire.id, of(wire.id, wire));
    }
  }
  return found;
}

async function readBulk<W>(
  meli: Meli,
  ids: readonly string[],
  fields: z.ZodType<W>,
  more: readonly string[],
): Promise<W[]> {
  const { query, ...plain } = COMMON.items(ids);
  const attributes = [query.attributes, ...more.map((name) => `body.${name}`)].join(",");
  let rows: unknown[];
  try {
    rows = await meli.wire.read({ ...plain, query: { ...query, attributes } }, z.array(z.unknown()));
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
  // `{status_code|code, id?, body?}`: an unknown id comes without a body.
  const row = z.object({ status_code: count, code: count, body: part(fields) });
  return sift(rows, row).kept.flatMap(({ status_code, code, body }) => {
    const status = status_code ?? code ?? 200;
    return status < 200 || status > 299 ? [] : [body];
  });
}
