import "server-only";
import type { AccountCtx, Changed } from "@/lib/server/channels/channel";
import { allChannels } from "@/lib/server/channels/channels";
import type { Runtime } from "@/lib/server/runtime";
import { hintThreads } from "@/lib/server/store/threads";
import { clearUnreadExcept, readUnread } from "@/lib/server/store/unread";
import { listWanted } from "@/lib/server/store/wanted";
import type { ChannelName } from "@/lib/shared/thread";
import { readEach } from "./read-each";

/** A conversation whose count did not move is read again after this long: one may have been read and another come. */
const SETTLED_MS = 10 * 60_000;
/** More than an unread list holds (messages.md 9). */
const WANTED_MAX = 1_500;

export type SweepProgress = (done: number, total: number) => Promise<void>;

/** Reads the unread list of an account and every conversation of it that moved: came, grew, or left the list. What could
 *  not be read stays wanted. Counts that nobody can see (a moderated message, messages.md 8) settle: an unchanged count is
 *  not read again every time. Returns how many conversations were to be read. */
export async function sweepUnread(rt: Runtime, ctx: AccountCtx, progress?: SweepProgress): Promise<number> {
  for (const { name, channel } of allChannels()) {
    const { listed, isComplete } = await readList(channel.changed(ctx));
    const held = await readUnread(rt.db, ctx.accountId, name);
    const moved = listed.filter((changed) => {
      const known = held.get(changed.externalId);
      if (known === undefined || known.unread !== changed.unread) return true;
      const readAt = known.refusedAt ?? known.pulledAt;
      return readAt !== null && Date.now() - readAt.getTime() > SETTLED_MS;
    });
    await hintThreads(
      rt.db,
      ctx.accountId,
      moved.map((changed) => hintOf(ctx, name, changed)),
    );
    if (isComplete) {
      await clearUnreadExcept(
        rt.db,
        ctx.accountId,
        name,
        listed.map(({ externalId }) => externalId),
      );
    }
  }
  const wanted = await listWanted(rt.db, ctx.accountId, WANTED_MAX);
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

function hintOf(ctx: AccountCtx, channel: ChannelName, changed: Changed) {
  return {
    channel,
    externalId: changed.externalId,
    siteId: changed.siteId ?? ctx.siteId,
    sellerId: changed.sellerId ?? ctx.accountId,
    unread: changed.unread,
  };
}
