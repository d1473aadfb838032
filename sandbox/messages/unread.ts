import { listedUnreadOf } from "@/sandbox/messages/conversation";
import { wireId } from "@/sandbox/messages/wire";
import type { ApiContext } from "@/sandbox/world/guard";
import type { Thread } from "@/sandbox/world/model";
import type { World } from "@/sandbox/world/world";

/** LOCAL unread list, at most 500 conversations, no paging (messages.md 2.6). */
export function localUnread(world: World, c: ApiContext): object {
  const threads = c.req.query("role") === "buyer" ? [] : (world.threadsOf.get(c.var.seller.id) ?? []);
  return localBody(world, c.var.seller.id, pending(world, threads).slice(0, 500));
}

/** One conversation's unread count; somebody else's answers 200 with nothing (messages.md 2.6). */
export function localUnreadOf(world: World, c: ApiContext, packId: string): object {
  const thread = world.threads.get(packId);
  const isOwn = thread?.sellerId === c.var.seller.id;
  return localBody(world, c.var.seller.id, pending(world, thread && isOwn ? [thread] : []));
}

/** GLOBAL unread list, up to 1000; `user_id` may name the global account or one local one (messages.md 5). */
export function globalUnread(world: World, c: ApiContext): object {
  const { seller } = c.var;
  const userId = c.req.query("user_id") ?? seller.id;
  const all = c.req.query("role") === "buyer" ? [] : (world.threadsOf.get(seller.id) ?? []);
  const threads = all.filter((thread) => userId === seller.id || thread.localSellerId === userId);
  return {
    userId: wireId(world, userId),
    results: pending(world, threads)
      .slice(0, 1000)
      .map((one) => ({ resource: `/packs/${one.thread.packId}`, count: one.count })),
  };
}

interface Pending {
  thread: Thread;
  count: number;
}

function pending(world: World, threads: Thread[]): Pending[] {
  return threads
    .map((thread) => ({ thread, count: listedUnreadOf(world, thread) }))
    .filter((one) => one.count > 0);
}

/** messages.md 2.6: `user_id` is a number, and a text when nothing is pending. */
function localBody(world: World, sellerId: string, list: Pending[]): object {
  return {
    user_id: list.length > 0 ? wireId(world, sellerId) : sellerId,
    total: list.length,
    results: list.map(({ thread, count }) => ({
      resource: `/packs/${thread.packId}/${world.settings.sellerWord}/${thread.localSellerId}`,
      count,
    })),
  };
}
