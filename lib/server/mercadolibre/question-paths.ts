import "server-only";
import { AppError } from "@/lib/shared/errors";
import { checked, digits, get, isItemId, post, type Route } from "./paths";

/** The addresses of questions that differ between the protocols (questions-and-contacts.md 1, 3). */
export interface QuestionPaths {
  /** Is there a scan for what lies beyond the last offset? Documented for `/questions/search` alone (1.1). */
  canScan: boolean;
  search(query: Route["query"]): Route;
  question(id: string): Route;
  answer(): Route;
  remove(id: string): Route;
}

/** Without it an older structure is answered (questions-and-contacts.md 1.1). */
const V4 = { api_version: "4" } as const;
const FAMILY = "questions";

const remove = (path: string): Route => ({ method: "DELETE", family: FAMILY, path, query: {} });

const under = (prefix: "" | "/marketplace"): Omit<QuestionPaths, "canScan"> => ({
  search: (query) => get(FAMILY, `${prefix}/questions/search`, { ...query, ...V4 }),
  question: (id) => get(FAMILY, `${prefix}/questions/${digits(id)}`, V4),
  answer: () => post(FAMILY, `${prefix}/answers`),
  remove: (id) => remove(`${prefix}/questions/${digits(id)}`),
});

/** The addresses of questions in an account's protocol. */
export const QUESTION_PATHS: Readonly<Record<"LOCAL" | "GLOBAL", QuestionPaths>> = {
  LOCAL: { ...under(""), canScan: true },
  GLOBAL: { ...under("/marketplace"), canScan: false },
};

/** A window of a list. */
export interface Window {
  limit: number;
  offset: number;
}
const window = (o: Window) => ({ limit: String(o.limit), offset: String(o.offset) });

const elementKey = (id: string) => checked("element id", /^[A-Za-z0-9-]{1,40}$/, id);

/** Addresses around questions for which no other form is documented in GLOBAL. */
export const ABOUT_QUESTIONS = {
  hide: (): Route => post(FAMILY, "/my/questions/hidden"),
  block: (sellerId: string): Route => post(FAMILY, `/users/${digits(sellerId)}/questions_blacklist`),
  unblock: (sellerId: string, buyerId: string): Route =>
    remove(`/users/${digits(sellerId)}/questions_blacklist/${digits(buyerId)}`),
  blacklist: (sellerId: string): Route => get(FAMILY, `/users/${digits(sellerId)}/questions_blacklist`),
  /** The newer list of the same buyers (questions-and-contacts.md 8). */
  blockApi: (sellerId: string, o: Window): Route =>
    get(FAMILY, `/block-api/search/users/${digits(sellerId)}`, {
      type: "blocked_by_questions",
      ...window(o),
    }),
  responseTime: (userId: string): Route => get(FAMILY, `/users/${digits(userId)}/questions/response_time`),
  infractions: (
    userId: string,
    o: Window & { elementType: string; elementId?: string | undefined; language: string | null },
  ): Route =>
    get(FAMILY, `/moderations/infractions/${digits(userId)}`, {
      element_type: o.elementType,
      ...(o.elementId === undefined ? {} : { element_id: elementKey(o.elementId) }),
      ...(o.language === null ? {} : { language: o.language }),
      sort: "date_created_desc",
      ...window(o),
    }),
  /** Public documentation, "items and searches": the same in both protocols. */
  itemsOf: (userId: string, o: Window): Route =>
    get("items", `/users/${digits(userId)}/items/search`, window(o)),
} as const;

/** More is refused by every search (questions-and-contacts.md 1.1, 3). */
export const LAST_OFFSET = 1_000;

/** An offset that may be sent. @throws AppError invalid_input */
export function offsetOf(offset: number): number {
  if (Number.isInteger(offset) && offset >= 0 && offset <= LAST_OFFSET) return offset;
  throw new AppError("invalid_input", "an offset that is never sent", { reason: "offset" });
}

/** An item id as it stands in a query. @throws AppError invalid_input */
export function itemFilter(id: string): string {
  if (isItemId(id)) return id;
  throw new AppError("invalid_input", "not a usable item id", { reason: "item_id" });
}
