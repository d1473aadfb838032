import "server-only";
import type { Session } from "@/lib/server/accounts/current-session";
import { scopeOf } from "@/lib/server/inbox/list-inbox";
import { runtime } from "@/lib/server/runtime";
import { listAccountsOf } from "@/lib/server/store/accounts";
import { type LeadSyncRow, listLeadSyncs, wishLeads } from "@/lib/server/store/lead-syncs";
import { countLeadItems, countLeadTypes, type LeadCursor, listLeadRows } from "@/lib/server/store/leads";
import type { LeadSync, LeadsFilter, LeadsPage } from "@/lib/shared/api/leads";
import { isDay, LONGEST_DAYS, periodOf } from "@/lib/shared/contacts/periods";
import { AppError } from "@/lib/shared/errors";
import type { AccountId } from "@/lib/shared/ids";
import { zoneOf } from "./chosen-period";
import { withClassifieds } from "./contacts-view";
import { dayBefore, maxDay } from "./days";
import { problemView } from "./read-problem";

const PAGE = 50;
const MOST_ITEMS = 200;
/** What is older is read again when somebody looks, should no worker have done so. */
const STALE_MS = 20 * 60_000;
/** A person who asks for it gets it read again, but not more often. */
const ASKED_MS = 60_000;
const CURSOR = /^(\d{1,15})\.([A-Za-z0-9_-]{1,80})$/;

/**
 * A page of 50 leads of all the user's accounts, or of one, the newest first: what is held. Has those read that are not held yet;
 * `sync` says how far that is.
 * @throws AppError not_found for an account that is not the user's, invalid_input for days, a zone or a cursor that do not exist
 */
export async function listLeadsPage(
  session: Session,
  query: LeadsFilter & { cursor?: string | undefined },
): Promise<LeadsPage> {
  const { db, database } = runtime();
  const now = new Date();
  const cursor = parseCursor(query.cursor);
  const accountIds = scopeOf(session, query.account);
  const scope = {
    accountIds,
    type: query.type ?? null,
    itemId: query.item ?? null,
    isGuest: query.guests === undefined ? null : query.guests === "only",
    ...daysOf(query, now),
  };
  const isFirst = cursor === null;
  if (isFirst) await wishWhatLacks(session, accountIds, scope.from, now);
  const [{ rows, next }, types, items, syncs] = await Promise.all([
    listLeadRows(database.pool, scope, cursor, PAGE),
    isFirst ? countLeadTypes(database.pool, scope) : null,
    isFirst ? countLeadItems(database.pool, scope, MOST_ITEMS) : null,
    listLeadSyncs(db, accountIds),
  ]);
  return {
    rows,
    nextCursor: next === null ? null : `${next.at}.${next.id}`,
    counts: types === null ? null : { all: types.reduce((sum, { count }) => sum + count, 0), types },
    items,
    hasClassifieds: syncs.some((sync) => sync.hasClassifieds === true),
    sync: syncOf(syncs, now),
  };
}

/** Has leads read again, of one account or of all: of each at most once a minute. Accounts without classified listings are looked
 *  at once more. @throws AppError not_found */
export async function refreshLeads(session: Session, account: string | undefined): Promise<void> {
  const rt = runtime();
  const now = new Date();
  const accountIds = scopeOf(session, account);
  const accounts = await listAccountsOf(rt.db, session.userId, accountIds);
  await withClassifieds(rt, accounts, now, { isForced: true });
  await wishLeads(rt.db, accountIds, {
    before: new Date(now.getTime() - ASKED_MS),
    evenAfterProblem: true,
  });
}

async function wishWhatLacks(
  session: Session,
  accountIds: readonly AccountId[],
  from: Date | null,
  now: Date,
): Promise<void> {
  const rt = runtime();
  const accounts = await listAccountsOf(rt.db, session.userId, accountIds);
  await withClassifieds(rt, accounts, now);
  const before = new Date(now.getTime() - STALE_MS);
  // A day more: whose days Mercado Libre means is not documented. Never further back than a period can be.
  const oldest = dayBefore(now, LONGEST_DAYS);
  const wanted = from === null ? null : dayBefore(from, 1);
  await wishLeads(rt.db, accountIds, {
    before,
    ...(wanted === null ? {} : { from: maxDay(wanted, oldest) }),
  });
}

function daysOf({ from, to, zone }: LeadsFilter, now: Date): { from: Date | null; to: Date | null } {
  const timeZone = zoneOf(zone ?? "UTC");
  for (const [field, day] of Object.entries({ from, to })) {
    if (day !== undefined && !isDay(day)) refuse(field);
  }
  if (from !== undefined && to !== undefined && to < from) refuse("to");
  const edge = (day: string | undefined) =>
    day === undefined ? null : periodOf({ from: day, to: day }, now, timeZone);
  return { from: edge(from)?.from ?? null, to: edge(to)?.to ?? null };
}

function refuse(field: string): never {
  throw new AppError("invalid_input", "no such days", { fields: { [field]: "impossible" } });
}

function parseCursor(text: string | undefined): LeadCursor | null {
  if (text === undefined) return null;
  const [, at, id] = CURSOR.exec(text) ?? [];
  if (at === undefined || id === undefined) {
    throw new AppError("invalid_input", "unknown cursor", { fields: { cursor: "format" } });
  }
  return { at: Number(at), id };
}

function syncOf(all: readonly LeadSyncRow[], now: Date): LeadSync {
  const syncs = all.filter(({ hasClassifieds }) => hasClassifieds === true);
  const isWaiting = ({ retryAt }: LeadSyncRow) => retryAt !== null && retryAt > now;
  const reading = syncs.filter((sync) => sync.wantedAt !== null && !isWaiting(sync));
  const readAt = syncs.some(({ leadsAt }) => leadsAt === null)
    ? null
    : syncs.reduce<Date | null>(
        (oldest, { leadsAt }) =>
          oldest === null || (leadsAt !== null && leadsAt < oldest) ? leadsAt : oldest,
        null,
      );
  const totals = reading.map(({ total }) => total);
  return {
    readAt,
    isReading: reading.length > 0,
    done: reading.reduce((sum, { done }) => sum + done, 0),
    total: totals.reduce<number | null>(
      (sum, total) => (sum === null || total === null ? null : sum + total),
      totals.length === 0 ? null : 0,
    ),
    problem: problemView(all.find(({ problem }) => problem !== null)),
  };
}
