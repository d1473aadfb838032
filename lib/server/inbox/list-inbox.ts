import "server-only";
import type { Session } from "@/lib/server/accounts/current-session";
import { runtime } from "@/lib/server/runtime";
import {
  countStates,
  type InboxCursor,
  isByTime,
  listInboxRows,
  reviveRow,
  type ToldRow,
} from "@/lib/server/store/inbox";
import type { InboxCounts, InboxFilter, InboxPage } from "@/lib/shared/api/inbox";
import { AppError } from "@/lib/shared/errors";

const PAGE = 50;
/** Numbers that the database can compare: a rank or an instant, and the number of a thread. */
const CURSOR = /^(due|new|rest)\.(\d{1,15})\.(\d{1,18})$/;
/** The last instant that ISO 8601 writes with four digits of a year. */
const LAST_INSTANT = Date.UTC(9999, 11, 31);

/** @param isByTime the list knows no ranks */
function parseCursor(text: string | undefined, isByTime: boolean): InboxCursor | null {
  if (text === undefined) return null;
  const [, part, at, id] = CURSOR.exec(text) ?? [];
  const isInstant = part === "new" || part === "rest" || isByTime;
  const isPart = part === "due" || part === "new" || part === "rest";
  if (!isPart || (isInstant && Number(at) > LAST_INSTANT) || at === undefined || id === undefined) {
    throw new AppError("invalid_input", "unknown cursor", { fields: { cursor: "format" } });
  }
  return { part, at: Number(at), id };
}

/** A page of 50 conversations of all the user's accounts, or of one of them, as browsers are told it: what is due first,
 *  then new ones, then the newest.
 *  @throws AppError invalid_input for a cursor of nobody's, not_found for an account that is not the user's. */
export async function listInbox(
  session: Session,
  query: InboxFilter & { cursor?: string | undefined },
): Promise<Omit<InboxPage, "rows"> & { rows: ToldRow[] }> {
  const { database } = runtime();
  const accountIds = scopeOf(session, query.account);
  const scope = {
    userId: session.userId,
    accountIds,
    channel: query.channel ?? null,
    state: query.state ?? null,
  };
  const cursor = parseCursor(query.cursor, isByTime(scope.state));
  const { rows, next, counts } = await listInboxRows(database.pool, scope, cursor, PAGE);
  return { rows, nextCursor: next === null ? null : `${next.part}.${next.at}.${next.id}`, counts };
}

/** The same with instants as dates, for a page that is rendered here. @throws AppError not_found */
export async function readInbox(session: Session, filter: InboxFilter): Promise<InboxPage> {
  const { rows, ...page } = await listInbox(session, filter);
  return { ...page, rows: rows.map(reviveRow) };
}

/** How many conversations the lists hold that can be chosen from here. @throws AppError not_found */
export async function countLists(
  session: Session,
  { account, channel }: Pick<InboxFilter, "account" | "channel">,
): Promise<InboxCounts> {
  const accountIds = scopeOf(session, account);
  return countStates(runtime().database.pool, {
    userId: session.userId,
    accountIds,
    channel: channel ?? null,
  });
}

/** The accounts a request may read: all of the user's, or the one it names. @throws AppError not_found for another's. */
export function scopeOf(session: Session, account: string | undefined): Session["accountIds"] {
  if (account === undefined) return session.accountIds;
  const own = session.accountIds.filter((id) => id === account);
  if (own.length === 0) throw new AppError("not_found", "not an account of this user");
  return own;
}
