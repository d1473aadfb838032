import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { workerId } from "@/lib/shared/ids";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { claimSweeps, releaseSweep } from "./syncs";
import { beat } from "./workers";

const EVERY_MS = 45_000;
const [one, other] = [workerId(randomUUID()), workerId(randomUUID())];

let house: House;
let me: SignedIn;
beforeAll(async () => {
  house = await createHouse();
  me = await house.signIn(await house.newSeller());
});
afterAll(() => house.close());

const dies = () =>
  house.rt.database.pool.query("update workers set seen_at = now() - interval '7 s' where id = $1", [one]);

it("gives a sweep to one worker, and what a dead one had begun to another at once", async () => {
  const { db } = house.rt;
  await beat(db, one);
  await beat(db, other);
  expect(await claimSweeps(db, EVERY_MS, one)).toEqual([me.accountId]);
  expect(await claimSweeps(db, EVERY_MS, other)).toEqual([]);
  await dies();
  expect(await claimSweeps(db, EVERY_MS, other)).toEqual([me.accountId]);
  await releaseSweep(db, me.accountId, other);
  expect(await claimSweeps(db, EVERY_MS, other)).toEqual([]);
});
