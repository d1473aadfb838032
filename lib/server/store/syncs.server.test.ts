import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accountId, workerId } from "@/lib/shared/ids";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { claimSweeps, claimSyncs, releaseSweep, releaseSync, saveProblem, saveProgress } from "./syncs";
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

it("gives a first sync to one worker, and to another when it dies or fails", async () => {
  const { db } = house.rt;
  const claim = (worker = one, running: string[] = []) =>
    claimSyncs(db, worker, { limit: 10, running: running.map(accountId) });
  await beat(db, one);
  await beat(db, other);
  expect(await claim()).toEqual([me.accountId]);
  expect(await claim(other)).toEqual([]);
  expect(await claim(one, [me.accountId])).toEqual([]);
  // It has lost sight of what it had begun.
  expect(await claim()).toEqual([me.accountId]);
  await dies();
  expect(await claim(other)).toEqual([me.accountId]);

  await releaseSync(db, me.accountId, other, "network");
  await beat(db, one);
  expect(await claim()).toEqual([]);
  await house.rt.database.pool.query("update chores set claimed_at = now() - interval '6 s'");
  expect(await claim()).toEqual([me.accountId]);
  // Whoever comes back from the dead gives back nothing of another's.
  await releaseSync(db, me.accountId, other, null);
  expect(await claim(other)).toEqual([]);
});

it("has nothing to sync where a sync has come to its end or a refusal is fresh", async () => {
  const { db } = house.rt;
  await house.rt.database.pool.query("delete from chores");
  await saveProblem(db, me.accountId, "model_6");
  expect(await claimSyncs(db, one, { limit: 10, running: [] })).toEqual([]);
  await saveProgress(db, me.accountId, { problemAt: null, backfillAt: new Date() });
  expect(await claimSyncs(db, one, { limit: 10, running: [] })).toEqual([]);
});
