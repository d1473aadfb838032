import "server-only";
import { z } from "zod";
import { isRecord } from "./json";
import { digits } from "./paths";
import {
  count,
  date,
  digitsOf,
  field,
  flag,
  id,
  idOf,
  number,
  part,
  requiredNumber,
  site,
  siteOfItem,
  text,
  textOf,
} from "./wire";

export interface Question {
  id: string;
  /** `""` when the answer has none. */
  sellerId: string;
  /** The CBT id in GLOBAL. */
  itemId: string;
  /** GLOBAL: the item on the site where it was asked. */
  marketplaceItemId: string | null;
  /** Where it was asked: as told, else the site that its item names. */
  siteId: string | null;
  /** Upper case, an open set (questions-and-contacts.md 1.3). */
  status: string;
  /** `""` for one that was banned: never "no question". */
  text: string;
  textTranslated: string | null;
  createdAt: Date;
  /** By id alone. */
  updatedAt: Date | null;
  answer: QuestionAnswer | null;
  /** `from.id`, else `buyer_id`. */
  buyerId: string | null;
  /** By id alone, and in practice only for classifieds (1.2). */
  buyer: { name: string | null; email: string | null; phone: string | null } | null;
  isDeletedFromListing: boolean;
  /** It cannot be answered yet. */
  isOnHold: boolean;
  isSuspectedSpam: boolean;
  /** The application that asked. */
  appId: string | null;
}

export interface QuestionAnswer {
  /** `""` for one that was banned. */
  text: string;
  textTranslated: string | null;
  /** ACTIVE, DISABLED, BANNED; an open set, `UNKNOWN` when the answer has none. */
  status: string;
  createdAt: Date | null;
}

/** Documented in upper case; prose and some clients have it in lower (questions-and-contacts.md 7). */
const status = field((value) => textOf(value)?.trim().toUpperCase() ?? null);

const answerFields = z.object({ text, text_translated: text, status, date_created: date }).transform(
  (wire): QuestionAnswer => ({
    text: wire.text ?? "",
    textTranslated: wire.text_translated,
    status: wire.status ?? "UNKNOWN",
    createdAt: wire.date_created,
  }),
);

/** Null, missing and an object that says nothing are no answer. */
const answer = field((value): QuestionAnswer | null => {
  const says = isRecord(value) && [value.text, value.status, value.date_created].some((one) => one != null);
  return says ? answerFields.parse(value) : null;
});

/** `{area_code, number}`, or the number alone. */
const phone = field((value): string | null => {
  if (!isRecord(value)) return idOf(value);
  const parts = [idOf(value.area_code), idOf(value.number)].filter((one) => one !== null);
  return parts.length === 0 ? null : parts.join(" ");
});

/** A person's id; 0 is nobody's, and would make one buyer of many. */
const personId = field((value) => {
  const found = digitsOf(value);
  return found === null || /^0+$/.test(found) ? null : found;
});

const asker = part(z.object({ id: personId, first_name: text, last_name: text, email: text, phone }));

function buyerOf(from: z.output<typeof asker>): Question["buyer"] {
  const name = [from.first_name, from.last_name].flatMap((one) => one?.trim() ?? []).join(" ");
  const buyer = { name: name === "" ? null : name, email: from.email, phone: from.phone };
  return Object.values(buyer).every((one) => one === null) ? null : buyer;
}

/** A question, of a search or by id, in both protocols. Without id, item, status or date it is none
 *  (questions-and-contacts.md 1.2, 3). */
export const question = z
  .object({
    id: requiredNumber,
    seller_id: number,
    item_id: id,
    marketplace_item_id: id,
    site_id: site,
    status,
    text,
    text_translated: text,
    date_created: date,
    last_updated: date,
    answer,
    from: asker,
    buyer_id: personId,
    deleted_from_listing: flag,
    hold: flag,
    suspected_spam: flag,
    app_id: number,
  })
  .transform((wire, context): Question => {
    if (wire.item_id === null || wire.status === null || wire.date_created === null) {
      context.issues.push({
        code: "custom",
        message: "a question without item, status or date",
        input: null,
      });
      return z.NEVER;
    }
    return {
      id: wire.id,
      sellerId: wire.seller_id ?? "",
      itemId: wire.item_id,
      marketplaceItemId: wire.marketplace_item_id,
      siteId: wire.site_id ?? siteAsked(wire.marketplace_item_id ?? wire.item_id),
      status: wire.status,
      text: wire.text ?? "",
      textTranslated: wire.text_translated,
      createdAt: wire.date_created,
      updatedAt: wire.last_updated,
      answer: wire.answer,
      buyerId: wire.from.id ?? wire.buyer_id,
      buyer: buyerOf(wire.from),
      isDeletedFromListing: wire.deleted_from_listing,
      isOnHold: wire.hold,
      isSuspectedSpam: wire.suspected_spam,
      appId: wire.app_id,
    };
  });

/** Nobody buys on CBT: it is where a global item is kept. */
function siteAsked(itemId: string): string | null {
  const found = siteOfItem(itemId);
  return found === "CBT" ? null : found;
}

/** A page of a search: no `paging`, the total at its root, and the id of a scan (questions-and-contacts.md 1.1). What
 *  `filters` repeats is not read: `is_admin` comes as a text and `seller` as 0 (3). */
export const questionPage = z.object({
  total: count,
  scroll_id: text,
  questions: z.array(z.unknown()).nullable(),
});

/** The question in the answer of an act; null when the answer is something else. */
export const questionIn = (value: unknown): Question | null => question.safeParse(value).data ?? null;

/** An id as the integer that a body needs, whatever its size: JSON.stringify would round one beyond 2^53.
 *  @throws AppError invalid_input */
export const integer = (id: string): string => BigInt(digits(id)).toString();
