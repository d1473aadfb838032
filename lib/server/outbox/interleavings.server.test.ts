import { afterAll, beforeAll, expect, it } from "vitest";
import { createHouse, type House } from "@/scripts/testing/house";
import { runInterleavings } from "@/scripts/testing/interleavings";

let house: House;
beforeAll(async () => {
  house = await createHouse();
});
afterAll(() => house.close());

it("sends no double answer in 200 interleavings of two browsers, the seller's own app and the agent", {
  timeout: 600_000,
}, async () => {
  const outcome = await runInterleavings(house, { count: 200, seed: 20261122 });
  expect(outcome.doubles).toEqual([]);
  expect(outcome.interleavings).toBe(200);
  // Not because nothing was ever sent, or nothing ever stood in the way.
  expect(outcome.sent).toBeGreaterThan(100);
  expect(outcome.held).toBeGreaterThan(50);
});

it("finds double answers where browsers do not say what they saw", { timeout: 300_000 }, async () => {
  const outcome = await runInterleavings(house, { count: 30, seed: 7, tellsSeen: false });
  expect(outcome.doubles.length).toBeGreaterThan(0);
  expect(outcome.held).toBe(0);
});
