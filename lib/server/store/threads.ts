import "server-only";
import { and, desc, eq, isNotNull, isNull, ne, sql } from "drizzle-orm";
import type { Listing } from "@/lib/shared/api/question";
import { unreadRank } from "@/lib/shared/claim/rank";
import type { AccountId, ThreadId } from "@/lib/shared/ids";
import type { ChannelName, Thread, ThreadContext } from "@/lib/shared/thread";
import { assertConnected } from "./accounts";
import { noteChanges } from "./changes";
import { reviveClaim } from "./claims";
import type { Database } from "./database";
import { reviveChain, reviveListing } from "./questions";
import { type StoredChain, type StoredClaim, threads } from "./schema";
import { accounts } from "./schema-accounts";
import { listings, questions, type StoredListing } from "./schema-questions";

export interface StoredThread extends Thread {
  id: ThreadId;
  accountNickname: string;
  accountState: "connected" | "reconnect" | "disconnected";
  product: string | null;
  buyerName: string | null;
  orderId: string | null;
  packId: string | null;
  shipmentId: string | null;
  claimIds: string[];
  meliUnread: number;
  isAgentPath: boolean;
  isComplete: boolean;
  dueAt: Date | null;
  refusedAt: Date | null;
  context: ThreadContext | null;
  contextAt: Date | null;
  /** Questions: what is asked about. */
  itemId: string | null;
  listing: Listing | null;
  listingAt: Date | null;
}

const columns = {
  id: threads.id,
  accountNickname: accounts.nickname,
  accountId: threads.accountId,
  accountState: accounts.state,
  profile: accounts.profile,
  channel: threads.channel,
  externalId: threads.externalId,
  siteId: threads.siteId,
  sellerId: threads.sellerId,
  buyerId: threads.buyerId,
  buyerName: threads.buyerName,
  product: threads.product,
  orderId: threads.orderId,
  packId: threads.packId,
  shipmentId: threads.shipmentId,
  status: threads.status,
  substatus: threads.substatus,
  sellerMaxLength: threads.sellerMaxLength,
  claimIds: threads.claimIds,
  claim: threads.claim,
  chain: threads.chain,
  itemId: threads.itemId,
  listing: listings.listing,
  listingAt: listings.readAt,
  meliUnread: threads.meliUnread,
  isAgentPath: threads.isAgentPath,
  isExcepted: threads.isExcepted,
  // On Global Selling a first message may also have been sent from Mercado Libre's own app (messages.md 5).
  isStartSpent: sql<boolean>`${threads.startSpentAt} is not null or (${accounts.profile} = 'GLOBAL'
    and ${threads.status} = 'blocked' and ${threads.lastDirection} is not distinct from 'out')`,
  isComplete: threads.isComplete,
  dueAt: threads.dueAt,
  pulledAt: threads.pulledAt,
  refusedAt: threads.refusedAt,
  context: threads.context,
  contextAt: threads.contextAt,
};

const isListingOf = and(eq(listings.accountId, threads.accountId), eq(listings.itemId, threads.itemId));

/** The name of a thread that an address means: any question opens its chain. Asked for once, before the thread is looked up
 *  by its own index. */
const named = sql`case when ${sql.placeholder("channel")}::text = 'questions' then coalesce((
    select t.external_id from ${questions} q join ${threads} t on t.id = q.thread_id
    where q.account_id = any(${sql.placeholder("accountIds")}::text[]) and q.id = ${sql.placeholder("externalId")}::text
    order by array_position(${sql.placeholder("accountIds")}::text[], q.account_id) limit 1
  ), ${sql.placeholder("externalId")}::text) else ${sql.placeholder("externalId")}::text end`;

/** A thread by its address, among the given accounts, the first of them first. Of a chain of questions the address says
 *  which is meant. */
export async function findThread(
  db: Database,
  accountIds: readonly AccountId[],
  channel: ChannelName,
  externalId: string,
): Promise<StoredThread | null> {
  if (accountIds.length === 0) return null;
  const found = db
    .select(columns)
    .from(threads)
    .innerJoin(accounts, eq(accounts.id, threads.accountId))
    .leftJoin(listings, isListingOf)
    .where(
      and(
        sql`${threads.accountId} = any(${sql.placeholder("accountIds")}::text[])`,
        eq(threads.channel, sql.placeholder("channel")),
        sql`${threads.externalId} = ${named}`,
      ),
    )
    .prepare("thread_by_address");
  const rows = await found.execute({ accountIds, channel, externalId });
  const first = rows.sort((a, b) => accountIds.indexOf(a.accountId) - accountIds.indexOf(b.accountId))[0];
  return storedOf(first, channel === "questions" ? externalId : null);
}

export async function readThreadById(
  db: Database,
  accountId: AccountId,
  id: ThreadId,
): Promise<StoredThread | null> {
  const rows = await db
    .select(columns)
    .from(threads)
    .innerJoin(accounts, eq(accounts.id, threads.accountId))
    .leftJoin(listings, isListingOf)
    .where(and(eq(threads.accountId, accountId), eq(threads.id, id)));
  return storedOf(rows[0], null);
}

type Row = Omit<StoredThread, "claim" | "chain" | "listing" | "asked" | "listingStatus"> & {
  claim: StoredClaim | null;
  chain: StoredChain | null;
  listing: StoredListing | null;
};

function storedOf(row: Row | undefined, asked: string | null): StoredThread | null {
  if (row === undefined) return null;
  const listing = reviveListing(row.listing);
  return {
    ...row,
    claim: reviveClaim(row.claim),
    chain: reviveChain(row.chain),
    asked,
    listing,
    listingStatus: listing?.status ?? null,
  };
}

/** What a sweep or a sale tells of a thread before its conversation was read. */
export interface ThreadHint {
  channel: ChannelName;
  externalId: string;
  siteId: string;
  sellerId: string;
  buyerId?: string | null;
  buyerName?: string | null;
  product?: string | null;
  orderId?: string | null;
  shipmentId?: string | null;
  saleAt?: Date | null;
  unread?: number;
}

/** Makes sure that threads exist and know what was told; what is not told stays. Returns their ids in the order given. */
export async function hintThreads(
  db: Database,
  accountId: AccountId,
  hints: readonly ThreadHint[],
): Promise<ThreadId[]> {
  if (hints.length === 0) return [];
  return db.transaction(async (tx) => {
    await assertConnected(tx, accountId);
    const ids = new Map<ThreadHint, ThreadId>();
    const news: ThreadId[] = [];
    // In one order for whoever takes several rows at once: two that took them in two would wait for each other.
    for (const hint of hints.toSorted(byName)) {
      const told = {
        ...(hint.buyerId ? { buyerId: hint.buyerId } : {}),
        ...(hint.buyerName ? { buyerName: hint.buyerName } : {}),
        ...(hint.product ? { product: hint.product } : {}),
        ...(hint.orderId ? { orderId: hint.orderId } : {}),
        ...(hint.shipmentId ? { shipmentId: hint.shipmentId } : {}),
        ...(hint.saleAt ? { saleAt: hint.saleAt } : {}),
        // An unread count that moved is a reason to read: it stays one until that was done (store/wanted.ts).
        ...(hint.unread === undefined
          ? {}
          : { meliUnread: hint.unread, pullWantedAt: sql`clock_timestamp()` }),
      };
      const rows = await tx
        .insert(threads)
        .values({
          accountId,
          channel: hint.channel,
          externalId: hint.externalId,
          siteId: hint.siteId,
          sellerId: hint.sellerId,
          sortAt: hint.saleAt ?? new Date(),
          // Its list knows no claim without a rank.
          ...(hint.channel === "claims" ? { rank: unreadRank(hint.saleAt ?? new Date()) } : {}),
          ...told,
        })
        .onConflictDoUpdate({
          target: [threads.accountId, threads.channel, threads.externalId],
          set: {
            ...told,
            siteId: hint.siteId,
            sellerId: hint.sellerId,
            // A sale tells when a thread without messages belongs in the list.
            ...(hint.saleAt
              ? { sortAt: sql`coalesce(${threads.lastMessageAt}, ${hint.saleAt.toISOString()}::timestamptz)` }
              : {}),
          },
        })
        .returning({ id: threads.id, isNew: sql<boolean>`xmax = 0` });
      const row = rows[0];
      if (row === undefined) throw new Error("upsert returned no row");
      if (row.isNew || Object.keys(told).length > 0) news.push(row.id);
      ids.set(hint, row.id);
    }
    await noteChanges(tx, accountId, news);
    return hints.flatMap((hint) => ids.get(hint) ?? []);
  });
}

const byName = (a: ThreadHint, b: ThreadHint) =>
  a.channel === b.channel ? compare(a.externalId, b.externalId) : compare(a.channel, b.channel);
/** As PostgreSQL orders digits. */
const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);

export interface BackfillThread {
  id: ThreadId;
  channel: ChannelName;
  externalId: string;
  sellerId: string;
  siteId: string;
}

/** What names a conversation completely, for whoever reads it. */
export const backfillColumns = {
  id: threads.id,
  channel: threads.channel,
  externalId: threads.externalId,
  sellerId: threads.sellerId,
  siteId: threads.siteId,
};

/** Claims and questions have readers of their own (sync/reconcile/claim-chores.ts, question-chores.ts). */
const neverTried = (accountId: AccountId) =>
  and(
    eq(threads.accountId, accountId),
    eq(threads.channel, "messages"),
    isNull(threads.pulledAt),
    isNull(threads.refusedAt),
    eq(threads.pullFailures, 0),
  );

/** Threads whose conversation was never tried to be read, newest first. */
export async function listUnpulled(
  db: Database,
  accountId: AccountId,
  limit: number,
): Promise<BackfillThread[]> {
  return db
    .select(backfillColumns)
    .from(threads)
    .where(neverTried(accountId))
    .orderBy(desc(threads.sortAt))
    .limit(limit);
}

/** How many of them there are. */
export async function countUnpulled(db: Database, accountId: AccountId): Promise<number> {
  return db.$count(threads, neverTried(accountId));
}

/** Threads that were read and still have no product to show. */
export async function listWithoutProduct(
  db: Database,
  accountId: AccountId,
  limit: number,
): Promise<BackfillThread[]> {
  return db
    .select(backfillColumns)
    .from(threads)
    .where(
      and(
        eq(threads.accountId, accountId),
        ne(threads.channel, "questions"),
        isNull(threads.product),
        isNull(threads.contextAt),
        isNotNull(threads.pulledAt),
      ),
    )
    .orderBy(desc(threads.sortAt))
    .limit(limit);
}
