import { listedUnreadOf } from "@/sandbox/messages/conversation";
import type { Profile } from "@/sandbox/messages/refuse";
import { messageRefusal } from "@/sandbox/messages/refuse";
import { wireId } from "@/sandbox/messages/wire";
import type { ApiContext } from "@/sandbox/world/guard";
import type { Thread } from "@/sandbox/world/model";
import type { World } from "@/sandbox/world/world";

/** messages.md 9, "unread cap". */
const CAPS = { LOCAL: 500, GLOBAL: 1000 };

/** LOCAL unread list, at most 500 conversations, no paging (messages.md 2.6). @throws Refusal 400 */
export function localUnread(world: World, c: ApiContext): object {
  const { seller } = c.var;
  const orders = ordersOf(world, c);
  const threads = threadsFor(world, c).filter(
    (thread) => orders === null || thread.orders.some((order) => order.id === orders),
  );
  return bodyOf(world, "LOCAL", seller.id, capped(world, "LOCAL", pending(world, threads)));
}

/** One conversation's unread count; somebody else's answers 200 with nothing (messages.md 2.6). */
export function localUnreadOf(world: World, c: ApiContext, packId: string): object {
  const thread = world.threads.get(packId);
  const isOwn = thread?.sellerId === c.var.seller.id;
  return bodyOf(world, "LOCAL", c.var.seller.id, pending(world, thread && isOwn ? [thread] : []));
}

/** GLOBAL unread list, up to 1000; `user_id` may name the global account or one local one (messages.md 5). @throws Refusal 403 */
export function globalUnread(world: World, c: ApiContext): object {
  const { seller } = c.var;
  const userId = c.req.query("user_id") ?? seller.id;
  if (world.settings.globalForeignUser === "refused" && world.ownerOf.get(userId)?.seller.id !== seller.id) {
    throw messageRefusal(world, "GLOBAL", 403, "forbidden", "Can not identify the user");
  }
  const threads = threadsFor(world, c).filter(
    (thread) => userId === seller.id || thread.localSellerId === userId,
  );
  return bodyOf(world, "GLOBAL", userId, capped(world, "GLOBAL", pending(world, threads)));
}

interface Pending {
  thread: Thread;
  count: number;
}

/** messages.md 9: `role` is mandatory, or defaults to seller. */
function threadsFor(world: World, c: ApiContext): Thread[] {
  const role = c.req.query("role");
  if (role === undefined && world.settings.unreadRoleRequired) {
    throw messageRefusal(world, "LOCAL", 400, "bad_request", "The queryparam 'role' is required");
  }
  return role === "buyer" ? [] : (world.threadsOf.get(c.var.seller.id) ?? []);
}

/** The legacy filter `orders_id` names one order (messages.md 2.6). */
function ordersOf(world: World, c: ApiContext): string | null {
  const named = c.req.query("orders_id")?.split(",").filter(Boolean) ?? [];
  if (named.length > 1) {
    const text = "Not allowed messages from multiple orders";
    throw messageRefusal(world, "LOCAL", 400, "bad_request", text);
  }
  return named[0] ?? null;
}

function pending(world: World, threads: Thread[]): Pending[] {
  return threads
    .map((thread) => ({ thread, count: listedUnreadOf(world, thread) }))
    .filter((one) => one.count > 0);
}

function capped(world: World, profile: Profile, list: Pending[]): Pending[] {
  return list.slice(0, world.settings.unreadCap ?? CAPS[profile]);
}

/** messages.md 2.6, 5: owner, rows, and LOCAL's `total`; LOCAL's owner is a text when nothing is pending. */
function bodyOf(world: World, profile: Profile, userId: string, list: Pending[]): object {
  const { unreadOwnerKey, unreadTotal } = world.settings;
  const isLocal = profile === "LOCAL";
  const key = unreadOwnerKey === "profile" ? (isLocal ? "user_id" : "userId") : unreadOwnerKey;
  return {
    [key]: isLocal && list.length === 0 ? userId : wireId(world, userId),
    ...(isLocal && unreadTotal ? { total: list.length } : {}),
    results: list.map((one) => rowOf(world, profile, one)),
  };
}

/** messages.md 2.6, 9: `/packs/{p}/sellers/{s}`, `/packs/{p}`, and rows that carry `order_id`. */
function rowOf(world: World, profile: Profile, { thread, count }: Pending): object {
  const { unreadRows, sellerWord } = world.settings;
  const short = `/packs/${thread.packId}`;
  const full = `${short}/${sellerWord}/${thread.localSellerId}`;
  const order_id = Number(thread.orders[0]?.id ?? thread.packId);
  const own = profile === "LOCAL" ? full : short;
  if (unreadRows === "order_id") return { order_id, count };
  if (unreadRows === "with_order_id") return { resource: own, order_id, count };
  const resource = { profile: own, full, pack: short }[unreadRows];
  return { resource, count };
}
