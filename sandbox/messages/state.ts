import type { Thread } from "@/sandbox/world/model";
import { SITES } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** messages.md 4.2: the seller may answer while fewer than 30 days passed since the last message. */
const SILENCE_MS = 30 * DAY_MS;
/** messages.md 4.2: 18 months from the purchase. */
const RETENTION_MS = 548 * DAY_MS;
/** messages.md 4.2: 48 business hours on a thread with an agent. */
const AGENT_MS = 48 * HOUR_MS;

/** Blocks that a buyer lifts by writing (messages.md 6, "reopen: buyer"). */
const BUYER_REOPENS = new Set([
  "blocked_by_time",
  "blocked_by_buyer",
  "blocked_by_conversation_initiated_by_seller",
  "blocked_by_conversation_initiated_by_seller_limited",
  "blocked_by_conversation_started_by_seller",
  "blocked_by_conversation_started_by_seller_limited",
  "blocked_by_refund",
]);

/** The seller must give a reason first; the name differs between pages (messages.md 6, 9 "block name"). */
const REASON_NEEDED = /^blocked_by_conversation_(initiated|started)_by_seller_limited$/;

/** Blocks under which the messages are withheld (messages.md 6). */
const WITHHELD = new Set([
  "blocked_by_cancelled_order_by_fraud",
  "blocked_by_cancelled_order_hidden",
  "blocked_by_conversation_expired",
]);

export interface ThreadState {
  status: "active" | "blocked";
  substatus: string | null;
  at: Date;
  /** The messages exist but are not returned. */
  isWithheld: boolean;
}

/** The state a read shows now: what was set, and what the clocks of messages.md 4.2 make of it. */
export function stateOf(world: World, thread: Thread): ThreadState {
  const now = world.now().getTime();
  if (now - thread.soldAt.getTime() > RETENTION_MS) return blocked(thread, "blocked_by_conversation_expired");
  if (thread.status === "blocked" && thread.clearsAt && thread.clearsAt.getTime() <= now) {
    // messages.md 4.2: some time after the payment
    thread.status = "active";
    thread.substatus = null;
    thread.statusAt = thread.clearsAt;
    thread.clearsAt = null;
  }
  if (thread.status === "blocked") return blocked(thread, thread.substatus ?? "blocked_by_restrictions");
  const last = thread.messages.at(-1);
  if (!last) return { status: "active", substatus: null, at: thread.statusAt, isWithheld: false };
  const since = Math.max(last.createdAt.getTime(), thread.statusAt.getTime());
  if (now - since >= SILENCE_MS) return blocked(thread, "blocked_by_time");
  if (thread.isAgent && isLateForAgent(world, thread)) return blocked(thread, world.settings.agentBlockedAs);
  return { status: "active", substatus: null, at: thread.statusAt, isWithheld: false };
}

/** Whether this is the block that the action guide opens (messages.md 4.1). */
export function isReasonNeeded(substatus: string | null): boolean {
  return substatus !== null && REASON_NEEDED.test(substatus);
}

/** Whether the other side has written: then the messaging resource is the way (messages.md 3). */
export function hasBuyerWritten(thread: Thread): boolean {
  return thread.messages.some((message) => message.author === "buyer");
}

/** Whether the parcel has arrived (messages.md 3.1, "not offered once the shipment is `delivered`"). */
export function isDelivered(thread: Thread): boolean {
  return thread.shipment?.status === "delivered";
}

/** Sets the state by hand; an active state restarts the clocks. */
export function setState(
  world: World,
  thread: Thread,
  status: "active" | "blocked",
  substatus: string | null,
): void {
  thread.status = status;
  thread.clearsAt = null;
  thread.substatus = status === "active" ? null : (substatus ?? "blocked_by_restrictions");
  thread.statusAt = world.now();
}

/** What a buyer's message does to the state: lifts what a buyer may lift, gives the caps back (messages.md 3.2, 6). */
export function buyerWrote(world: World, thread: Thread): void {
  if (world.settings.guideCapsReset) thread.caps.clear();
  const { substatus } = stateOf(world, thread);
  if (substatus && BUYER_REOPENS.has(substatus)) setState(world, thread, "active", null);
}

/** messages.md 4.2: 48 business hours have passed since the oldest message without an answer, or the newest. */
function isLateForAgent(world: World, thread: Thread): boolean {
  // what moderation refused was seen by nobody: it neither asks nor answers
  const heard = thread.messages.filter((message) => message.moderation.status !== "rejected");
  const answered = heard.findLastIndex((message) => message.author === "seller");
  const waiting = heard.slice(answered + 1);
  const from = world.settings.agentClockFrom === "oldest" ? waiting[0] : waiting.at(-1);
  if (!from) return false;
  const since = Math.max(from.createdAt.getTime(), thread.statusAt.getTime());
  return businessMs(since, world.now().getTime(), thread) > AGENT_MS;
}

function blocked(thread: Thread, substatus: string): ThreadState {
  return { status: "blocked", substatus, at: thread.statusAt, isWithheld: WITHHELD.has(substatus) };
}

/** Time from Monday to Friday in the site's zone (messages.md 7, simulator defaults). */
function businessMs(from: number, to: number, thread: Thread): number {
  const shift = SITES[thread.siteId].utcOffset * HOUR_MS;
  let total = 0;
  let at = from + shift;
  const end = to + shift;
  while (at < end) {
    const nextDay = Math.min(end, (Math.floor(at / DAY_MS) + 1) * DAY_MS);
    const weekday = new Date(at).getUTCDay();
    if (weekday !== 0 && weekday !== 6) total += nextDay - at;
    at = nextDay;
  }
  return total;
}
