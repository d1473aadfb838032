import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { createBackground } from "@/lib/server/background";
import { OUTBOX } from "@/lib/server/store/enqueue";
import { type Listener, listen } from "@/lib/server/store/listener";
import { threadId } from "@/lib/shared/ids";
import { createHouse, type House, type SignedIn } from "@/scripts/testing/house";
import { arrived, repliesOn, send, threadOf } from "@/scripts/testing/outbox";
import { createOutboxPump, type OutboxPump } from "./outbox-pump";

let house: House;
let me: SignedIn;
let pack: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  house = await createHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  const sellerId = await house.newSeller({ siteId: "MLA" });
  pack = await house.newThread(sellerId, { messages: [{ from: "buyer", text: "Hola", minutesAgo: 5 }] });
  me = await house.signIn(sellerId);
  await house.call(address(), { as: me });
});

const address = () => `/api/threads/messages/${pack}`;

/** A worker's ears and hands for replies, and nothing else of it: no look every two seconds. */
async function listening(): Promise<OutboxPump> {
  const background = createBackground(house.rt.log);
  const pump = createOutboxPump(house.rt, background);
  const listener = await new Promise<Listener>((resolve) => {
    const made = listen(house.rt.env.databaseUrl, [OUTBOX], {
      onNotice: (_channel, payload) => pump.look(threadId(payload)),
      onGap: () => queueMicrotask(() => resolve(made)),
    });
  });
  stop = async () => {
    await listener.close();
    await background.stop();
    await pump.stop();
  };
  return pump;
}
const isSent = async () => {
  const rows = await repliesOn(house, pack);
  return rows.length > 0 && rows.every(({ state }) => state === "sent");
};

it("sends what is told of, and no sooner than it can be taken back", async () => {
  await listening();
  const askedAt = Date.now();
  await send(house, me, address(), { text: "Va", undo: 2 });
  expect(await arrived(house, pack)).toEqual([]);
  await vi.waitUntil(isSent, { timeout: 15_000, interval: 50 });
  expect(Date.now() - askedAt).toBeGreaterThanOrEqual(2_000);
  await stop();
});

it("goes on with the next reply when the one before it is taken back", async () => {
  await listening();
  const first = await send(house, me, address(), { text: "Uno", undo: 10 });
  await send(house, me, address(), { text: "Dos" });
  await house.call(`/api/outbox/${first.id}`, { as: me, method: "POST", body: { act: "cancel" } });
  await vi.waitUntil(async () => (await arrived(house, pack)).length > 0, { timeout: 8_000, interval: 50 });
  expect(await arrived(house, pack)).toEqual(["Dos"]);
  await stop();
});

it("sends the replies of a conversation once and in order, however often it is named meanwhile", async () => {
  const pump = await listening();
  const id = await threadOf(house, pack);
  await house.control("/faults", {
    path: `/messages/packs/${pack}`,
    method: "POST",
    delayMs: 1_500,
    times: 1,
  });
  await send(house, me, address(), { text: "Uno" });
  for (let n = 0; n < 20; n += 1) pump.look(id);
  await send(house, me, address(), { text: "Dos" });
  await vi.waitUntil(async () => (await arrived(house, pack)).length === 2 && (await isSent()), {
    timeout: 20_000,
    interval: 50,
  });
  expect(await arrived(house, pack)).toEqual(["Uno", "Dos"]);
  await stop();
});
