import "server-only";
import { z } from "zod";
import type { Meli } from "./http";
import { type Item, itemFields, itemOf, readEach } from "./items";
import { isItemId } from "./paths";
import { ABOUT_QUESTIONS, offsetOf } from "./question-paths";
import { count, id, idOf, ids, list, part, text, word } from "./wire";

/** An item with what a seller looks at before answering. */
export interface Listing extends Item {
  /** `out_of_stock`, `paused_by_seller`, ...: an open set. */
  subStatus: string[];
  /** Banded in public views (questions-and-contacts.md 5.3). */
  stock: number | null;
  /** At most 12, those that have a value. */
  attributes: { name: string; value: string }[];
  /** `classified` for a listing that is contacted; an open set. */
  buyingMode: string | null;
  categoryId: string | null;
}

const MOST_ATTRIBUTES = 12;
const PAGE_SIZE = 50;

const attribute = z.object({ id, name: text, value_name: text, values: list(z.object({ name: text })) });

const listingFields = itemFields.extend({
  sub_status: ids,
  available_quantity: count,
  attributes: list(attribute),
  buying_mode: word,
  category_id: id,
});

const MORE = ["sub_status", "available_quantity", "attributes", "buying_mode", "category_id"] as const;

function listingOf(itemId: string, wire: z.output<typeof listingFields>): Listing {
  const attributes = wire.attributes.flatMap((one) => {
    const name = one.name ?? one.id;
    const value = one.value_name ?? one.values.flatMap((each) => each.name ?? []).join(", ");
    return name === null || value === "" ? [] : [{ name, value }];
  });
  return {
    ...itemOf(itemId, wire),
    subStatus: wire.sub_status,
    stock: wire.available_quantity,
    attributes: attributes.slice(0, MOST_ATTRIBUTES),
    buyingMode: wire.buying_mode,
    categoryId: wire.category_id,
  };
}

/**
 * Listings by id; ids that are unknown, foreign or malformed are left out. LOCAL asks for 20 at a time, GLOBAL one by one
 * (questions-and-contacts.md 5.3).
 * @throws MeliError for anything but 403 and 404
 */
export async function readListings(meli: Meli, ids: readonly string[]): Promise<Map<string, Listing>> {
  return await readEach(meli, ids, listingFields, listingOf, MORE);
}

const itemsPage = z.object({
  results: z.array(z.unknown()).nullable(),
  paging: part(z.object({ total: count })),
});

/**
 * One page of the ids of what a user sells, at most 50; the next begins 50 further on, up to offset 1,000. Public
 * documentation, "items and searches". What is no item id is left out.
 * @throws MeliError; AppError invalid_input for an offset beyond 1,000
 */
export async function listItemIds(
  meli: Meli,
  sellerId: string,
  o: { offset: number },
): Promise<{ ids: string[]; total: number }> {
  const offset = offsetOf(o.offset);
  const body = await meli.wire.read(
    ABOUT_QUESTIONS.itemsOf(sellerId, { limit: PAGE_SIZE, offset }),
    itemsPage,
  );
  const found = body.results ?? [];
  return {
    ids: found.flatMap((one) => idOf(one) ?? []).filter(isItemId),
    total: body.paging.total ?? offset + found.length + (found.length >= PAGE_SIZE ? 1 : 0),
  };
}
