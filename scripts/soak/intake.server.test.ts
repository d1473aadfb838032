import { afterAll, beforeAll, expect, it } from "vitest";
import { createHouse, type House } from "@/scripts/testing/house";
import { arrivalFlaws, runIntakeLane } from "./intake-lane";
import { FAULTS, INTAKE_POINTS } from "./points";

let house: House;
beforeAll(async () => {
  house = await createHouse();
});
afterAll(() => house.close());

it("loses no notification when web process or worker is killed at any step of taking it in", async () => {
  // Every point once, the troubles taking turns; `npm run soak -- crash` takes every pair five times.
  const plans = INTAKE_POINTS.map((point, n) => ({
    point,
    fault: FAULTS[n % FAULTS.length] ?? ("none" as const),
    lateMs: 0,
  }));
  const arrivals = await runIntakeLane(house, plans, { settleMs: 120_000, env: { SOAK_PATIENCE: "0.075" } });
  expect(arrivalFlaws(arrivals)).toEqual([]);
}, 900_000);
