import { afterAll, beforeAll, expect, it } from "vitest";
import { createHouse, type House } from "@/scripts/testing/house";
import { describe, flawsOf, runOutboxLane } from "./outbox-lane";
import { FAULTS, OUTBOX_POINTS } from "./points";

let house: House;
beforeAll(async () => {
  house = await createHouse();
});
afterAll(() => house.close());

it("loses and doubles no reply when the worker is killed at any step of sending it", async () => {
  // Every point once, the troubles taking turns; `npm run soak -- crash` takes every pair five times.
  const plans = OUTBOX_POINTS.map((point, n) => ({
    point,
    fault: FAULTS[n % FAULTS.length] ?? ("none" as const),
    lateMs: 2_000,
  }));
  const fates = await runOutboxLane(house, plans, {
    offers: false,
    settleMs: 12_000,
    env: { SOAK_PATIENCE: "0.075" },
  });
  expect(flawsOf(fates, false).map(describe)).toEqual([]);
}, 900_000);
