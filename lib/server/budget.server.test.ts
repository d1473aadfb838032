import fc from "fast-check";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { z } from "zod";
import type { Lane } from "@/lib/server/mercadolibre/http";
import { closeBucket, drawFromBucket, trimBuckets } from "@/lib/server/store/rate-buckets";
import { AppError } from "@/lib/shared/errors";
import { accountId } from "@/lib/shared/ids";
import { type Child, startChild } from "@/scripts/testing/child";
import { createHouse, type House } from "@/scripts/testing/house";
import { bucketOf, createBudgets, floorsOf, perMinuteOf, readBudget } from "./budget";

const Times = z.record(z.string(), z.array(z.number()));
const Spent = z.object({ asked: Times, times: Times });

const MINUTE_MS = 60_000;

let house: House;
let children: Child[] = [];
let applications = 0;

beforeAll(async () => {
  house = await createHouse();
});
afterEach(async () => {
  await Promise.all(children.map((child) => child.kill()));
  children = [];
});
afterAll(() => house.close());

/** The settings of an application that nobody has spent from yet. */
const settingsOf = (readsPerMinute: number) => {
  applications += 1;
  return { meli: { clientId: `app-${applications}` }, readsPerMinute, writesPerMinute: readsPerMinute };
};
const SELLER = accountId("1");
const budgetOf = (readsPerMinute: number) =>
  createBudgets(house.rt.database, settingsOf(readsPerMinute)).of(SELLER);
const call = (lane: Lane) => ({ family: "messages", kind: "read", lane }) as const;

/** Asks for many calls at once until so many were let through, looks a little longer, and says how many it were in
 *  how long. */
async function spend(least: number, takes: Promise<void>[]): Promise<{ granted: number; seconds: number }> {
  const startedAt = performance.now();
  let granted = 0;
  const count = () => {
    granted += 1;
  };
  for (const take of takes) take.then(count, () => undefined);
  await vi.waitFor(() => expect(granted).toBeGreaterThanOrEqual(least), { interval: 10 });
  await new Promise((resolve) => setTimeout(resolve, 200));
  return { granted, seconds: (performance.now() - startedAt) / 1_000 };
}

const many = (take: () => Promise<void>) => Array.from({ length: 150 }, take);

interface Wish {
  account: string;
  lane: Lane;
  calls: number;
  afterMs: number;
}

/** Spends from one budget in as many processes as there are lists, and tells when they were let go, and when each
 *  account's calls were asked for and went through. */
async function spendInProcesses(
  { clientId, perMinute, ms }: { clientId: string; perMinute: number; ms: number },
  plans: readonly (readonly Wish[])[],
): Promise<z.infer<typeof Spent> & { goAt: number }> {
  const env = { MELI_CLIENT_ID: clientId, MELI_READS_PER_MINUTE: String(perMinute) };
  children = plans.map((plan) =>
    startChild("scripts/testing/budget-process.ts", [JSON.stringify(plan), String(ms)], env),
  );
  for (const child of children) expect(await child.line()).toBe("ready");
  const goAt = Date.now();
  for (const child of children) child.say("go");
  const asked: Record<string, number[]> = {};
  const times: Record<string, number[]> = {};
  for (const child of children) {
    const said = Spent.parse(JSON.parse((await child.line()) ?? "{}"));
    for (const [all, some] of [
      [asked, said.asked],
      [times, said.times],
    ] as const) {
      for (const [account, instants] of Object.entries(some)) {
        all[account] = [...(all[account] ?? []), ...instants];
      }
    }
  }
  return { goAt, asked, times };
}

const LANES = ["reply", "open", "notice", "reconcile", "backfill"] as const;

/** Time passes for one application's buckets alone: what they last saw moves into the past. */
const pass = (prefix: string, ms: number) =>
  house.rt.database.pool.query(
    `update rate_buckets set updated_at = updated_at - $2 * interval '1 millisecond',
       adapted_at = adapted_at - $2 * interval '1 millisecond',
       blocked_until = blocked_until - $2 * interval '1 millisecond'
     where starts_with(key, $1)`,
    [prefix, ms],
  );

it("lets no minute hold more than the pool, whoever calls, on whatever lane, and whatever is refused", async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 90 }),
      fc.array(
        fc.record({
          account: fc.integer({ min: 1, max: 5 }),
          lane: fc.constantFrom(...LANES),
          waits: fc.boolean(),
          pauseMs: fc.integer({ min: 0, max: 9_000 }),
          isRefused: fc.integer({ min: 0, max: 40 }).map((n) => n === 0),
        }),
        { minLength: 150, maxLength: 150 },
      ),
      async (perMinute, calls) => {
        run += 1;
        const bucket = bucketOf(`virtual-${run}`, perMinute);
        const startedAt = performance.now();
        let passedMs = 0;
        const grants: number[] = [];
        for (const { account, lane, waits, pauseMs, isRefused } of calls) {
          const { granted, waitMs } = await drawFromBucket(
            house.rt.database.pool,
            bucket,
            String(account),
            floorsOf(lane),
          );
          if (granted) grants.push(passedMs + performance.now() - startedAt);
          if (granted && isRefused) await closeBucket(house.rt.db, bucket.key, 2_000);
          const ms = Math.ceil(waits || !granted ? waitMs : pauseMs % 40);
          passedMs += ms;
          await pass(bucket.key, ms);
        }
        const worst = grants.map(
          (at) => grants.filter((one) => one >= at && one < at + MINUTE_MS - 50).length,
        );
        expect(Math.max(...worst)).toBeLessThanOrEqual(perMinute);
        expect(grants.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 15 },
  );
});

it("lets a tenth of the minute go at once, and the rest flow in", async () => {
  const budget = budgetOf(600);
  const { granted, seconds } = await spend(
    60,
    many(() => budget.take(call("reply"))),
  );
  expect(granted).toBeLessThanOrEqual(60 + 9 * seconds + 1);
});

it("gives the backfill at most half, also when nobody else asks", async () => {
  const settings = settingsOf(600);
  const budget = createBudgets(house.rt.database, settings).of(SELLER);
  const { granted, seconds } = await spend(
    25,
    many(() => budget.take(call("backfill"))),
  );
  expect(granted).toBeLessThanOrEqual(30 + 4.5 * seconds + 1);
  const half = bucketOf("", perMinuteOf(settings, "messages", "read") / 2);
  expect(half.capacity + half.perMs * MINUTE_MS).toBe(300);
});

it("keeps room for people while the background spends all it may", async () => {
  const settings = settingsOf(600);
  const budget = createBudgets(house.rt.database, settings).of(SELLER);
  const background = [
    ...many(() => budget.take(call("backfill"))),
    ...many(() => budget.take(call("reconcile"))),
  ];
  await spend(30, background);
  const { rows } = await house.rt.database.pool.query("select tokens from rate_buckets where key = $1", [
    `${settings.meli.clientId}:messages:read`,
  ]);
  // Two fifths of the burst of 60 are for who waits at a screen.
  expect(rows[0]?.tokens).toBeGreaterThanOrEqual(23.9);
});

it("slows a family down when Mercado Libre says so, and no other", async () => {
  const settings = settingsOf(6_000);
  const budget = createBudgets(house.rt.database, settings).of(SELLER);
  await budget.take(call("open"));
  await budget.pushBack({ family: "messages", kind: "read", retryAfterMs: 60_000 });
  await budget.take({ family: "orders", kind: "read", lane: "open" });
  await budget.take({ family: "messages", kind: "write", lane: "open" });
  // Those two have not waited for it: it is still closed.
  const [messages] = await readBudget(house.rt.db, settings);
  expect(messages?.blockedUntil?.getTime()).toBeGreaterThan(Date.now());
  const startedAt = performance.now();
  await pass(
    settings.meli.clientId,
    Math.max(0, (messages?.blockedUntil?.getTime() ?? 0) - Date.now() - 1_500),
  );
  await budget.take(call("open"));
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1_400);
});

it("tells who will not wait that long when to come back", async () => {
  const budget = budgetOf(600);
  await budget.take(call("open"));
  await budget.pushBack({ family: "messages", kind: "read", retryAfterMs: 30_000 });
  const refused = await budget.take(call("open")).catch((error: unknown) => error);
  if (!(refused instanceof AppError)) throw new Error("it was let through");
  expect(refused.code).toBe("slow_down");
  expect(refused.detail.retryAt?.getTime()).toBeGreaterThan(Date.now() + 25_000);
});

it("is one budget for two processes", async () => {
  const settings = { clientId: "app-shared", perMinute: 6_000, ms: 20_000 };
  const flood = [{ account: "1", lane: "reply", calls: 350, afterMs: 0 }] as const;
  const startedAt = performance.now();
  const { times } = await spendInProcesses(settings, [flood, flood]);
  expect(times["1"]).toHaveLength(700);
  // 600 may go at once and 90 a second flow in: 700 take a second, though 350 would take none.
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(((700 - 600) / 90) * 1_000);
});

it("keeps the whole and every seller's share of it while four of five flood from three processes", async () => {
  const perMinute = 3_600;
  const flood = (account: string, lane: Lane) => ({ account, lane, calls: 900, afterMs: 0 });
  const { goAt, asked, times } = await spendInProcesses({ clientId: "app-flooded", perMinute, ms: 5_000 }, [
    [flood("1", "notice"), flood("2", "reply"), flood("1", "backfill")],
    [flood("3", "open"), flood("2", "reconcile"), flood("4", "notice")],
    [flood("4", "reply"), { account: "5", lane: "reconcile", calls: 10, afterMs: 2_000 }],
  ]);
  const { capacity, perMs } = bucketOf("", perMinute);
  const all = Object.values(times)
    .flat()
    .sort((a, b) => a - b);
  // At no time more than the burst and what had flowed in by then. A grant is heard of a little after it was given, never
  // before.
  for (const [n, at] of all.entries()) {
    expect(n + 1).toBeLessThanOrEqual(capacity + perMs * (at - goAt) + 1);
  }
  // Whatever the four leave unused is used: the whole rate, but for what stays free for who comes.
  expect(all.length).toBeGreaterThanOrEqual(capacity * 0.35 + perMs * 3_000);
  // The fifth is on a low lane and came last, behind thousands: of what goes while its ten calls wait a fifth is its
  // share, and it has half of that at the least.
  const fifth = times["5"] ?? [];
  expect(fifth).toHaveLength(10);
  const meanwhile = all.filter((at) => at > (asked["5"]?.[0] ?? 0) && at <= (fifth[9] ?? 0));
  expect(fifth.length / meanwhile.length).toBeGreaterThanOrEqual(1 / 10);
  const floods = ["1", "2", "3", "4"].map((account) => times[account]?.length ?? 0);
  expect(Math.min(...floods)).toBeGreaterThan(Math.max(...floods) / 3);
});

it("gives all of it to one seller when the others have fallen silent", async () => {
  const settings = settingsOf(6_000);
  const budgets = createBudgets(house.rt.database, settings);
  for (const other of ["2", "3", "4"]) await budgets.of(accountId(other)).take(call("notice"));
  const burst = spend(
    200,
    Array.from({ length: 900 }, () => budgets.of(SELLER).take(call("notice"))),
  );
  // While the others count as active, a part of the burst stays theirs.
  const { granted, seconds } = await burst;
  expect(granted).toBeLessThan(400 + 90 * seconds);
  await pass(settings.meli.clientId, 11_000);
  // 600 at most at once; what still waits of the first ones takes its part.
  const alone = await spend(
    440,
    Array.from({ length: 900 }, () => budgets.of(SELLER).take(call("reply"))),
  );
  expect(alone.granted).toBeGreaterThanOrEqual(440);
});

it("halves its rate for a 429, once for those that came together, and grows back by steps", async () => {
  const settings = settingsOf(600);
  const budget = createBudgets(house.rt.database, settings).of(SELLER);
  const factor = async () => (await readBudget(house.rt.db, settings))[0]?.factor;
  const told = () => budget.pushBack({ family: "messages", kind: "read", retryAfterMs: 2_000 });
  await budget.take(call("reply"));
  expect(await factor()).toBe(1);
  await Promise.all([told(), told(), told()]);
  expect(await factor()).toBe(0.5);

  for (const expected of [0.25, 0.125, 0.0625, 0.0625]) {
    await pass(settings.meli.clientId, 1_500);
    await told();
    expect(await factor()).toBe(expected);
  }
  // A sixteenth of 9 a second.
  await pass(settings.meli.clientId, 2_100);
  const slow = await drawFromBucket(
    house.rt.database.pool,
    bucketOf(`${settings.meli.clientId}:messages:read`, 600),
    "1",
    floorsOf("reply"),
  );
  expect(slow.granted).toBe(true);
  const again = await drawFromBucket(
    house.rt.database.pool,
    bucketOf(`${settings.meli.clientId}:messages:read`, 600),
    "1",
    floorsOf("reply"),
  );
  expect(again.granted).toBe(false);
  expect(again.waitMs).toBeGreaterThan(400);

  await pass(settings.meli.clientId, 20_000);
  expect(await factor()).toBe(0.1875);
  await pass(settings.meli.clientId, 3_600_000);
  expect(await factor()).toBe(1);
});

it("says how much of each budget is free, and until when it is closed", async () => {
  const settings = settingsOf(600);
  const budget = createBudgets(house.rt.database, settings).of(SELLER);
  expect(await readBudget(house.rt.db, settings)).toEqual([]);
  const startedAt = Date.now();
  for (let n = 0; n < 30; n += 1) await budget.take(call("reply"));
  await budget.take({ family: "orders", kind: "write", lane: "reply" });
  const closedAt = Date.now();
  await budget.pushBack({ family: "orders", kind: "write", retryAfterMs: 600_000 });
  const [messages, orders, ...more] = await readBudget(house.rt.db, settings);
  const now = Date.now();
  expect(more).toEqual([]);
  expect(messages).toMatchObject({
    family: "messages",
    kind: "read",
    perMinute: 600,
    factor: 1,
    blockedUntil: null,
  });
  expect(messages?.free).toBeGreaterThanOrEqual(0.5);
  // Half of the 60, and the nine a second that flowed in meanwhile.
  expect(messages?.free).toBeLessThanOrEqual(0.5 + (9 * (now - startedAt + 100)) / 1_000 / 60);
  expect(orders).toMatchObject({ family: "orders", kind: "write", perMinute: 360, free: 0, factor: 0.5 });
  // No answer closes it for longer than a minute.
  expect(orders?.blockedUntil?.getTime()).toBeGreaterThan(closedAt + 59_000);
  expect(orders?.blockedUntil?.getTime()).toBeLessThan(now + 61_000);
});

it("forgets the share of a seller who was idle for a day, and keeps the pool", async () => {
  const settings = settingsOf(600);
  const budgets = createBudgets(house.rt.database, settings);
  await budgets.of(accountId("8")).take(call("open"));
  await pass(settings.meli.clientId, 25 * 3_600_000);
  await budgets.of(accountId("9")).take(call("open"));
  await trimBuckets(house.rt.db);
  const { rows } = await house.rt.database.pool.query<{ key: string }>(
    "select key from rate_buckets where starts_with(key, $1) order by key",
    [settings.meli.clientId],
  );
  const pool = `${settings.meli.clientId}:messages:read`;
  expect(rows.map((row) => row.key)).toEqual([pool, `${pool} 9`]);
});

it("serves those who wait in the order they came", async () => {
  const budget = budgetOf(1_200);
  const order: number[] = [];
  const takes = Array.from({ length: 140 }, (_, n) => budget.take(call("reply")).then(() => order.push(n)));
  await Promise.all(takes);
  expect(order).toEqual([...order].sort((a, b) => a - b));
});
