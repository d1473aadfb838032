import { afterAll, beforeAll, expect, it } from "vitest";
import { createHouse, type House } from "@/scripts/testing/house";
import { runQuota } from "./quota";
import { failuresOf } from "./report";

const READS_PER_MINUTE = 6_000;

let house: House;
beforeAll(async () => {
  house = await createHouse({
    MELI_READS_PER_MINUTE: String(READS_PER_MINUTE),
    MELI_WRITES_PER_MINUTE: String(READS_PER_MINUTE),
  });
});
afterAll(() => house.close());

it("provokes no 429 while five accounts have more to read than the limit allows", async () => {
  const checks = await runQuota(house, { messages: 400, seconds: 6, readsPerMinute: READS_PER_MINUTE });
  expect(failuresOf(checks)).toEqual([]);
}, 400_000);
