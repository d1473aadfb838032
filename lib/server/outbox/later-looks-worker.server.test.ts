import { afterAll, beforeAll, expect, it } from "vitest";
import { syncAccount } from "@/lib/server/sync/sync-account";
import { ThreadViewSchema } from "@/lib/shared/api/thread";
import { createHouse, type House } from "@/scripts/testing/house";
import { repliesOn, send, workOff } from "@/scripts/testing/outbox";
import { startWorker } from "@/scripts/testing/worker";

let house: House;
let stop: () => Promise<void> = async () => undefined;

beforeAll(async () => {
  house = await createHouse();
});
afterAll(async () => {
  await stop();
  await house.close();
});

it("has a worker notice by itself that a sent reply was rejected, after another worker had sent it", async () => {
  await house.control("/settings", { moderationTiming: "after_clean", moderationDelayMs: 10_000 });
  const sellerId = await house.newSeller();
  const me = await house.signIn(sellerId);
  const packId = await house.newThread(sellerId, {
    messages: [{ from: "buyer", text: "¿Y mi pedido?", minutesAgo: 20 }],
  });
  const thread = `/api/threads/messages/${packId}`;
  // So that nothing else has a reason to read it.
  await syncAccount(house.rt, me.accountId, new AbortController().signal);
  await house.call(thread, { as: me });
  await send(house, me, thread, { text: "No sea boludo" });
  expect(await workOff(house, packId)).toMatchObject([{ state: "sent" }]);

  await house.control("/clock", { advanceMs: 31_000 });
  await house.rt.database.pool.query(
    "update outbox set settled_at = settled_at - interval '31 seconds', check_at = check_at - interval '31 seconds'",
  );
  stop = await startWorker(house);
  await expect
    .poll(async () => (await repliesOn(house, packId))[0]?.state, { timeout: 40_000, interval: 100 })
    .toBe("rejected");
  const view = await house.read(ThreadViewSchema, thread, { as: me });
  expect(view.outbox).toMatchObject([{ state: "rejected", reason: "OUT_OF_PLACE_LANGUAGE" }]);
});
