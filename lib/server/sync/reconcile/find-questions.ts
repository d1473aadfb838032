import "server-only";
import type { AccountCtx, Changed } from "@/lib/server/channels/channel";
import { channelOf } from "@/lib/server/channels/channels";
import type { Runtime } from "@/lib/server/runtime";
import { wishReads } from "@/lib/server/store/claims";
import { listWaitingBefore, listWaitingQuestions } from "@/lib/server/store/held-questions";
import { databaseNow } from "@/lib/server/store/wanted";
import { saveFound } from "@/lib/server/sync/save-found";
import { tombstone } from "@/lib/server/sync/tombstone";
import { purgedAt } from "@/lib/shared/question/chain";

/** Stored in one transaction: a page. */
const AT_ONCE = 50;
/** Tombstones of one look. */
const PURGED_AT_ONCE = 200;
/** What is older than this may be due to be purged: seven months have no fewer days. */
const PURGED_DAYS = 200;
/** One that no search shows although it waits (somebody hid it elsewhere) is read again after a pause that doubles. */
const UNLISTED_MS = { least: 10 * 60_000, most: 6 * 3_600_000 } as const;

/** Questions that no search shows: when each is read again by itself. Only of this process: to forget them costs one read. */
const unlisted = new Map<string, { pauseMs: number; notBefore: number }>();
const MOST_UNLISTED = 10_000;

/** Finds all questions that wait for an answer, stores those that moved, and has those read again that we hold as waiting and
 *  a whole list does not show: they were answered, deleted or closed elsewhere. Returns how many moved. @throws MeliError */
export async function findUnanswered(rt: Runtime, ctx: AccountCtx): Promise<{ found: number }> {
  const startedAt = await databaseNow(rt.db);
  const { listed, isComplete, moved } = await storeAll(rt, ctx, null);
  const purged = await purgeOld(rt, ctx, { now: new Date(), listed });
  if (!isComplete) return { found: moved + purged };
  const held = await listWaitingQuestions(rt.db, ctx.accountId);
  // What was asked while the list was read may have missed it.
  const missing = held.filter(({ id, createdAt }) => !listed.has(id) && createdAt < startedAt);
  const due = missing.filter(({ id }) => isDue(`${ctx.accountId} ${id}`));
  for (const id of listed) unlisted.delete(`${ctx.accountId} ${id}`);
  const threads = [...new Set(due.map(({ threadId }) => threadId))];
  await wishReads(rt.db, ctx.accountId, threads);
  return { found: moved + purged + due.length };
}

/** Finds the questions that were asked from then on and have their answer, and stores them. Returns how many are news.
 *  @throws MeliError */
export async function findAnswered(rt: Runtime, ctx: AccountCtx, since: Date): Promise<{ found: number }> {
  const { moved } = await storeAll(rt, ctx, since);
  return { found: moved };
}

/** Ends questions that have waited so long that Mercado Libre has deleted them (questions-and-contacts.md 1.3). No call. One that
 *  was listed just now is there, whatever our clock says. */
export async function purgeOld(
  rt: Runtime,
  ctx: Pick<AccountCtx, "accountId">,
  { now, listed }: { now: Date; listed: ReadonlySet<string> },
): Promise<number> {
  const before = new Date(now.getTime() - PURGED_DAYS * 86_400_000);
  const old = await listWaitingBefore(rt.db, ctx.accountId, before, PURGED_AT_ONCE);
  const purged = old.filter((question) => purgedAt(question) <= now && !listed.has(question.id));
  const readFrom = await databaseNow(rt.db);
  for (const question of purged) await tombstone(rt, ctx, question, readFrom);
  return purged.length;
}

/** May a question that no search shows be read again now? */
function isDue(key: string): boolean {
  const now = Date.now();
  const known = unlisted.get(key);
  if (known !== undefined && known.notBefore > now) return false;
  if (unlisted.size > MOST_UNLISTED) unlisted.clear();
  const pauseMs = known === undefined ? UNLISTED_MS.least : Math.min(known.pauseMs * 2, UNLISTED_MS.most);
  unlisted.set(key, { pauseMs, notBefore: now + pauseMs });
  return true;
}

async function storeAll(
  rt: Runtime,
  ctx: AccountCtx,
  since: Date | null,
): Promise<{ listed: Set<string>; isComplete: boolean; moved: number }> {
  const changed = channelOf("questions").changed(ctx, since);
  const listed = new Set<string>();
  let page: Changed[] = [];
  let moved = 0;
  let readFrom = await databaseNow(rt.db);
  const store = async () => {
    moved += (await saveFound(rt, ctx, page, readFrom)).length;
    page = [];
    readFrom = await databaseNow(rt.db);
  };
  for (;;) {
    const next = await changed.next();
    if (next.done) {
      await store();
      return { listed, isComplete: next.value.isComplete, moved };
    }
    listed.add(next.value.externalId);
    page.push(next.value);
    if (page.length >= AT_ONCE) await store();
  }
}
