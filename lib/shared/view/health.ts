import type { StatusView } from "@/lib/shared/api/account";

/** What keeps a seller from being sure that nothing is missed, or waits for them. */
export type Concern =
  | { kind: "no_worker" }
  | { kind: "reconnect"; accountId: string }
  | { kind: "problem"; accountId: string; code: string }
  | { kind: "silent"; accountId: string; topic: string; lastAt: Date | null }
  | { kind: "sweep_late"; accountId: string; lastAt: Date }
  | { kind: "queue_late"; count: number; since: Date }
  | { kind: "never_notified" }
  | { kind: "replies"; count: number }
  | { kind: "unreadable"; count: number }
  | { kind: "slowed"; until: Date | null };

/** The unread list is read every 45 seconds: after this long without one, something is wrong. */
const SWEEP_LATE_MS = 5 * 60_000;
/** A notice is worked off in seconds. */
const QUEUE_LATE_MS = 60_000;

type Account = StatusView["accounts"][number];

/** Everything that a seller should know, the worst first; empty: all is well. What only follows from something worse is
 *  left out: without a worker everything is late. Pure. */
export function concernsOf(status: StatusView, now: Date): Concern[] {
  const connected = status.accounts.filter(({ state }) => state === "connected");
  const isDown = status.workers === 0;
  const silent = silentTopics(status);
  const isNeverTold =
    status.notifications.lastAt === null &&
    silent.length === 0 &&
    connected.some(({ lastSweepAt }) => lastSweepAt !== null);
  return [
    ...(isDown ? [{ kind: "no_worker" } as const] : []),
    ...status.accounts.flatMap((account) => accountConcern(account, isDown, now)),
    ...silent,
    ...(isDown ? [] : lateQueue(status, now)),
    ...(isNeverTold ? [{ kind: "never_notified" } as const] : []),
    ...counted("replies", status.outbox.uncertain + status.outbox.failed + status.outbox.held),
    ...counted("unreadable", sum(connected.map(({ unreadable }) => unreadable))),
    ...slowed(status, now),
  ];
}

const SELLERS_OWN: ReadonlySet<Concern["kind"]> = new Set([
  "no_worker",
  "reconnect",
  "problem",
  "silent",
  "replies",
]);

/** Of whichever of these nobody but the seller can make an end: worth a sign on every page. */
export function needsSeller(concerns: readonly Concern[]): boolean {
  return concerns.some(({ kind }) => SELLERS_OWN.has(kind));
}

/** The most urgent fact about one account. */
function accountConcern(account: Account, isDown: boolean, now: Date): Concern[] {
  const { id: accountId, state, problem, lastSweepAt } = account;
  if (state === "reconnect") return [{ kind: "reconnect", accountId }];
  if (state !== "connected") return [];
  if (problem !== null) return [{ kind: "problem", accountId, code: problem }];
  const isLate = lastSweepAt !== null && now.getTime() - lastSweepAt.getTime() > SWEEP_LATE_MS;
  return isLate && !isDown ? [{ kind: "sweep_late", accountId, lastAt: lastSweepAt }] : [];
}

/** Of accounts that can be read: of the others nothing can come. */
function silentTopics({ accounts, notifications }: StatusView): Concern[] {
  const readable = accounts.filter(({ state, problem }) => state === "connected" && problem === null);
  return notifications.topics
    .filter(({ isSilent, accountId }) => isSilent && readable.some(({ id }) => id === accountId))
    .map(({ accountId, topic, lastAt }) => ({ kind: "silent", accountId, topic, lastAt }));
}

function lateQueue({ notifications }: StatusView, now: Date): Concern[] {
  const { pending, oldestPendingAt } = notifications;
  if (oldestPendingAt === null || now.getTime() - oldestPendingAt.getTime() < QUEUE_LATE_MS) return [];
  return [{ kind: "queue_late", count: pending, since: oldestPendingAt }];
}

function slowed({ budget }: StatusView, now: Date): Concern[] {
  const slow = budget.filter((part) => isSlowed(part, now));
  if (slow.length === 0) return [];
  const ends = slow.flatMap(({ blockedUntil }) =>
    blockedUntil !== null && blockedUntil > now ? [blockedUntil.getTime()] : [],
  );
  return [{ kind: "slowed", until: ends.length === 0 ? null : new Date(Math.max(...ends)) }];
}

/** Does Mercado Libre's last 429 still count for these calls? */
export function isSlowed(part: StatusView["budget"][number], now: Date): boolean {
  return part.factor < 1 || (part.blockedUntil !== null && part.blockedUntil > now);
}

function counted(kind: "replies" | "unreadable", count: number): Concern[] {
  return count === 0 ? [] : [{ kind, count }];
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
