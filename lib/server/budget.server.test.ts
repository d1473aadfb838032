import fc from "fast-check";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import type { Lane } from "@/lib/server/mercadolibre/http";
import { drawFromBucket } from "@/lib/server/store/rate-buckets";
import { AppError } from "@/lib/shared/errors";
import { type Child, startChild } from "@/scripts/testing/child";
import { createHouse, type House } from "@/scripts/testing/house";
import { bucketOf, createBudget, perMinuteOf } from "./budget";

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
const budgetOf = (readsPerMinute: number) => createBudget(house.rt.db, settingsOf(readsPerMinute));
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
  await vi.waitFor(() => expect(granted).toBeGreaterThanOrEqual(least), { timeout: 5_000, interval: 10 });
  await new Promise((resolve) => setTimeout(resolve, 200));
  return { granted, seconds: (performance.now() - startedAt) / 1_000 };
}

const many = (take: () => Promise<void>) => Array.from({ length: 150 }, take);

it("lets no minute hold more than the pool, however the calls fall", async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 90 }),
      fc.array(fc.record({ waits: fc.boolean(), pauseMs: fc.integer({ min: 0, max: 9_000 }) }), {
        minLength: 150,
        maxLength: 150,
      }),
      async (perMinute, calls) => {
        run += 1;
        const bucket = bucketOf(`virtual-${run}`, perMinute);
        const startedAt = performance.now();
        let passedMs = 0;
        /** Time passes for the bucket alone: what it last saw moves into the past. */
        const pass = async (ms: number) => {
          passedMs += ms;
          await house.rt.database.pool.query(
            "update rate_buckets set updated_at = updated_at - $2 * interval '1 millisecond' where key = $1",
            [bucket.key, ms],
          );
        };
        const grants: number[] = [];
        for (const { waits, pauseMs } of calls) {
          const { granted, waitMs } = await drawFromBucket(house.rt.db, bucket, 0);
          if (granted) grants.push(passedMs + performance.now() - startedAt);
          await pass(Math.ceil(waits || !granted ? waitMs : pauseMs % 40));
        }
        const worst = grants.map(
          (at) => grants.filter((one) => one >= at && one < at + MINUTE_MS - 50).length,
        );
        expect(Math.max(...worst)).toBeLessThanOrEqual(perMinute);
        expect(grants.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 12 },
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
  const budget = createBudget(house.rt.db, settings);
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
  const budget = createBudget(house.rt.db, settings);
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
  const budget = budgetOf(6_000);
  await budget.take(call("open"));
  await budget.pushBack({ family: "messages", kind: "read", retryAfterMs: 1_500 });
  const startedAt = performance.now();
  await budget.take({ family: "orders", kind: "read", lane: "open" });
  await budget.take({ family: "messages", kind: "write", lane: "open" });
  expect(performance.now() - startedAt).toBeLessThan(1_000);
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
  const env = { MELI_CLIENT_ID: "app-shared", MELI_READS_PER_MINUTE: "6000" };
  children = [1, 2].map(() => startChild("scripts/testing/budget-process.ts", ["350"], env));
  for (const child of children) expect(await child.line()).toBe("ready");
  const startedAt = performance.now();
  for (const child of children) child.say("go");
  expect(await Promise.all(children.map((child) => child.line()))).toEqual(["done", "done"]);
  // 600 may go at once and 90 a second flow in: 700 take a second, though 350 would take none.
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(((700 - 600) / 90) * 1_000);
});
