import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { beat } from "@/lib/server/store/workers";
import { createPullPump } from "@/lib/server/sync/pull-wishes";
import { ThreadViewSchema } from "@/lib/shared/api/thread";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";

let house: House;
let me: SignedIn;
let packId: string;
let pump: ReturnType<typeof createPullPump>;

beforeAll(async () => {
  house = await createHouse();
  pump = createPullPump(house.rt);
});
beforeEach(async () => {
  const sellerId = await house.newSeller();
  packId = await house.newThread(sellerId, {
    messages: [{ from: "buyer", text: "¿Y mi pedido?", minutesAgo: 20 }],
  });
  me = await house.signIn(sellerId);
  await open();
  await house.control("/calls/clear", {});
});
afterAll(async () => {
  await pump.stop();
  await house.close();
});

const sql = (text: string) => house.rt.database.pool.query(text, [packId]);
const open = () => house.read(ThreadViewSchema, `/api/threads/messages/${packId}`, { as: me });
const reads = async () => (await house.calls({ method: "GET", path: `/messages/packs/${packId}` })).length;

const WISHED =
  "select 1 from threads where external_id = $1 and (pull_wanted_at is not null or pull_owner is not null)";

/** The browser asks again; so long ago was the conversation read last. */
async function ask(secondsAgo: number, { wishes }: { wishes: boolean }): Promise<void> {
  await sql(`update threads set pulled_at = now() - interval '${secondsAgo} seconds' where external_id = $1`);
  await beat(house.rt.db, house.rt.worker);
  await open();
  // What it wishes for is written beside the answer.
  if (wishes) await expect.poll(async () => (await sql(WISHED)).rows).toHaveLength(1);
  pump.wake();
  await expect.poll(async () => (await sql(WISHED)).rows).toEqual([]);
}

it.each([
  ["a mediation", "blocked_by_mediation"],
  ["a payment that is taken back", "blocked_by_payment"],
  ["thirty days of silence", "blocked_by_time"],
])("tells an open conversation of %s, though nobody wrote", async (_, substatus) => {
  expect((await open()).composer.allowed).toBe(true);
  await house.control(`/threads/${packId}/state`, { status: "blocked", substatus });
  await ask(21, { wishes: true });
  expect(await reads()).toBe(1);
  expect(await open()).toMatchObject({ row: { status: "blocked", substatus }, composer: { allowed: false } });
});

it("asks Mercado Libre once in twenty seconds, however often the browser does", async () => {
  await ask(21, { wishes: true });
  for (let again = 0; again < 5; again += 1) await open();
  pump.wake();
  await ask(15, { wishes: false });
  expect(await reads()).toBe(1);
});
