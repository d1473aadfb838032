import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { withAccount } from "@/lib/server/account-context";
import type { AccountCtx } from "@/lib/server/channels/channel";
import { readContactTotal } from "@/lib/server/mercadolibre/contacts";
import type { Lane } from "@/lib/server/mercadolibre/http";
import { listLeads } from "@/lib/server/mercadolibre/leads";
import { listItemIds } from "@/lib/server/mercadolibre/listings";
import type { Runtime } from "@/lib/server/runtime";
import { listUnread } from "@/lib/server/store/classifieds";
import { releaseReading } from "@/lib/server/store/contact-wishes";
import { type LeadSyncRow, readLeadSync, saveChecked, saveLeadSync } from "@/lib/server/store/lead-syncs";
import { pullListings } from "@/lib/server/sync/pull-listings";
import { CONTACT_KINDS } from "@/lib/shared/api/leads";
import { bucketEnd } from "@/lib/shared/contacts/buckets";
import type { AccountId } from "@/lib/shared/ids";
import { dayBefore } from "./days";
import { problemOf } from "./read-problem";
import { holdReading } from "./reading-lease";

const DAY_MS = 86_400_000;
/** How long a request waits for another one that asks the same. */
const WAIT_MS = 6_000;
/** Not even when somebody asks for it. */
const AT_ONCE_AGAIN_MS = 60_000;
/** An account without contacts is asked about once more, when somebody looks, after so long. */
const LOOK_AGAIN_MS = 6 * 3_600_000;
/** What a seller had in so many days shows whether he has classified listings. */
const LOOK_BACK_DAYS = 90;
/** Listings change by notification; once a day they are read without one. */
const LISTINGS_MS = DAY_MS;
/** Mercado Libre gives no further pages of listings (public documentation, "items and searches"). */
const LAST_OFFSET = 1_000;
const PAGE = 50;

/**
 * Whether an account has contacts or leads, and so classified listings: by what is known, else by the account's own counters and
 * the first page of its leads, four calls at most. Its listings, however many, are not looked at. Null: it could not be read,
 * which is noted and not asked again at once.
 */
export async function hasClassifieds(
  rt: Runtime,
  account: { id: AccountId; profile: string },
  lane: Lane,
  o: { now: Date; isForced?: boolean },
): Promise<boolean | null> {
  const until = Date.now() + WAIT_MS;
  let letGo: (() => void) | null;
  for (;;) {
    const known = await readLeadSync(rt.db, account.id);
    const answer = knownAnswer(known, account.profile, o);
    if (answer !== undefined) return answer;
    letGo = await holdReading(rt, account.id);
    if (letGo !== null) break;
    if (Date.now() > until) return known?.hasClassifieds ?? null;
    await pause(100);
  }
  try {
    const has = await withAccount(rt, account.id, lane, (ctx) => ask(ctx, o.now));
    await saveChecked(rt.db, account.id, has);
    return has;
  } catch (error) {
    rt.log.info({ err: error, accountId: account.id }, "contacts could not be looked for");
    await saveLeadSync(rt.db, account.id, problemOf(error));
    return null;
  } finally {
    letGo();
    await releaseReading(rt.db, account.id);
  }
}

/** What is known; undefined: it has to be asked. */
function knownAnswer(
  known: LeadSyncRow | null,
  profile: string,
  { now, isForced }: { now: Date; isForced?: boolean },
): boolean | null | undefined {
  if (known?.hasClassifieds === true) return true;
  // Made on the local accounts behind a global one, each of which is an account of its own.
  if (profile !== "LOCAL") return false;
  const since = now.getTime() - (known?.checkedAt?.getTime() ?? 0);
  if (known?.hasClassifieds === false && since < (isForced === true ? AT_ONCE_AGAIN_MS : LOOK_AGAIN_MS))
    return false;
  if (known?.retryAt != null && known.retryAt > now) return known.hasClassifieds;
  return undefined;
}

async function ask(ctx: AccountCtx, now: Date): Promise<boolean> {
  const period = { from: new Date(now.getTime() - LOOK_BACK_DAYS * DAY_MS), to: bucketEnd(now, "hour") };
  const totals = await Promise.all(
    CONTACT_KINDS.map((kind) => readContactTotal(ctx.meli, kind, { userId: ctx.accountId }, period)),
  );
  if (totals.some(({ total }) => total > 0)) return true;
  const days = { from: dayBefore(now, 30), to: dayBefore(now, 0) };
  const page = await listLeads(ctx.meli, { sellerId: ctx.accountId, ...days, offset: 0 });
  return page.buyers.length + page.guests.length > 0;
}

/** Reads which classified listings an account has, once a day. Others of its listings are kept beside them, so that they are
 *  not asked for each day. @throws MeliError */
export async function readClassifieds(rt: Runtime, ctx: AccountCtx, now: Date): Promise<void> {
  const known = await readLeadSync(rt.db, ctx.accountId);
  if (known?.itemsAt != null && now.getTime() - known.itemsAt.getTime() < LISTINGS_MS) return;
  const ids = new Set<string>();
  for (let offset = 0; offset <= LAST_OFFSET; offset += PAGE) {
    const page = await listItemIds(ctx.meli, ctx.accountId, { offset });
    for (const id of page.ids) ids.add(id);
    if (page.ids.length === 0 || offset + PAGE >= page.total) break;
  }
  await readThese(rt, ctx, [...ids], new Date(now.getTime() - LISTINGS_MS));
  await saveLeadSync(rt.db, ctx.accountId, { itemsAt: now });
}

/** Reads those of some listings that were not read since then. @throws MeliError */
export async function readThese(
  rt: Runtime,
  ctx: AccountCtx,
  itemIds: readonly string[],
  since: Date,
): Promise<void> {
  await pullListings(rt, ctx, await listUnread(rt.db, ctx.accountId, itemIds, since));
}
