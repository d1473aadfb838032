import "server-only";
import { AppError } from "@/lib/shared/errors";
import type { Family } from "./http";

/** One call, before its body: everything in `path` is validated and encoded, everything in `query` gets encoded. */
export interface Route {
  method: "GET" | "POST" | "DELETE";
  family: Family;
  path: string;
  query: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
}

interface PackRef {
  packId: string;
  sellerId: string;
}

interface Page {
  limit: number;
  offset: number;
}

/** Sales made since an instant, or changed since one. */
export type SalesFilter = { sellerId: string } & ({ since: Date } | { changedSince: Date });

/** Every address that differs between the two protocols. Where two are given, the second is the older form, tried on 404. */
export interface Paths {
  conversation(o: PackRef & Page): readonly Route[];
  message(messageId: string): Route;
  send(o: PackRef): Route;
  unread(userId: string): readonly Route[];
  upload(siteId: string): Route;
  download(o: { siteId: string; filename: string }): Route;
  order(orderId: string): Route;
  sales(o: Page & SalesFilter): Route;
  pack(packId: string): readonly Route[];
  item(itemId: string): Route;
  shipment(shipmentId: string): Route;
}

const POST_SALE = { tag: "post_sale" } as const;

/** A read of an address whose parts are checked already. */
export const get = (
  family: Family,
  path: string,
  query: Route["query"] = {},
  headers?: Route["headers"],
): Route => ({ method: "GET", family, path, query, ...(headers === undefined ? {} : { headers }) });

/** A write to an address whose parts are checked already. */
export const post = (family: Family, path: string, query: Route["query"] = {}): Route => ({
  method: "POST",
  family,
  path,
  query,
});

/** A value as one segment of a path. @throws AppError invalid_input */
export function checked(kind: string, pattern: RegExp, value: string): string {
  if (pattern.test(value)) return encodeURIComponent(value);
  throw new AppError("invalid_input", `not a usable ${kind}`, { reason: kind.replaceAll(" ", "_") });
}

/** User, pack, order and shipment ids are digits. @throws AppError invalid_input */
export const digits = (id: string) => checked("numeric id", /^\d{1,20}$/, id);
const messageKey = (id: string) => checked("message id", /^[A-Za-z0-9-]{1,64}$/, id);
const itemKey = (id: string) => checked("item id", /^[A-Z]{2,4}-?\d{1,20}$/i, id);
const siteKey = (id: string) => checked("site id", /^[A-Z]{3}$/, id);
/** A system name of a file. @throws AppError invalid_input */
export const fileKey = (name: string) => checked("file name", /^(?!\.{1,2}$)[A-Za-z0-9_.-]{1,300}$/, name);

const page = (o: Page) => ({ limit: String(o.limit), offset: String(o.offset) });
const unmarked = (o: Page) => ({ ...page(o), mark_as_read: "false" });

const salesFilter = (o: Page & SalesFilter) => ({
  seller: digits(o.sellerId),
  sort: "date_desc",
  ...("since" in o
    ? { "order.date_created.from": o.since.toISOString() }
    : { "order.date_last_updated.from": o.changedSince.toISOString() }),
  ...page(o),
});

const LOCAL: Paths = {
  conversation: (o) => [
    get("messages", `/messages/packs/${digits(o.packId)}/sellers/${digits(o.sellerId)}`, {
      ...POST_SALE,
      ...unmarked(o),
    }),
  ],
  message: (id) => get("messages", `/messages/${messageKey(id)}`, POST_SALE),
  send: (o) =>
    post("messages", `/messages/packs/${digits(o.packId)}/sellers/${digits(o.sellerId)}`, POST_SALE),
  unread: (userId) => [
    get("messages", "/messages/unread", { role: "seller", ...POST_SALE }),
    globalUnread(userId), // some Brazilian accounts only get an answer here (messages.md 8)
  ],
  upload: (siteId) => post("messages", "/messages/attachments", { ...POST_SALE, site_id: siteKey(siteId) }),
  download: (o) =>
    get("messages", `/messages/attachments/${fileKey(o.filename)}`, {
      ...POST_SALE,
      site_id: siteKey(o.siteId),
    }),
  order: (id) => get("orders", `/orders/${digits(id)}`),
  sales: (o) => get("orders", "/orders/search", salesFilter(o)),
  pack: (id) => [get("packs", `/packs/${digits(id)}`)],
  item: (id) => get("items", `/items/${itemKey(id)}`),
  shipment: (id) => get("shipments", `/shipments/${digits(id)}`, {}, { "x-format-new": "true" }),
};

const globalUnread = (userId: string) =>
  get("messages", "/marketplace/messages/unread", { role: "seller", ...POST_SALE, user_id: digits(userId) });

const GLOBAL: Paths = {
  conversation: (o) => [
    get("messages", `/marketplace/messages/packs/${digits(o.packId)}`, unmarked(o)),
    get(
      "messages",
      `/marketplace/messages/packs/${digits(o.packId)}/sellers/${digits(o.sellerId)}`,
      unmarked(o),
    ),
  ],
  message: (id) => get("messages", `/marketplace/messages/${messageKey(id)}`),
  send: (o) => post("messages", `/marketplace/messages/packs/${digits(o.packId)}`),
  unread: (userId) => [globalUnread(userId)],
  upload: (siteId) => post("messages", "/marketplace/messages/attachments", { site_id: siteKey(siteId) }),
  download: (o) =>
    get("messages", `/marketplace/messages/attachments/${fileKey(o.filename)}`, {
      ...POST_SALE,
      site_id: siteKey(o.siteId),
    }),
  order: (id) => get("orders", `/marketplace/orders/${digits(id)}`),
  sales: (o) => get("orders", "/marketplace/orders/search", salesFilter(o)),
  pack: (id) => [
    get("packs", `/marketplace/orders/pack/${digits(id)}`),
    get("packs", `/packs/${digits(id)}`),
  ],
  item: (id) => get("items", `/marketplace/items/${itemKey(id)}`),
  shipment: (id) => get("shipments", `/marketplace/shipments/${digits(id)}`, {}, { "x-format-new": "true" }),
};

/** The addresses of an account's protocol: the one place that knows both (messages.md 2, 5; auth-and-limits.md 5). */
export const PATHS: Readonly<Record<"LOCAL" | "GLOBAL", Paths>> = { LOCAL, GLOBAL };

/** The action guide, which LOCAL alone has (messages.md 3, 5). The option goes into the body, not the address. */
export const GUIDE = {
  options: (packId: string): Route =>
    get("messages", `/messages/action_guide/packs/${digits(packId)}`, POST_SALE),
  caps: (packId: string): Route =>
    get("messages", `/messages/action_guide/packs/${digits(packId)}/caps_available`, POST_SALE),
  begin: (packId: string): Route =>
    post("messages", `/messages/action_guide/packs/${digits(packId)}/option`, POST_SALE),
} as const;

/** Addresses that are the same in both protocols. */
export const COMMON = {
  me: (): Route => get("users", "/users/me"),
  user: (id: string): Route => get("users", `/users/${digits(id)}`),
  /** Notifications that could not be delivered; no site is needed without a topic (notifications.md 5). */
  missedFeeds: (o: { clientId: string; limit: number; offset: number }): Route =>
    get("missed_feeds", "/missed_feeds", { app_id: o.clientId, ...page(o) }),
  marketplaces: (cbtUserId: string): Route => get("users", `/marketplace/users/${digits(cbtUserId)}`),
  /** At most 20 distinct ids (questions-and-contacts.md 5.3). */
  items: (ids: readonly string[]): Route =>
    get("items", "/items/bulk", {
      ids: ids.map(itemKey).join(","),
      attributes: [
        "status_code",
        ...[
          "id",
          "title",
          "price",
          "currency_id",
          "permalink",
          "thumbnail",
          "secure_thumbnail",
          "status",
        ].map((field) => `body.${field}`),
      ].join(","),
    }),
} as const;

/** Is this an id that an item can have? Others are left out before a bulk read, which one bad id would sink. */
export const isItemId = (id: string): boolean => /^[A-Z]{2,4}-?\d{1,20}$/i.test(id);

/**
 * The absolute address of a call.
 * @throws AppError bug when joining would leave the base (another origin, or above its path).
 */
export function addressOf(apiUrl: string, route: Pick<Route, "path" | "query">): URL {
  const base = new URL(apiUrl);
  const prefix = base.pathname.replace(/\/+$/, "");
  const url = new URL(`${base.origin}${prefix}${route.path}`);
  for (const [key, value] of Object.entries(route.query)) url.searchParams.set(key, value);
  const isInside =
    /^\/(?!\/)/.test(route.path) && url.origin === base.origin && url.pathname === `${prefix}${route.path}`;
  if (!isInside || url.username !== "" || url.hash !== "") {
    throw new AppError("bug", "a path left the base address of Mercado Libre");
  }
  return url;
}
