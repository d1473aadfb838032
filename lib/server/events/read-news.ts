import "server-only";
import type pg from "pg";
import { readSummary } from "@/lib/server/inbox/read-summary";
import { type FeedPart, listChanges } from "@/lib/server/store/changes";
import { readInboxRows } from "@/lib/server/store/inbox";
import type { ChangeEvent } from "@/lib/shared/api/events";
import type { ChangeVector } from "@/lib/shared/change-vector";
import type { AccountId, ThreadId, UserId } from "@/lib/shared/ids";

/** So many conversations at once are read by the list's own page rather than told one by one. */
const MAX_THREADS = 200;
/** Changes of one account that are looked through; most concern the same few conversations. */
const MAX_CHANGES = 2_000;

export interface Reader {
  userId: UserId;
  accountIds: readonly AccountId[];
}

/** What a browser that has everything up to a vector lacks, and the vector at which it then stands. */
export type News =
  | { kind: "none"; vector: ChangeVector }
  | { kind: "change"; vector: ChangeVector; event: ChangeEvent }
  /** What came in between is not known any more, or too much to tell. */
  | { kind: "reset"; vector: ChangeVector };

/** What the feed says, before anything else is read. Pure. */
export type FeedNews =
  | { kind: "told"; vector: ChangeVector; threadIds: ThreadId[]; isWide: boolean }
  | { kind: "reset"; vector: ChangeVector };

/** Reads the parts of the feed after `since` for one user. The numbers must follow each other without a gap up to where
 *  the account stands: a trimmed feed, or a database older than what the browser has seen, shows in them. */
export function newsOfFeed(since: ChangeVector, parts: readonly FeedPart[], userId: UserId): FeedNews {
  const vector = new Map<string, number>(parts.map((part) => [part.accountId, part.head]));
  const threadIds = new Set<ThreadId>();
  let isWide = false;
  if (parts.length !== since.size) return { kind: "reset", vector };
  for (const { accountId, head, changes } of parts) {
    let at = since.get(accountId);
    for (const { no, threadId, userId: whose } of changes) {
      if (at === undefined || no !== at + 1) return { kind: "reset", vector };
      at = no;
      if (whose !== null && whose !== userId) continue;
      if (threadId === null) isWide = true;
      else threadIds.add(threadId);
    }
    if (at !== head) return { kind: "reset", vector };
  }
  if (threadIds.size > MAX_THREADS) return { kind: "reset", vector };
  return { kind: "told", vector, threadIds: [...threadIds], isWide };
}

/** Reads what a user's browser lacks. Rows and counts are at least as new as the vector: what they are ahead of it comes
 *  once more. May be repeated. @throws when the database does not answer. */
export async function readNews(pool: pg.Pool, reader: Reader, since: ChangeVector): Promise<News> {
  const told = newsOfFeed(since, await listChanges(pool, since, MAX_CHANGES), reader.userId);
  if (told.kind === "reset") return told;
  const { vector, threadIds, isWide } = told;
  if (threadIds.length === 0 && !isWide) return { kind: "none", vector };
  const [rows, summary] = await Promise.all([
    threadIds.length === 0 ? [] : readInboxRows(pool, reader.userId, reader.accountIds, threadIds),
    readSummary(reader),
  ]);
  // A conversation that was forgotten can no longer be named.
  if (rows.length < threadIds.length) return { kind: "reset", vector };
  const threads = rows.map(({ accountId, channel, externalId }) => ({ accountId, channel, externalId }));
  // The summary may have been read later. Whoever starts from its numbers must not miss what lies between.
  const accounts = summary.accounts.map((account) => ({
    ...account,
    change: vector.get(account.id) ?? account.change,
  }));
  return { kind: "change", vector, event: { threads, rows, summary: { ...summary, accounts }, isWide } };
}
