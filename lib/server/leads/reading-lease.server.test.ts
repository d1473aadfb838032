import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { releaseReading } from "@/lib/server/store/contact-wishes";
import { createHouse, type House } from "@/scripts/testing/house";
import { holdReading } from "./reading-lease";

let house: House;
beforeAll(async () => {
  house = await createHouse();
});
afterAll(() => house.close());

const anAccount = async () => (await house.signIn(await house.newSeller({ siteId: "MLA" }))).accountId;

it("is free for another request within seconds when the process of the first one died", async () => {
  const accountId = await anAccount();
  const die = await holdReading(house.rt, accountId);
  die?.();
  const diedAt = Date.now();
  const isTaken = async () => {
    const letGo = await holdReading(house.rt, accountId);
    letGo?.();
    return letGo !== null;
  };
  expect(await isTaken()).toBe(false);
  await expect.poll(isTaken, { timeout: 15_000, interval: 100 }).toBe(true);
  expect(Date.now() - diedAt).toBeLessThan(8_000);
});

it("stays with the request that still reads, however slowly, and ends with it", async () => {
  const accountId = await anAccount();
  const letGo = await holdReading(house.rt, accountId);
  await pause(7_500);
  expect(await holdReading(house.rt, accountId)).toBeNull();
  await releaseReading(house.rt.db, accountId);
  // Its next word, if it came now, would bring back nothing.
  await pause(2_000);
  letGo?.();
  const next = await holdReading(house.rt, accountId);
  expect(next).not.toBeNull();
  next?.();
});
