import "server-only";
import type { AccountCtx, Changed } from "@/lib/server/channels/channel";
import { unreadChannels } from "@/lib/server/channels/channels";
import { readOrder } from "@/lib/server/mercadolibre/orders";
import type { Runtime } from "@/lib/server/runtime";
import { hintThreads } from "@/lib/server/store/threads";
import { clearUnreadExcept, type HeldUnread, readUnread, threadsOfOrders } from "@/lib/server/store/unread";
import { listWanted } from "@/lib/server/store/wanted";
import type { ChannelName } from "@/lib/shared/thread";
import { isCommonTrouble, readEach } from "./read-each";

/** A conversation whose count did not move is read again all the same, for one message may have been read and another
 *  come: the more seldom the longer nobody has written what anybody can see. */
const SETTLED_MS = { least: 10 * 60_000, most: 6 * 3_600_000, ofSilence: 0.1 } as const;
/** One that Mercado Libre lists and refuses to show (messages.md 8) is asked for again after this long. */
const REFUSED_MS = 6 * 3_600_000;
/** Orders of one sweep that are asked which pack they belong to: the others have their turn in the next one. */
const ASKED_ORDERS = 20;
/** More than an unread list holds (messages.md 9). */
const WANTED_MAX = 1_500;

export type SweepProgress = (done: number, total: number) => Promise<void>;

/** Reads the unread list of an account and every conversation of it that moved: came, grew, or left the list. What could
 *  not be read stays wanted. Counts that nobody can see (a moderated message, messages.md 8) settle: an unchanged count is
 *  not read again every time. Returns how many conversations were to be read. */
export async function sweepUnread(rt: Runtime, ctx: AccountCtx, progress?: SweepProgress): Promise<number> {
  for (const { name, channel } of unreadChannels()) {
    const { listed: rows, isComplete } = await readList(channel.changed(ctx, null));
    const { listed, isWhole } = await withThreads(rt, ctx, name, rows);
    const held = await readUnread(rt.db, ctx.accountId, name);
    const moved = listed.filter((changed) => {
      const known = held.get(changed.externalId);
      return known === undefined || known.unread !== changed.unread || isDue(known, new Date());
    });
    await hintThreads(
      rt.db,
      ctx.accountId,
      moved.map((changed) => hintOf(ctx, name, changed)),
    );
    if (isComplete && isWhole) {
      await clearUnreadExcept(
        rt.db,
        ctx.accountId,
        name,
        listed.map(({ externalId }) => externalId),
      );
    }
  }
  const wanted = await listWanted(rt.db, ctx.accountId, "messages", WANTED_MAX);
  await progress?.(0, wanted.length);
  let done = 0;
  await readEach(rt, ctx, wanted, {
    async onRead() {
      done += 1;
      if (done % 10 === 0 || done === wanted.length) await progress?.(done, wanted.length);
    },
  });
  return wanted.length;
}

/** Is an unchanged count worth another read? Pure. */
export function isDue({ refusedAt, pulledAt, sortAt }: HeldUnread, now: Date): boolean {
  if (refusedAt !== null) return now.getTime() - refusedAt.getTime() > REFUSED_MS;
  if (pulledAt === null) return false;
  const { least, most, ofSilence } = SETTLED_MS;
  const silence = (pulledAt.getTime() - sortAt.getTime()) * ofSilence;
  return now.getTime() - pulledAt.getTime() > Math.min(most, Math.max(least, silence));
}

interface Listed extends Changed {
  orderId: string | null;
}

/** Gives legacy rows, which name an order alone (messages.md 2.6), the thread that the order belongs to: as we know it,
 *  else as the order itself tells. */
async function withThreads(
  rt: Runtime,
  ctx: AccountCtx,
  channel: ChannelName,
  rows: readonly Changed[],
): Promise<{ listed: Listed[]; isWhole: boolean }> {
  const orderIds = rows.filter(({ isOrder }) => isOrder).map(({ externalId }) => externalId);
  const known = await threadsOfOrders(rt.db, ctx.accountId, channel, orderIds);
  for (const orderId of orderIds.filter((id) => !known.has(id)).slice(0, ASKED_ORDERS)) {
    try {
      const order = await readOrder(ctx.meli, orderId);
      known.set(orderId, order?.packId ?? orderId);
    } catch (error) {
      // An order that cannot be read keeps no conversation but its own from being found.
      if (isCommonTrouble(error)) throw error;
      rt.log.warn({ err: error, accountId: ctx.accountId }, "an order of the unread list could not be read");
    }
  }
  const listed = new Map<string, Listed>();
  let isWhole = true;
  for (const row of rows) {
    const externalId = row.isOrder ? known.get(row.externalId) : row.externalId;
    if (externalId === undefined) {
      isWhole = false;
      continue;
    }
    const unread = row.unread + (listed.get(externalId)?.unread ?? 0);
    listed.set(externalId, { ...row, externalId, unread, orderId: row.isOrder ? row.externalId : null });
  }
  return { listed: [...listed.values()], isWhole };
}

async function readList(
  changed: AsyncGenerator<Changed, { isComplete: boolean }>,
): Promise<{ listed: Changed[]; isComplete: boolean }> {
  const listed: Changed[] = [];
  for (;;) {
    const next = await changed.next();
    if (next.done) return { listed, isComplete: next.value.isComplete };
    listed.push(next.value);
  }
}

function hintOf(ctx: AccountCtx, channel: ChannelName, changed: Listed) {
  return {
    channel,
    externalId: changed.externalId,
    siteId: changed.siteId ?? ctx.siteId,
    sellerId: changed.sellerId ?? ctx.accountId,
    unread: changed.unread,
    orderId: changed.orderId,
  };
}
