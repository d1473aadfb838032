import { expect, it } from "vitest";
import type { StatusView } from "@/lib/shared/api/account";
import { concernsOf, needsSeller } from "./health";
import { stripOf, subjectOf } from "./notice-strip";

const now = new Date("2026-11-22T12:00:00Z");
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

const account = (over: Partial<StatusView["accounts"][number]> = {}) => ({
  id: "7",
  nickname: "TIENDA",
  state: "connected" as const,
  lastSweepAt: ago(0.5),
  problem: null,
  unreadable: 0,
  sync: null,
  ...over,
});
const topic = (over: Partial<StatusView["notifications"]["topics"][number]> = {}) => ({
  accountId: "7",
  topic: "messages",
  lastAt: ago(3),
  hours: [],
  isSilent: false,
  ...over,
});
const part = (over: Partial<StatusView["budget"][number]> = {}) => ({
  family: "messages",
  kind: "read" as const,
  perMinute: 500,
  free: 1,
  factor: 1,
  blockedUntil: null,
  ...over,
});
const status = (over: Partial<StatusView> = {}): StatusView => ({
  calls: [],
  accounts: [account()],
  outbox: { queued: 0, held: 0, uncertain: 0, failed: 0 },
  notifications: {
    lastAt: ago(3),
    pending: 0,
    oldestPendingAt: null,
    missedFeedsAt: ago(9),
    missedFeedsFound: 0,
    unknown: 0,
    topics: [topic()],
  },
  budget: [part()],
  workers: 1,
  isOpenToAnyone: false,
  ...over,
});
const kinds = (over: Partial<StatusView>) => concernsOf(status(over), now).map(({ kind }) => kind);
const notifications = (over: Partial<StatusView["notifications"]>) => ({
  notifications: { ...status().notifications, ...over },
});

it("has no concern while everything flows", () => {
  expect(concernsOf(status(), now)).toEqual([]);
});

it("names only the worker when none runs: what is late follows from it", () => {
  const late = {
    workers: 0,
    accounts: [account({ lastSweepAt: ago(60) })],
    ...notifications({ pending: 9, oldestPendingAt: ago(30) }),
  };
  expect(kinds(late)).toEqual(["no_worker"]);
  expect(kinds({ ...late, workers: 1 })).toEqual(["sweep_late", "queue_late"]);
});

it("tells of an account's permission before anything else of it, and of nothing that it cannot send", () => {
  const lost = { accounts: [account({ state: "reconnect", lastSweepAt: ago(60) })] };
  expect(kinds({ ...lost, ...notifications({ topics: [topic({ isSilent: true })] }) })).toEqual([
    "reconnect",
  ]);
  expect(kinds({ accounts: [account({ problem: "model_6" })] })).toEqual(["problem"]);
  expect(kinds({ accounts: [account({ state: "disconnected", unreadable: 4 })] })).toEqual([]);
});

it("names the topic that fell silent, and since when", () => {
  const silent = notifications({ topics: [topic(), topic({ topic: "orders_v2", isSilent: true })] });
  expect(concernsOf(status(silent), now)).toEqual([
    { kind: "silent", accountId: "7", topic: "orders_v2", lastAt: ago(3) },
  ]);
});

it("misses notifications only after an account was read", () => {
  expect(kinds(notifications({ lastAt: null }))).toEqual(["never_notified"]);
  expect(kinds({ accounts: [account({ lastSweepAt: null })], ...notifications({ lastAt: null }) })).toEqual(
    [],
  );
  expect(kinds({ accounts: [], ...notifications({ lastAt: null }) })).toEqual([]);
});

it("adds up what waits for a decision, and what could not be read", () => {
  const waiting = {
    accounts: [account({ unreadable: 2 }), account({ id: "8", unreadable: 1 })],
    outbox: { queued: 5, held: 1, uncertain: 2, failed: 3 },
  };
  expect(concernsOf(status(waiting), now)).toEqual([
    { kind: "replies", count: 6 },
    { kind: "unreadable", count: 3 },
  ]);
});

it("says until when Mercado Libre wants less, and forgets a pause that is over", () => {
  const until = new Date(now.getTime() + 20_000);
  const slow = { budget: [part({ factor: 0.5 }), part({ kind: "write", blockedUntil: until })] };
  expect(concernsOf(status(slow), now)).toEqual([{ kind: "slowed", until }]);
  expect(concernsOf(status({ budget: [part({ factor: 0.5 })] }), now)).toEqual([
    { kind: "slowed", until: null },
  ]);
  expect(kinds({ budget: [part({ blockedUntil: ago(1) })] })).toEqual([]);
});

it("calls for the seller only where nobody else can help", () => {
  const calls = (over: Partial<StatusView>) => needsSeller(concernsOf(status(over), now));
  expect(calls({ workers: 0 })).toBe(true);
  expect(calls({ accounts: [account({ state: "reconnect" })] })).toBe(true);
  expect(calls(notifications({ topics: [topic({ isSilent: true })] }))).toBe(true);
  expect(calls({ outbox: { queued: 0, held: 1, uncertain: 0, failed: 0 } })).toBe(true);
  expect(calls({ outbox: { queued: 4, held: 0, uncertain: 0, failed: 0 } })).toBe(false);
  expect(calls({ accounts: [account({ unreadable: 3 })], budget: [part({ factor: 0.5 })] })).toBe(false);
});

it("draws a day as high as its busiest hour, and shows one among a thousand", () => {
  const hour = (received: number, found: number) => ({ at: now, received, found });
  const strip = stripOf([hour(0, 0), hour(999, 1), hour(500, 0)], 32);
  expect(strip).toMatchObject({ received: 1499, found: 1 });
  const [none, most, half] = strip.bars;
  expect(none).toMatchObject({ received: 0, found: 0 });
  expect(most?.found).toBe(2);
  expect((most?.received ?? 0) + (most?.found ?? 0)).toBeLessThanOrEqual(32);
  expect(half?.received).toBe(15);
});

it("knows what every topic speaks of, in both profiles", () => {
  const subjects = ["messages", "marketplace_messages", "orders_v2", "marketplace_orders_on_site"].map(
    subjectOf,
  );
  expect(subjects).toEqual(["messages", "messages", "orders", "orders"]);
  expect(["post_purchase", "marketplace_claims", "vis_leads", "leads-credits"].map(subjectOf)).toEqual([
    "claims",
    "claims",
    "leads",
    "other",
  ]);
});
