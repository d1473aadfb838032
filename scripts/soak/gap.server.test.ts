import { afterAll, beforeAll, expect, it } from "vitest";
import { createHouse, type House } from "@/scripts/testing/house";
import { runGap } from "./gap";
import { failuresOf } from "./report";

let house: House;
beforeAll(async () => {
  house = await createHouse();
});
afterAll(() => house.close());

it("stores and shows every buyer message when notifications are lost, repeated and mixed, and counts the lost", async () => {
  const checks = await runGap(house, { messages: 150, perSecond: 50, seed: 20_261_122, hurry: true });
  expect(failuresOf(checks)).toEqual([]);
}, 400_000);
