import "server-only";
import type { ContactKind } from "@/lib/shared/api/leads";
import { checked, digits, get, type Route } from "./paths";

/** Whose contacts: those of one listing, or of all listings of a seller. */
export type ContactSubject = { itemId: string } | { userId: string };

/** The last so many hours or days, of which the last one contains `ending` (questions-and-contacts.md 4.1). */
export interface ContactWindow {
  last: number;
  unit: "hour" | "day";
  ending: Date;
  /** How Mercado Libre lists them; ours are ascending whatever it is. */
  order?: "asc" | "desc";
  limit?: number;
  offset?: number;
}

const FAMILY = "contacts";

/** An item id as one segment of a path. @throws AppError invalid_input */
export const itemKey = (id: string) => checked("item id", /^[A-Z]{2,4}-?\d{1,20}$/i, id);

const figure = (name: string, least: number, value: number) =>
  checked(name, /^\d{1,9}$/, Number.isSafeInteger(value) && value >= least ? String(value) : "");

const placeOf = (subject: ContactSubject) =>
  "itemId" in subject ? `/items/${itemKey(subject.itemId)}` : `/users/${digits(subject.userId)}`;

const queryOf = (window: ContactWindow): Record<string, string> => ({
  last: figure("number of buckets", 1, window.last),
  unit: window.unit,
  ending: window.ending.toISOString(),
  ...(window.order === undefined ? {} : { order: window.order }),
  ...(window.limit === undefined ? {} : { limit: figure("limit", 1, window.limit) }),
  ...(window.offset === undefined ? {} : { offset: figure("offset", 0, window.offset) }),
});

/** The addresses of contact counters, the same for every account (questions-and-contacts.md 4.1). */
export const CONTACT_PATHS = {
  /** The documents print the end as the last instant that counts (`…T23:59:59.999`), so ours, which no longer counts, is
   *  written one millisecond earlier. */
  total: (kind: ContactKind, subject: ContactSubject, period: { from: Date; to: Date }): Route =>
    get(FAMILY, `${placeOf(subject)}/contacts/${kind}`, {
      date_from: period.from.toISOString(),
      date_to: new Date(period.to.getTime() - 1).toISOString(),
    }),
  series: (kind: ContactKind, subject: ContactSubject, window: ContactWindow): Route =>
    get(FAMILY, `${placeOf(subject)}/contacts/${kind}/time_window`, queryOf(window)),
  /** Several items: the collection, and the address that most pages print for questions, a list below one item
   *  (questions-and-contacts.md 8). */
  seriesOfItems(kind: ContactKind, itemIds: readonly string[], window: ContactWindow): readonly Route[] {
    const keys = itemIds.map(itemKey);
    const places = ["/items", `/items/${keys[0]}`];
    return places.map((place) =>
      get(FAMILY, `${place}/contacts/${kind}/time_window`, { ids: keys.join(","), ...queryOf(window) }),
    );
  },
} as const;
